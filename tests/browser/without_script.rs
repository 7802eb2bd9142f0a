//! The same in a browser that runs no script.

use super::{BILLING, LIST, SCHOOL, run_without_script};

#[test]
fn a_billing_administrator_decides_and_takes_it_back_without_script() {
    run_without_script(async |demo, browser| {
        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        browser.open_address(&invitation.link).await;
        browser.click("main .btn-main").await;
        browser.shows("h1", "Sign in").await;
        assert_eq!(browser.count("html[data-js]").await, 0, "no script runs");
        let button = browser.find("[data-show]").await;
        assert!(!button.is_displayed().await.unwrap(), "it needs script");
        browser.fill_sign_in(demo.person(SCHOOL, BILLING)).await;
        browser
            .shows(
                "h1",
                "Fjord Managed IT wants to work with Hautmont School Group",
            )
            .await;

        // The box is missed: said on top and at the box, in the same words.
        let accept = "form[action$='/acceptance'] .btn-main";
        browser.click(accept).await;
        let words = "Select the box to confirm that you have read the agreement";
        browser
            .shows(
                ".errors li a",
                "Select the box to confirm that you have read the agreement",
            )
            .await;
        assert_eq!(browser.status().await, 422);
        assert!(browser.title().await.starts_with("Error:"));
        assert_eq!(browser.count(".errors[role='alert']").await, 1);
        assert_eq!(browser.count(".errors a[href='#consent']").await, 1);
        let at_the_box = browser.text("#consent-err").await;
        assert!(at_the_box.ends_with(words), "{at_the_box}");
        let told = "#consent[aria-invalid='true'][aria-describedby~='consent-err']";
        assert_eq!(browser.count(told).await, 1);
        browser.click(".errors a[href='#consent']").await;
        browser.focus_comes("#consent").await;

        browser.click("#consent").await;
        browser.click(accept).await;
        browser
            .shows(".said h2", "Fjord Managed IT can now work with you")
            .await;
        assert_eq!(browser.path().await, LIST);
        assert_eq!(browser.texts(".row-link").await[0], "Fjord Managed IT");

        browser.click(".row-link").await;
        browser.shows("h1", "Fjord Managed IT").await;
        browser.click("main a[href$='/role-removal']").await;
        browser.shows("h1", "Remove roles?").await;
        assert!(browser.path().await.ends_with("/role-removal"));
        browser.click("main .btn-danger").await;
        browser.shows(".said h2", "Roles removed").await;
        assert_eq!(browser.count("main a[href$='/role-removal']").await, 0);
    });
}
