//! What holds on every page: it can be used by everybody, and it asks nobody else for anything.

use serde_json::{Value, json};

use super::{
    Browser,
    pages::{enter, every},
    run,
};

/// The accessibility checker of Deque Systems, as it is published.
const AXE: &str = include_str!("axe.min.js");

/// Every rule of WCAG 2.2, levels A and AA, that a machine can check.
const ALL_RULES: &str =
    "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }";

/// What the appearance alone decides.
const COLOURS: &str = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

/// Runs it, and passes on what it found: how many rules had something to check, and where which one
/// is broken.
fn check_by(rules: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
        axe.run(document, {{ runOnly: {rules}, resultTypes: ['violations'] }}).then(
            found => done({{
                rules: found.passes.length + found.incomplete.length,
                violations: found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${{rule.id}}: ${{node.target.join(' ')}}: ${{node.failureSummary}}`)),
            }}),
            error => done({{ rules: 0, violations: [String(error)] }}),
        );"
    )
}

/// How far the page reaches beyond its window.
const OVERFLOW: &str =
    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

async fn check(browser: &Browser, rules: &str, least: u64) -> Vec<String> {
    let found = browser.ask_later(&check_by(rules)).await;
    let mut wrong: Vec<String> = serde_json::from_value(found["violations"].clone()).unwrap();
    if found["rules"].as_u64().unwrap() < least {
        wrong.push("hardly any rule was checked".into());
    }
    wrong
}

/// What the page loaded: addresses, each with its status.
const LOADED: &str = "return performance.getEntriesByType('resource')
    .map(entry => [entry.name, entry.responseStatus])";

/// Whatever a page asked somebody else for, or broke of its own policy.
async fn asked_elsewhere(browser: &Browser, own: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let loaded = browser.ask(LOADED).await;
    let loaded: Vec<(String, u64)> = serde_json::from_value(loaded).unwrap();
    for kind in [".css", ".js"] {
        if !loaded.iter().any(|(address, _)| address.contains(kind)) {
            wrong.push(format!("it loaded no {kind}: {loaded:?}"));
        }
    }
    for (address, status) in loaded {
        if !address.starts_with(own) || status >= 400 {
            wrong.push(format!("it asked for {address}: {status}"));
        }
    }
    // A page that comes with an error status is logged as such, and only that is.
    for line in browser.warnings().await {
        let expected = line.contains("the server responded with a status of 4");
        if !(expected && line.starts_with(own)) {
            wrong.push(format!("it warned: {line}"));
        }
    }
    wrong
}

/// How a page is looked at, and by which rules: all of them in either width, and once more by those
/// that colours decide.
const LOOKS: [(u32, &str, &str, u64); 4] = [
    (1280, "light", ALL_RULES, 5),
    (1280, "dark", COLOURS, 1),
    (390, "light", ALL_RULES, 5),
    (390, "dark", COLOURS, 1),
];

#[test]
fn every_page_is_accessible_light_and_dark_wide_and_narrow_and_asks_nobody_else() {
    run(async |demo, browser| {
        let own = demo.at("/");
        let mut wrong = Vec::new();
        let mut last = None;
        for place in every(demo, browser).await {
            browser.look("light", 1280).await;
            enter(browser, &mut last, &place).await;
            // What signing in warned of isn't this page's.
            browser.warnings().await;
            let name = place.open(browser).await;
            for found in asked_elsewhere(browser, &own).await {
                wrong.push(format!("{name}: {found}"));
            }
            browser.ask(AXE).await;
            for (width, scheme, rules, least) in LOOKS {
                browser.look(scheme, width).await;
                for found in check(browser, rules, least).await {
                    wrong.push(format!("{name} ({scheme}, {width} px): {found}"));
                }
                let over = browser.ask(OVERFLOW).await;
                if over != json!(0) {
                    wrong.push(format!("{name} ({width} px): {over} px too wide"));
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
