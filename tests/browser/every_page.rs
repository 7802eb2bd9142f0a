//! What holds on every page: it can be used by everybody, and it asks nobody else for anything.

use serde_json::{Value, json};

use super::{
    Browser,
    pages::{enter, every},
    run,
};

/// The accessibility checker of Deque Systems, as it is published.
const AXE: &str = include_str!("axe.min.js");

/// Runs it, and passes on what it found: the rule, and where.
const CHECK: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
        found => done({
            rules: found.passes.length,
            violations: found.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)),
        }),
        error => done({ rules: 0, violations: [String(error)] }),
    );";

/// How far the page reaches beyond its window.
const OVERFLOW: &str =
    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

async fn check(browser: &Browser) -> Vec<String> {
    let found = browser.ask_later(CHECK).await;
    let mut wrong: Vec<String> = serde_json::from_value(found["violations"].clone()).unwrap();
    if found["rules"].as_u64().unwrap() < 5 {
        wrong.push("hardly any rule was checked".into());
    }
    wrong
}

#[test]
fn every_page_is_accessible_in_light_and_dark_wide_and_narrow() {
    run(async |demo, browser| {
        let mut wrong = Vec::new();
        let mut last = None;
        for place in every(demo, browser).await {
            browser.look("light", 1280).await;
            enter(browser, &mut last, &place).await;
            let name = place.open(browser).await;
            browser.ask(AXE).await;
            for width in [1280, 390] {
                for scheme in ["light", "dark"] {
                    browser.look(scheme, width).await;
                    for found in check(browser).await {
                        wrong.push(format!("{name} ({scheme}, {width} px): {found}"));
                    }
                }
                let over = browser.ask(OVERFLOW).await;
                if over != json!(0) {
                    wrong.push(format!("{name} ({width} px): {over} px too wide"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// What the page loaded: addresses, each with its status.
const LOADED: &str = "return performance.getEntriesByType('resource')
    .map(entry => [entry.name, entry.responseStatus])";

#[test]
fn no_page_asks_anybody_else_or_breaks_its_own_policy() {
    run(async |demo, browser| {
        let own = demo.at("/");
        let mut wrong = Vec::new();
        let mut last = None;
        for place in every(demo, browser).await {
            enter(browser, &mut last, &place).await;
            let name = place.open(browser).await;
            let loaded = browser.ask(LOADED).await;
            let loaded: Vec<(String, u64)> = serde_json::from_value(loaded).unwrap();
            for kind in [".css", ".js"] {
                if !loaded.iter().any(|(address, _)| address.contains(kind)) {
                    wrong.push(format!("{name} loaded no {kind}: {loaded:?}"));
                }
            }
            for (address, status) in loaded {
                if !address.starts_with(&own) || status >= 400 {
                    wrong.push(format!("{name} asked for {address}: {status}"));
                }
            }
            // A page that comes with an error status is logged as such, and only that is.
            for line in browser.warnings().await {
                let expected = line.contains("the server responded with a status of 4");
                if !(expected && line.starts_with(&own)) {
                    wrong.push(format!("{name} warned: {line}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));

        // The policy is in force: what comes from elsewhere isn't even asked for.
        browser.open("/sign-in").await;
        let blocked = browser.ask_later(FOREIGN).await;
        assert_eq!(blocked, Value::from("img-src"));
    });
}

/// Tries to load a picture from elsewhere, and passes on which rule forbade it.
const FOREIGN: &str = "
    const done = arguments[arguments.length - 1];
    document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
    const picture = new Image();
    picture.addEventListener('load', () => done('nothing'));
    picture.src = 'https://elsewhere.example/picture.png';
    document.body.append(picture);";
