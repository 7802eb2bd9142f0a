//! The link of an invitation in a browser: it changes nothing, and goes no further than its page.

use serde_json::{Value, json};

use super::{BILLING, Browser, SCHOOL, run, tap::Tap};
use crate::support::db::difference;

const PARTNER: &str = "Fjord Managed IT";
const LINKS: &str =
    "return [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))";

/// Where the browser is, where it says it comes from, and what it loaded on the way.
const WHERE: &str = "return [location.href, document.referrer, JSON.stringify(history.state),
    ...performance.getEntriesByType('resource').map(entry => entry.name)].join(' ')";

/// How often a token was sent otherwise than to ask for its very page.
fn leaks(tap: &Tap, token: &str) -> Vec<String> {
    let asked = format!("GET /invitations/{token} HTTP/1.1");
    let heard = tap.heard();
    let lines = heard
        .lines()
        .filter(|line| line.contains(token) && line.trim() != asked);
    lines.map(str::to_owned).collect()
}

async fn said(browser: &Browser) -> String {
    browser
        .ask(WHERE)
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn the_link_goes_no_further_than_its_own_page() {
    run(async |demo, browser| {
        let tap = Tap::before(&demo.at(""));
        let invitation = demo.invitation(SCHOOL, PARTNER, "open");
        let token = invitation.token();
        let link = tap.at(&format!("/invitations/{token}"));
        browser.open_address(&link).await;
        browser.shows("h1", "Fjord Managed IT invites you").await;
        let links: Vec<String> = serde_json::from_value(browser.ask(LINKS).await).unwrap();
        assert!(links.len() >= 3, "{links:?}");
        for (index, href) in links.iter().enumerate() {
            browser.open_address(&link).await;
            browser.shows("h1", "Fjord Managed IT invites you").await;
            let loaded = said(browser).await;
            assert!(
                loaded
                    .split(' ')
                    .filter(|word| word.starts_with("http"))
                    .all(|word| word.starts_with(&tap.at("/"))),
                "{loaded}"
            );
            assert!(!href.contains(token), "{href}");
            browser
                .ask(&format!(
                    "document.querySelectorAll('a[href]')[{index}].click()"
                ))
                .await;
            if href.starts_with('#') {
                continue;
            }
            browser.until("the link was followed", "return !location.pathname.startsWith('/invitations/') && document.readyState === 'complete'").await;
            let told = said(browser).await;
            assert!(!told.contains(token), "{href}: {told}");
        }
        // The way that it is meant for, to its end.
        browser.open_address(&link).await;
        browser.click("main .btn-main").await;
        browser.shows("h1", "Sign in").await;
        browser.fill_sign_in(demo.person(SCHOOL, BILLING)).await;
        browser.find("#consent").await;
        assert!(!said(browser).await.contains(token));
        browser.click(".consent a[href^='/agreements/']").await;
        browser.click("a[href^='/billing/invitations/']").await;
        browser.click("#consent").await;
        browser.click("form[action$='/acceptance'] .btn-main").await;
        browser
            .shows(".said h2", "Fjord Managed IT can now work with you")
            .await;
        assert!(!said(browser).await.contains(token));
        assert!(tap.heard().contains(token), "the tap hears nothing");
        assert_eq!(leaks(&tap, token), Vec::<String>::new());
    });
}

#[test]
fn neither_scanners_that_run_script_nor_prefetching_change_anything() {
    run(async |demo, browser| {
        let invitation = demo.invitation(SCHOOL, PARTNER, "open");
        let link = format!("/invitations/{}", invitation.token());
        let before = demo.db.everything();
        let visits = async |path: &str| {
            for (agent, purpose) in [
                ("Mozilla/5.0 (Windows NT 10.0) SafeLinks/1.0", "prefetch"),
                (
                    "Mozilla/5.0 (compatible; MailScanner/2.0)",
                    "prefetch;prerender",
                ),
                ("Barracuda Sentinel (EE)", "prefetch;anonymous-client-ip"),
            ] {
                browser
                    .tell(
                        "Network.setUserAgentOverride",
                        json!({ "userAgent": agent }),
                    )
                    .await;
                let headers = json!({ "headers": { "Sec-Purpose": purpose, "Purpose": "prefetch", "X-Moz": "prefetch" } });
                browser.tell("Network.setExtraHTTPHeaders", headers).await;
                browser.open(path).await;
                // Like a scanner: looks at everything, moves about, and follows every link.
                browser.ask(LOOKS).await;
                let links: Vec<String> = serde_json::from_value(browser.ask(LINKS).await).unwrap();
                let ours = links.iter().filter(|link| link.starts_with('/'));
                for path in ours {
                    browser
                        .ask_later(&format!(
                            "fetch({}).finally(arguments[arguments.length - 1])",
                            json!(path)
                        ))
                        .await;
                }
            }
        };
        browser.tell("Network.enable", json!({})).await;
        visits(&link).await;
        assert_eq!(
            difference(&before, &demo.db.everything()),
            Vec::<String>::new()
        );
        // Nor does an administrator's own browser, which reads ahead.
        browser
            .tell("Network.setExtraHTTPHeaders", json!({ "headers": {} }))
            .await;
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        visits(&link).await;
        visits(&invitation.path()).await;
        visits(&format!("{}/refusal", invitation.path())).await;
        assert_eq!(
            difference(&before, &demo.db.everything()),
            Vec::<String>::new()
        );
        browser
            .tell("Network.setExtraHTTPHeaders", json!({ "headers": {} }))
            .await;
        browser.open(&invitation.path()).await;
        browser.click("#consent").await;
        browser.click("form[action$='/acceptance'] .btn-main").await;
        browser
            .shows(".said h2", "Fjord Managed IT can now work with you")
            .await;
        assert_ne!(demo.db.everything(), before);
    });
}

/// Moves over everything, focuses it and scrolls to its end.
const LOOKS: &str = "
    for (const element of document.querySelectorAll('*')) {
        for (const kind of ['mouseover', 'mousemove', 'pointerenter', 'focusin', 'touchstart'])
            element.dispatchEvent(new Event(kind, { bubbles: true }));
        if (element.focus) element.focus();
    }
    scrollTo(0, document.body.scrollHeight);";

#[test]
fn after_sign_in_a_browser_stays_on_the_site() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        for next in [
            "//e.example",
            "///e.example",
            "/\\e.example",
            "\\\\e.example",
            "/%5ce.example",
            "/%5C/e.example",
            "https:e.example",
            "https://e.example",
            "http:/e.example",
            "/%09/e.example",
            "/\t/e.example",
            "javascript:document.title='hit'",
            "@e.example",
            "/../..//e.example",
            "/a\r\nLocation: //e.example",
            "/%0d%0aLocation://e.example",
            "/／e.example",
            "/%2f%2fe.example",
            "data:text/html,x",
            "/.//e.example",
        ] {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            browser.open(&format!("/sign-in?next={next}")).await;
            let origin = browser.ask("return location.origin").await;
            assert_eq!(origin, Value::from(demo.at("")), "{next}");
            assert_ne!(browser.title().await, "hit", "{next}");
        }
    });
}
