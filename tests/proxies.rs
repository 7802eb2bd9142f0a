//! A client's address, which is taken from listed proxies alone: in evidence, in the audit log and
//! for the list of sessions.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use entente::web::edge::TrustedProxies;
use serde_json::Value;

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Persona, post},
    db::Backend,
    page::Page,
    seed::PASSWORD,
};

const YES: [(&str, &str); 1] = [("consent", "yes")];

/// The address that is kept of somebody who sends a header, in evidence, in the audit log and for
/// the list of sessions.
async fn addresses(app: &TestApp, version: i32, headers: &[(&'static str, &str)]) -> [String; 3] {
    app.publishes(version, true, ["<p>Later</p>", "<p>Plus tard</p>"]);
    let send = |request: TestRequest| {
        headers
            .iter()
            .fold(request, |request, header| request.append_header(*header))
    };
    let ours = |path: &str, fields: &[(&str, &str)]| {
        send(post(path, fields).insert_header(("sec-fetch-site", "same-origin")))
    };
    let marie = app.anonymous();
    let email = &app.world().person(Persona::BillingAdmin).email;
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    marie.sends(ours("/sign-in", &fields)).await.is(303);
    let page: Page = marie.opens("/billing/agreement").await;
    let form = page.form("Accept");
    let fields = form.with(&YES);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    marie.sends(ours(&form.action, &fields)).await.is(303);
    let of = |kind: &str| {
        let data = app.db().ask(&format!(
            "SELECT data AS answer FROM personal_data WHERE owner_kind = '{kind}' AND label = 'actor' ORDER BY id"
        ));
        let data: Value = serde_json::from_str(data.last().unwrap()).unwrap();
        assert_eq!(data["peer_address"], "192.0.2.10");
        data["client_address"].as_str().unwrap().to_owned()
    };
    let session = app
        .db()
        .ask("SELECT client_address AS answer FROM sessions ORDER BY id");
    [
        of("acceptance"),
        of("event"),
        session.last().unwrap().clone(),
    ]
}

/// A header, and the address that is taken from it.
type Case = (&'static [(&'static str, &'static str)], &'static str);

async fn are_taken(app: TestApp, cases: &[Case]) {
    for (version, (headers, address)) in (2..).zip(cases) {
        app.passes(TimeDelta::seconds(1));
        let got = addresses(&app, version, headers).await;
        assert_eq!(got, [*address; 3], "{headers:?}");
    }
}

async fn behind_proxies(app: TestApp) {
    let here = "192.0.2.10";
    are_taken(
        app,
        &[
            (&[("x-forwarded-for", "198.51.100.7")], "198.51.100.7"),
            (
                &[("x-forwarded-for", "203.0.113.66, 198.51.100.7")],
                "198.51.100.7",
            ),
            (
                &[("x-forwarded-for", "203.0.113.66, 198.51.100.7, 10.0.0.2")],
                "198.51.100.7",
            ),
            (
                &[
                    ("x-forwarded-for", "203.0.113.66"),
                    ("x-forwarded-for", "198.51.100.7"),
                ],
                "198.51.100.7",
            ),
            (&[("x-forwarded-for", "198.51.100.7:4711")], "198.51.100.7"),
            (&[("x-forwarded-for", "[2001:db8::7]:4711")], "2001:db8::7"),
            (&[("x-forwarded-for", "2001:db8::7")], "2001:db8::7"),
            (
                &[("x-forwarded-for", "::ffff:198.51.100.7")],
                "198.51.100.7",
            ),
            (&[("x-forwarded-for", "198.51.100.7, <b>junk</b>")], here),
            (&[("x-forwarded-for", "unknown")], here),
            (&[("x-forwarded-for", "")], here),
            (
                &[
                    ("forwarded", "for=198.51.100.7"),
                    ("x-real-ip", "198.51.100.7"),
                ],
                here,
            ),
        ],
    )
    .await;
}

async fn without_proxies(app: TestApp) {
    let here = "192.0.2.10";
    are_taken(
        app,
        &[
            (&[("x-forwarded-for", "198.51.100.7")], here),
            (&[("x-forwarded-for", "203.0.113.66, 192.0.2.10")], here),
            (&[("forwarded", "for=198.51.100.7;by=192.0.2.10")], here),
            (
                &[
                    ("x-real-ip", "198.51.100.7"),
                    ("cf-connecting-ip", "198.51.100.7"),
                ],
                here,
            ),
        ],
    )
    .await;
}

fn trusting() -> Setup {
    let proxies = ["10.0.0.0/8", "192.0.2.10/32"].map(|net| net.parse().unwrap());
    Setup {
        proxies: TrustedProxies(proxies.to_vec()),
        ..Setup::default()
    }
}

#[test]
fn a_clients_address_is_taken_from_listed_proxies_alone_sqlite() {
    run_with(Backend::Sqlite, trusting, behind_proxies);
    run_with(Backend::Sqlite, Setup::default, without_proxies);
}

#[test]
fn a_clients_address_is_taken_from_listed_proxies_alone_postgres() {
    run_with(Backend::Postgres, trusting, behind_proxies);
    run_with(Backend::Postgres, Setup::default, without_proxies);
}
