//! Pages of somebody else's that try to act through a browser in which somebody is signed in.

use serde_json::json;

use super::{BILLING, SCHOOL, run, tap::Elsewhere};
use crate::support::db::{beside_denials, difference};

/// Six ways to send something, by name.
const PAGE: &str = "<!doctype html><title>elsewhere</title><body><iframe name=inside></iframe><script>
    const form = (action, enctype, target, fields) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action, enctype, target: target || '' });
        for (const [name, value] of Object.entries(fields)) {
            const field = document.createElement('input');
            Object.assign(field, { type: 'hidden', name, value });
            form.append(field);
        }
        document.body.append(form);
        form.submit();
    };
    const send = (body, type, mode) => address => fetch(address,
        { method: 'POST', mode, credentials: 'include', body, headers: type ? { 'Content-Type': type } : {} })
        .then(() => 'answered', () => 'failed');
    const coded = 'application/x-www-form-urlencoded';
    window.ways = {
        form: address => form(address, coded, '', { reason: 'no' }),
        plain: address => form(address, 'text/plain', '', { reason: 'no' }),
        parts: address => form(address, 'multipart/form-data', '', { reason: 'no' }),
        framed: address => form(address, coded, 'inside', { reason: 'no' }),
        quiet: send('reason=no', coded, 'no-cors'),
        json: send('{\"reason\":\"no\"}', 'application/json', 'cors'),
        typed: send('reason=no', 'text/plain', 'no-cors'),
        beacon: async address => navigator.sendBeacon(address, new URLSearchParams({ reason: 'no' })),
    };
</script>";

#[test]
fn pages_from_elsewhere_change_nothing() {
    run(async |demo, browser| {
        let site = Elsewhere::serving(PAGE.to_owned());
        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        let before = demo.db.everything();
        let sessions = demo.db.count("SELECT count(*) FROM sessions");
        for origin in [site.next_door(), site.far()] {
            for path in [
                format!("{}/refusal", invitation.path()),
                "/settings/sessions/end".into(),
                "/sign-out".into(),
            ] {
                let target = json!(demo.at(&path));
                for way in ["form", "plain", "parts"] {
                    browser.open_address(&origin).await;
                    browser.ask(&format!("ways.{way}({target})")).await;
                    let there = format!(
                        "return location.href === {target} && document.readyState === 'complete'"
                    );
                    browser.until("the form was sent", &there).await;
                    assert_eq!(browser.status().await, 403, "{way} from {origin} to {path}");
                }
                browser.open_address(&origin).await;
                for way in ["quiet", "json", "typed", "beacon"] {
                    browser
                        .ask_later(&format!(
                            "ways.{way}({target}).then(arguments[arguments.length - 1])"
                        ))
                        .await;
                }
                browser.ask(&format!("ways.framed({target})")).await;
            }
        }
        // Whoever was signed in still is, which only somebody can say who is let in.
        browser.open(&invitation.path()).await;
        browser.find("#consent").await;
        let changed = beside_denials(difference(&before, &demo.db.everything()));
        assert_eq!(changed, Vec::<String>::new());
        assert_eq!(demo.db.count("SELECT count(*) FROM sessions"), sessions);
    });
}

#[test]
fn no_page_is_shown_within_another_site() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        let own = demo.at("");
        for path in [
            "/sign-in",
            "/billing/partner-relationships",
            "/nowhere",
            "/live",
        ] {
            let page = format!("<!doctype html><body><iframe src='{own}{path}'></iframe>");
            let site = Elsewhere::serving(page);
            for origin in [site.next_door(), site.far()] {
                browser.warnings().await;
                browser.open_address(&origin).await;
                let warned = browser.warnings().await;
                let blocked = |line: &String| {
                    line.contains("frame-ancestors") || line.contains("X-Frame-Options")
                };
                assert!(warned.iter().any(blocked), "{path} in {origin}: {warned:?}");
            }
        }
    });
}
