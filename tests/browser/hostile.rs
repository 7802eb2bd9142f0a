//! Text that would like to be markup, script or an address, in every place where text is stored:
//! on every page it stays text.

use serde::Deserialize;
use serde_json::json;

use super::{
    BILLING, Browser, COMPANY, Demo, SCHOOL,
    pages::{enter, every},
    run,
};

/// Each would leave an element called `planted`, an attribute that acts, or set `window.planted`.
const HOSTILE: [&str; 40] = [
    "<planted>1</planted>",
    "<script>window.planted=2</script>",
    "<ScRiPt>window.planted=3</sCrIpT>",
    "\"><planted>4</planted>",
    "'><planted>5</planted>",
    "</title><planted>6</planted>",
    "</textarea><planted>7</planted>",
    "</script><script>window.planted=8</script>",
    "</style><planted>9</planted>",
    "<img src=x onerror=window.planted=10>",
    "<svg onload=window.planted=11>",
    "<body onload=window.planted=12>",
    "<details open ontoggle=window.planted=13>",
    "<input autofocus onfocus=window.planted=14>",
    "\" onmouseover=\"window.planted=15",
    "' onfocus='window.planted=16' autofocus='",
    "x onmouseover=window.planted=17",
    "javascript:window.planted=18",
    "JaVaScRiPt:window.planted=19",
    "java\tscript:window.planted=20",
    "data:text/html,<script>parent.planted=21</script>",
    "vbscript:window.planted=22",
    "https://marie@evil.example/23",
    "//evil.example/24",
    "http://xn--pple-43d.example/25",
    "<iframe srcdoc='<script>parent.planted=26</script>'></iframe>",
    "<object data='javascript:window.planted=27'></object>",
    "<embed src='//evil.example/28'>",
    "<link rel=stylesheet href=//evil.example/29>",
    "<meta http-equiv=refresh content='0;url=//evil.example/30'>",
    "<base href=//evil.example/31>",
    "<form action=//evil.example/32><button>planted</button></form>",
    "<math><mtext><planted>33</planted></mtext></math>",
    "<!--><planted>34</planted>-->",
    "<![CDATA[<planted>35</planted>]]>",
    "&lt;planted&gt;36&lt;/planted&gt;",
    "{{ 37 * 37 }} {% planted %} ${37*37}",
    "\u{ff1c}planted\u{ff1e}38\u{ff1c}/planted\u{ff1e}",
    "<style>*{background:url(//evil.example/39)}</style>",
    "<a href=javascript:window.planted=40 style=position:fixed;inset:0>planted</a>",
];

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// As many of them as there is room for, beginning with another one each time: what begins an
/// address is worth nothing further on.
fn all_from(first: usize, room: usize) -> String {
    let mut texts = HOSTILE;
    texts.rotate_left(first % HOSTILE.len());
    texts.join(" ").chars().take(room).collect()
}

/// Sets a column of every row to them, each row beginning with the next.
fn plant(demo: &Demo, table: &str, column: &str, first: usize) {
    let rows = demo.db.ask(&format!(
        "SELECT CAST(rowid AS TEXT) AS answer FROM {table} ORDER BY rowid"
    ));
    let long = ["message", "reason"]
        .iter()
        .any(|word| column.contains(word));
    let room = if long { 2000 } else { 120 };
    for (index, row) in rows.iter().enumerate() {
        let text = quoted(&all_from(first + 3 * index, room));
        demo.db
            .run(&format!(
                "UPDATE {table} SET {column} = {text} WHERE rowid = {row}"
            ))
            .unwrap();
    }
}

/// What a page has that nobody meant.
#[derive(Debug, Deserialize)]
struct Found {
    planted: bool,
    elements: Vec<String>,
    links: Vec<String>,
    loaded: Vec<String>,
    /// Whether any of the texts can be read on the page.
    shown: bool,
}

