//! A partner invites: with the keyboard, without script, in French, and with the mail beside it.

use serde_json::json;

use super::{SENT, run, run_without_script};

const FJORD: &str = "Fjord Managed IT";
const AGENT: &str = "admin_agent";

#[test]
fn an_agent_invites_with_the_keyboard_and_sees_the_mail_change() {
    run(async |demo, browser| {
        browser.enter(demo.person(FJORD, AGENT)).await;
        browser.open(&format!("{SENT}/new")).await;
        assert_eq!(browser.count("input[type=checkbox]:checked").await, 0);
        browser.tab_to("#to").await;
        browser.press("anne@customer.example").await;
        browser.tab_to("input[name=type]").await;
        browser.press(" ").await;
        browser.tab_to("#message").await;
        browser.press("As agreed").await;
        browser
            .until(
                "the mail follows what is typed",
                "return document.querySelector('#preview').textContent.includes('As agreed')",
            )
            .await;
        let mail = browser.text("#preview").await;
        assert!(mail.contains("anne@customer.example"), "{mail}");
        browser.tab_to("form[data-preview] .btn-main").await;
        browser.press("\u{e007}").await;
        browser.shows(".said h2", "Invitation created").await;
        let link = browser
            .ask("return document.getElementById('url').value")
            .await;
        assert!(link.as_str().unwrap().contains("/invitations/"));
        browser.click("[data-copy]").await;
        browser.shows("#copied", "Copied").await;
        let warned = browser.warnings().await;
        assert!(warned.is_empty(), "{warned:?}");
    });
}

#[test]
fn an_agent_invites_without_script() {
    run_without_script(async |demo, browser| {
        browser.enter(demo.person(FJORD, AGENT)).await;
        browser.open(&format!("{SENT}/new")).await;
        browser.type_into("#to", "anne@customer.example").await;
        browser.click("input[value=reseller]").await;
        browser.click("button[name=step]").await;
        browser.shows("#preview dd", "anne@customer.example").await;
        browser.click("form[data-preview] .btn-main").await;
        browser.shows(".said h2", "Invitation created").await;
        let button = browser.find("[data-copy]").await;
        assert!(!button.is_displayed().await.unwrap(), "it needs script");
        browser.click("main a[href^='/partner/invitations/']").await;
    });
}

#[test]
fn the_form_is_french_narrow_and_dark_where_that_is_wanted() {
    run(async |demo, browser| {
        browser.enter(demo.person(FJORD, AGENT)).await;
        browser.look("dark", 390).await;
        browser.open(&format!("{SENT}/new?lang=fr")).await;
        browser.shows("h1", "Nouvelle invitation").await;
        browser.click("form[data-preview] .btn-main").await;
        browser.find(".errors").await;
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.ask(over).await, json!(0));
    });
}

#[test]
fn somebody_is_asked_to_join_the_staff_and_joins_without_script() {
    run_without_script(async |demo, browser| {
        browser.enter(demo.person("Brightwater IT", AGENT)).await;
        browser.open("/partner/staff").await;
        browser.click("main .head .btn-main").await;
        browser.shows("h1", "Add a member of staff").await;
        assert_eq!(browser.count("input[type=checkbox]:checked").await, 0);
        browser.type_into("#name", "Ruth Amsel").await;
        browser
            .type_into("#email", "ruth@brightwater.example")
            .await;
        browser.click("main form .btn-main").await;
        browser
            .shows(".errors li a", "Choose at least one role")
            .await;
        browser.click("#helpdesk_agent").await;
        browser.click("main form .btn-main").await;
        browser.shows(".said h2", "Invitation made").await;
        let link = browser.find("#url").await.attr("value").await.unwrap();
        browser.forget().await;

        browser.open_address(&link.unwrap()).await;
        browser
            .shows("h1", "Brightwater IT invites you to its staff")
            .await;
        for field in ["#new", "#again"] {
            browser
                .type_into(field, "harbour lantern quilt meadow")
                .await;
        }
        browser.click("main form .btn-main").await;
        browser.shows(".me .org b", "Ruth Amsel").await;
        assert_eq!(browser.path().await, "/partner");
        assert_eq!(browser.count("a[href='/partner/staff']").await, 0);
    });
}
