//! Accepting, removing, declining, with mouse and script.

use thirtyfour::Key;

use super::{BILLING, COMPANY, LIST, SCHOOL, run};

#[test]
fn a_billing_administrator_accepts_a_partner_and_takes_its_roles_back() {
    run(async |demo, browser| {
        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        browser.open_address(&invitation.link).await;
        browser.shows("h1", "Fjord Managed IT invites you").await;
        browser.click("main .btn-main").await;
        browser.shows("h1", "Sign in").await;
        browser.fill_sign_in(demo.person(SCHOOL, BILLING)).await;
        browser
            .shows(
                "h1",
                "Fjord Managed IT wants to work with Hautmont School Group",
            )
            .await;
        assert_eq!(browser.path().await, invitation.path());

        // Reads, and comes back to an empty box.
        browser.click(".consent a[href^='/agreements/']").await;
        browser
            .until(
                "the agreement",
                "return location.pathname.startsWith('/agreements/')",
            )
            .await;
        browser.click("a[href^='/billing/invitations/']").await;
        let box_ = browser.find("#consent").await;
        assert!(!box_.is_selected().await.unwrap(), "nothing is preselected");
        box_.click().await.unwrap();
        browser.click("form[action$='/acceptance'] .btn-main").await;

        browser
            .shows(".said h2", "Fjord Managed IT can now work with you")
            .await;
        assert_eq!(browser.path().await, LIST);
        browser.focus_comes(".said").await;
        assert_eq!(browser.texts(".row-link").await[0], "Fjord Managed IT");

        browser.click(".row-link").await;
        browser.shows("h1", "Fjord Managed IT").await;
        assert_eq!(browser.count("#rm[open]").await, 0);

        // Three ways out of the question lead back to where it was asked.
        let opener = "a[data-dialog='rm']";
        browser.click(opener).await;
        browser.focus_comes("#rm[open] [data-close]").await;
        assert_eq!(browser.text("#rm [data-close]").await, "No, keep roles");
        assert_eq!(browser.text("#rm-h").await, "Remove roles?");
        browser.press(Key::Escape).await;
        browser.focus_comes(opener).await;
        assert_eq!(browser.count("#rm[open]").await, 0);
        browser.click(opener).await;
        browser.click("#rm[open] [data-close]").await;
        browser.focus_comes(opener).await;
        assert_eq!(browser.count("#rm[open]").await, 0);

        browser.click(opener).await;
        assert_eq!(browser.text("#rm .btn-danger").await, "Yes, remove roles");
        browser.click("#rm .btn-danger").await;
        browser.shows(".said h2", "Roles removed").await;
        let told = browser.text(".said p").await;
        assert!(
            told.starts_with("Fjord Managed IT has no admin access any more."),
            "{told}"
        );
        assert_eq!(browser.count(opener).await, 0);
        assert_eq!(browser.text("h1 ~ .cluster .badge").await, "Roles removed");
    });
}

#[test]
fn the_agreement_can_be_accepted_without_an_invitation() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        browser.open("/billing/agreement").await;
        browser.click("form[action$='/acceptance'] .btn-main").await;
        browser.focus_comes(".errors").await;
        assert_eq!(browser.status().await, 422);
        assert!(browser.title().await.starts_with("Error:"));

        browser.click("#consent").await;
        browser.click("form[action$='/acceptance'] .btn-main").await;
        let list = format!("return location.pathname === '{LIST}'");
        browser.until("it is accepted", &list).await;
        browser.open("/billing/agreement").await;
        let told = browser.text("main").await;
        let accepted = "Accepted for Hautmont School Group.";
        assert!(told.contains(accepted), "{told}");
        assert_eq!(browser.count("#consent").await, 0);

        // From now on an invitation needs no box.
        let invitation = demo.invitation(SCHOOL, "Larkspur Licensing", "open");
        browser.open(&invitation.path()).await;
        let button = "form[action$='/acceptance'] .btn-main";
        browser.shows(button, "Authorize partner").await;
        assert_eq!(browser.count("#consent").await, 0);
        browser.click(button).await;
        browser
            .shows(".said h2", "Larkspur Licensing can now work with you")
            .await;
    });
}

#[test]
fn an_invitation_is_declined_with_a_reason() {
    run(async |demo, browser| {
        browser.enter(demo.person(COMPANY, BILLING)).await;
        let invitation = demo.invitation(COMPANY, "Brightwater IT", "open");
        browser.open(&invitation.path()).await;
        browser.click("main a[href$='/refusal']").await;
        browser
            .shows("h1", "Decline the invitation from Brightwater IT?")
            .await;
        let reason = "Full control is too much: we need help with passwords.";
        browser.type_into("#reason", reason).await;
        browser.click("main form .btn-main").await;
        browser.shows(".said h2", "Invitation declined").await;

        browser.open(&invitation.path()).await;
        browser.shows("h1", "This invitation was declined").await;
        assert_eq!(browser.text("blockquote").await, reason);
    });
}