const LOOK: &str = "
    const acting = [...document.querySelectorAll('*')].filter(element =>
        [...element.attributes].some(attribute => /^on/i.test(attribute.name) || attribute.name === 'style' || attribute.name === 'srcdoc'));
    const odd = [...document.querySelectorAll('planted, iframe, object, embed, base, style, math, meta[http-equiv], script:not([src^=\"/static/\"]), link[href^=\"//\"], form[action^=\"//\"], img')];
    const ours = address => address.startsWith(location.origin + '/');
    return {
        planted: window.planted !== undefined,
        elements: [...acting, ...odd].map(element => element.outerHTML.slice(0, 200)),
        links: [...document.querySelectorAll('a[href]')].map(a => a.href).filter(href => !ours(href) && !/^(mailto|tel):/.test(href)),
        loaded: performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !ours(name)),
        shown: /planted|evil\\.example|xn--pple|37 \\* 37/.test(document.body.innerText),
    };";

async fn is_harmless(browser: &Browser, name: &str) -> bool {
    let found: Found = serde_json::from_value(browser.ask(LOOK).await).unwrap();
    let fine = !found.planted
        && found.elements.is_empty()
        && found.links.is_empty()
        && found.loaded.is_empty();
    assert!(fine, "{name}: {found:#?}");
    let violated: Vec<String> = browser
        .warnings()
        .await
        .into_iter()
        .filter(|line| line.contains("Content Security Policy"))
        .collect();
    assert!(violated.is_empty(), "{name}: {violated:#?}");
    found.shown
}

#[test]
fn stored_text_stays_text_on_every_page() {
    run(async |demo, browser| {
        let places = every(demo, browser).await;
        let agent = HOSTILE
            .map(|text| text.replace(['\t', '\u{ff1c}', '\u{ff1e}'], " "))
            .join(" ");
        let agent: String = agent.chars().take(290).collect();
        browser
            .tell(
                "Network.setUserAgentOverride",
                json!({ "userAgent": agent }),
            )
            .await;
        for (index, (table, column)) in [
            ("partners", "name"),
            ("partners", "city"),
            ("partners", "domain"),
            ("partners", "contact_name"),
            ("partners", "contact_email"),
            ("partners", "contact_phone"),
            ("tenants", "name"),
            ("people", "name"),
            ("invitations", "message"),
            ("invitations", "reference"),
            ("invitations", "decline_reason"),
        ]
        .into_iter()
        .enumerate()
        {
            // So that beside each other they begin differently.
            plant(demo, table, column, 7 * index);
        }
        plant(demo, "sessions", "user_agent", 3);
        plant(demo, "sessions", "client_address", 9);
        let (mut last, mut shown) = (None, 0);
        for place in &places {
            enter(browser, &mut last, place).await;
            browser.open(&place.path).await;
            for scheme in ["light", "dark"] {
                browser.look(scheme, 1280).await;
                let name = format!("{} ({scheme})", place.path);
                shown += usize::from(is_harmless(browser, &name).await);
            }
        }
        assert!(
            shown > places.len(),
            "the texts are shown on {shown} of {} pages alone",
            2 * places.len()
        );
        // Events keep the names that things had: some are made now, by a browser with a name like
        // the others, and with a reason of the kind.
        for (organization, reasons) in [(SCHOOL, [1, 9]), (COMPANY, [25, 39])] {
            browser.enter(demo.person(organization, BILLING)).await;
            for reason in reasons {
                let open = "a[href^='/billing/invitations/']";
                browser.open("/billing/invitations").await;
                let path = browser
                    .find(&format!("main {open}"))
                    .await
                    .attr("href")
                    .await
                    .unwrap()
                    .unwrap();
                browser.open(&format!("{path}/refusal")).await;
                browser.type_into("#reason", HOSTILE[reason]).await;
                browser.click("main form .btn-main").await;
                browser.find(".said h2").await;
                assert!(
                    is_harmless(browser, &path).await,
                    "the reason of {path} isn't shown"
                );
            }
            for path in ["/", "/audit-log", "/billing/invitations"] {
                browser.open(path).await;
                assert!(is_harmless(browser, path).await, "{path} shows none of it");
            }
        }
    });
}
