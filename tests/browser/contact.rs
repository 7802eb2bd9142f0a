//! A customer writes to partners: with the keyboard, without script, in French; a partner answers.

use std::{thread, time::Duration};

use serde_json::json;

use super::{BILLING, Browser, COMPANY, SCHOOL, run, run_without_script};

const NEED: &str = "Accounts and licences for 85 staff, each September.";

/// Opens the form for the first partners of the directory.
async fn picks(browser: &Browser, count: usize) {
    browser.open("/partners").await;
    browser.find("input[name=partner]").await;
    let numbers =
        "return [...document.querySelectorAll('input[name=partner]')].map(one => one.value)";
    let numbers: Vec<String> = serde_json::from_value(browser.ask(numbers).await).unwrap();
    let query: Vec<String> = numbers
        .iter()
        .take(count)
        .map(|n| format!("partner={n}"))
        .collect();
    browser
        .open(&format!("/partners/contact?{}", query.join("&")))
        .await;
}

#[test]
fn an_administrator_writes_with_the_keyboard_alone() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        picks(browser, 2).await;
        browser.shows("h1", "Tell them what you need").await;
        let own = browser
            .ask("return document.getElementById('email').value")
            .await;
        assert_eq!(own, json!(demo.person(SCHOOL, BILLING).email));
        browser.tab_to("#need").await;
        browser.press("Help").await;
        browser.tab_to("#phone").await;
        browser.press("0320 01").await;
        browser.tab_to("main form .btn-main").await;
        browser.press("\u{e007}").await;
        browser.focus_comes(".errors").await;
        assert!(browser.title().await.starts_with("Error:"));
        assert_eq!(browser.texts(".errors li").await.len(), 3);
        browser.tab_to(".errors a[href='#need']").await;
        browser.press("\u{e007}").await;
        browser.focus_comes("#need").await;
        browser.press(format!(" us: {NEED}")).await;
        browser.tab_to("#phone").await;
        browser
            .ask("document.getElementById('phone').value = ''")
            .await;
        browser.press("+33 3 20 01 02 03").await;
        browser.tab_to("#size").await;
        browser.press("5").await;
        // Nobody reaches the field that only programs fill in.
        browser.tab_to("main form .btn-main").await;
        let trap = browser
            .ask("return document.getElementById('website').value")
            .await;
        assert_eq!(trap, json!(""));
        // Keys come faster here than anybody types.
        thread::sleep(Duration::from_secs(3));
        browser.press("\u{e007}").await;
        browser
            .shows(".said h2", "Your message is on its way")
            .await;
        browser.focus_comes(".said").await;
        let warned = browser.warnings().await;
        assert!(
            warned.iter().all(|line| line.contains("status of 422")),
            "{warned:?}"
        );
    });
}

#[test]
fn an_administrator_writes_without_script() {
    run_without_script(async |demo, browser| {
        browser.enter(demo.person(COMPANY, BILLING)).await;
        browser.open("/partners").await;
        browser.click("input[name=partner]").await;
        browser.click(".pickbar button").await;
        browser.shows("h1", "Tell them what you need").await;
        browser.type_into("#need", NEED).await;
        browser.click("#size option[value='250-999']").await;
        thread::sleep(Duration::from_secs(3));
        browser.click("main form .btn-main").await;
        browser
            .shows(".said h2", "Your message is on its way")
            .await;
        browser.click("tbody th a").await;
        browser.find(".tl").await;
        assert!(browser.text("main").await.contains(NEED));
    });
}

#[test]
fn the_form_is_french_narrow_and_dark_where_that_is_wanted() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        browser.look("dark", 390).await;
        browser.open("/?lang=fr").await;
        picks(browser, 3).await;
        browser.shows("h1", "Dites-leur ce qu’il vous faut").await;
        browser.click("main form .btn-main").await;
        browser.find(".errors").await;
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.ask(over).await, json!(0));
    });
}

#[test]
fn a_partner_declines_what_it_reads() {
    run(async |demo, browser| {
        browser
            .enter(demo.person("Fjord Managed IT", "sales_agent"))
            .await;
        browser.open("/partner/requests?state=new").await;
        browser.click(".row-link").await;
        browser.click("main a[href$='/refusal']").await;
        browser.click("main form .btn-main").await;
        browser.focus_comes(".errors").await;
        browser
            .type_into("#reason", "No capacity before spring.")
            .await;
        browser.click("main form .btn-main").await;
        browser.shows(".said h2", "Request declined").await;
        browser.focus_comes(".said").await;
        assert!(
            browser
                .text("main")
                .await
                .contains("No capacity before spring.")
        );
    });
}
