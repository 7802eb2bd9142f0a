//! The same with nothing but keys.

use thirtyfour::Key;

use super::{BILLING, Browser, Person, SCHOOL, installation::Installation, run, run_at};

#[test]
fn a_billing_administrator_decides_and_takes_it_back_by_keyboard_alone() {
    run(async |demo, browser| {
        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        let person = demo.person(SCHOOL, BILLING);
        decides_and_takes_it_back(browser, &invitation.link, person).await;
    });
}

#[test]
fn so_she_does_on_postgres_in_an_installation_that_the_commands_alone_set_up() {
    let there = Installation::set_up();
    run_at(there.address.clone(), async |browser| {
        decides_and_takes_it_back(browser, &there.link, &there.person).await;
    });
    there.is_as_decided();
}

/// From the link in the mail to the partner without roles.
async fn decides_and_takes_it_back(browser: &Browser, link: &str, person: &Person) {
    browser.open_address(link).await;
    browser.tab_to("main .btn-main").await;
    browser.press(Key::Enter).await;
    browser.shows("h1", "Sign in").await;
    browser.tab_to("#email").await;
    browser.press(person.email.as_str()).await;
    browser.tab_to("#password").await;
    browser.press(person.password.as_str()).await;
    browser.press(Key::Enter).await;
    browser
        .shows(
            "h1",
            "Fjord Managed IT wants to work with Hautmont School Group",
        )
        .await;

    // The first stop leads past everything that repeats.
    browser.press(Key::Tab).await;
    browser.focus_comes(".skip").await;
    browser.press(Key::Enter).await;
    browser.focus_comes("main").await;

    browser.tab_to("#consent").await;
    browser.press(Key::Space).await;
    browser
        .tab_to("form[action$='/acceptance'] .btn-main")
        .await;
    browser.press(Key::Enter).await;
    browser
        .shows(".said h2", "Fjord Managed IT can now work with you")
        .await;

    // The note has focus, and the list lies ahead.
    browser.focus_comes(".said").await;
    browser.tab_to(".row-link").await;
    browser.press(Key::Enter).await;
    browser.shows("h1", "Fjord Managed IT").await;

    // The dialog keeps focus inside.
    let opener = "a[data-dialog='rm']";
    browser.tab_to(opener).await;
    browser.press(Key::Enter).await;
    browser.focus_comes("#rm[open] [data-close]").await;
    for _ in 0..4 {
        browser.press(Key::Tab).await;
        assert!(
            browser.has_focus("#rm *, #rm, body").await,
            "focus left the dialog"
        );
    }
    browser.press(Key::Escape).await;
    browser.focus_comes(opener).await;

    // The page that the link leads to.
    let page = browser
        .find(opener)
        .await
        .attr("href")
        .await
        .unwrap()
        .unwrap();
    browser.open(&page).await;
    browser.shows("h1", "Remove roles?").await;
    browser.tab_to("main .btn-danger").await;
    browser.press(Key::Space).await;
    browser.shows(".said h2", "Roles removed").await;
    browser.focus_comes(".said").await;
}
