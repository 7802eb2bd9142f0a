//! Finding a partner and keeping a profile: with the keyboard, without script, in French.

use serde_json::json;

use super::{BILLING, Browser, SCHOOL, run, run_without_script};

const DIRECTORY: &str = "/partners";
const PROFILE: &str = "/partner/profile";
const FJORD: &str = "Fjord Managed IT";

/// Types a text in the place of what stands in a field.
async fn refill(browser: &Browser, selector: &str, text: &str) {
    browser.find(selector).await.clear().await.unwrap();
    browser.type_into(selector, text).await;
}

#[test]
fn a_customer_searches_and_chooses_with_the_keyboard() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        browser.open(DIRECTORY).await;
        browser.tab_to("#q").await;
        browser.press("schools").await;
        browser.tab_to("#location").await;
        browser.press("Lille, France").await;
        browser.press("\u{e007}").await;
        browser.shows(".summary b", "2 partners").await;
        assert_eq!(
            browser.texts(".result-name").await,
            [FJORD, "Lumen Licences"]
        );
        browser.tab_to(".result .tick").await;
        browser.press(" ").await;
        assert_eq!(browser.count(".result :checked").await, 1);
        // A name leads to the partner's page, and ticks nothing.
        browser.tab_to(".result:last-child .result-name").await;
        browser.press("\u{e007}").await;
        browser.shows("h1", "Lumen Licences").await;
        assert!(browser.path().await.starts_with("/partners/"));
        let warned = browser.warnings().await;
        assert!(warned.is_empty(), "{warned:?}");
    });
}

#[test]
fn choices_go_along_from_search_to_search_without_script() {
    run_without_script(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        browser.open(&format!("{DIRECTORY}?q=schools")).await;
        browser.click(".result .tick").await;
        refill(browser, "#q", "apps").await;
        browser.click(".tools .btn").await;
        let kept = browser.find(".picked .pick").await.text().await.unwrap();
        assert!(kept.ends_with(FJORD), "{kept}");
        browser.click(".result .tick").await;
        browser.click(".pickbar .btn-main").await;
        browser
            .until(
                "both are taken along",
                "return location.pathname === '/partners/contact' \
                 && new URLSearchParams(location.search).getAll('partner').length === 2",
            )
            .await;
    });
}

#[test]
fn a_partner_keeps_its_profile_without_script() {
    run_without_script(async |demo, browser| {
        browser.enter(demo.person(FJORD, "admin_agent")).await;
        browser.open(PROFILE).await;
        let rows = browser.count(".place").await;
        browser.click("button[value=more]").await;
        browser
            .until(
                "there is room for one more",
                &format!(
                    "return document.querySelectorAll('.place').length === {}",
                    rows + 1
                ),
            )
            .await;
        refill(browser, "#description", "Write to a@b.example").await;
        browser.click("form[data-preview] .btn-main").await;
        browser.find(".errors").await;
        assert_eq!(browser.status().await, 422);
        assert_eq!(browser.count(".errors a[href='#description']").await, 1);
        refill(browser, "#description", "Looks after schools.").await;
        browser.click("button[value=preview]").await;
        browser
            .shows("#preview .result-text", "Looks after schools.")
            .await;
        browser.click("form[data-preview] .btn-main").await;
        browser.shows(".said h2", "Profile saved").await;
    });
}

#[test]
fn both_are_french_narrow_and_dark_where_that_is_wanted() {
    run(async |demo, browser| {
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        browser.look("dark", 390).await;
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        browser
            .open(&format!("{DIRECTORY}?lang=fr&q=ecoles&location=france"))
            .await;
        browser.shows("h1", "Rechercher un partenaire").await;
        assert_eq!(browser.texts(".result-name").await, ["Atelier Numérique"]);
        assert_eq!(browser.ask(over).await, json!(0));
        browser.enter(demo.person(FJORD, "admin_agent")).await;
        browser.open(&format!("{PROFILE}?lang=fr")).await;
        browser.shows("h1", "Fiche annuaire").await;
        assert_eq!(browser.ask(over).await, json!(0));
    });
}
