//! What an acceptance records, as it is handed over by the command, and for how long it is kept.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use entente::domain::relationship::RelationshipType;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{
    TestApp,
    cast::{Actor, Persona, post},
    page::Page,
    program::tells,
    scene::Ask,
};

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) \"évidence\"/1.0";

/// What an acceptance holds, in the order in which the promise names it: where it stands.
const FIELDS: [(&str, &str); 28] = [
    ("the agreement", "/record/document/agreement"),
    ("its version", "/record/document/version"),
    ("its language", "/record/document/language"),
    ("the hash of the bytes shown", "/record/document/sha256"),
    ("their media type", "/record/document/media_type"),
    ("their size", "/record/document/size"),
    ("the tenant", "/record/tenant/id"),
    ("its name", "/record/tenant/name"),
    ("the person", "/record/person"),
    ("the person's name", "/personal/0/data/name"),
    ("the verified address", "/personal/0/data/email"),
    ("the roles held", "/record/roles"),
    ("how authenticated", "/record/authenticated_by"),
    ("when authenticated", "/record/authenticated_at"),
    ("when", "/record/at"),
    ("the number in the chain", "/record/number"),
    ("the client's address", "/personal/0/data/client_address"),
    ("the raw peer", "/personal/0/data/peer_address"),
    ("the browser", "/personal/0/data/user_agent"),
    ("the words of the control", "/record/control"),
    ("the statement of authority", "/record/statement"),
    ("the affirmative act", "/record/act"),
    ("the invitation", "/record/invitation"),
    ("the roles granted", "/record/grants/0/role"),
    ("their end", "/record/grants/0/until"),
    ("the request", "/record/request"),
    ("the application's version", "/record/application"),
    ("the event", "/record/event"),
];

fn is_uuid(text: &str) -> bool {
    uuid::Uuid::parse_str(text).is_ok_and(|id| !id.is_nil())
}

/// Microseconds, in UTC.
fn is_instant(text: &str) -> bool {
    text.len() == "2026-11-22T09:00:00.000000Z".len()
        && text.ends_with('Z')
        && text.parse::<entente::domain::Instant>().is_ok()
}

/// Whether a field is there and of its kind.
fn is_whole(pointer: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match pointer.rsplit('/').next().unwrap_or_default() {
        "agreement" | "version" | "id" | "person" | "invitation" | "request" | "event" => {
            is_uuid(text)
        }
        "authenticated_at" | "at" | "until" => is_instant(text),
        "sha256" => text.len() == 64,
        "size" | "number" => value.as_i64().is_some_and(|number| number > 0),
        "roles" => value.as_array().is_some_and(|roles| !roles.is_empty()),
        "client_address" | "peer_address" => text.parse::<std::net::IpAddr>().is_ok(),
        _ => !text.is_empty(),
    }
}

fn exported(app: &TestApp) -> Vec<Value> {
    let told = tells(
        &app.db().setting(),
        &["acceptance", "export", "--authorizations", "--json"],
    );
    assert!(told.status.success(), "{told:?}");
    serde_json::from_slice(&told.stdout).unwrap()
}

/// That whoever has the export can check it without us.
fn verifies(one: &Value) {
    let text = |pointer: &str| one.pointer(pointer).and_then(Value::as_str).unwrap();
    let record = text("/record_text");
    assert_eq!(hex::encode(Sha256::digest(record)), text("/record_sha256"));
    assert_eq!(
        serde_json::from_str::<Value>(record).unwrap(),
        one["record"]
    );
    let salted = Sha256::new()
        .chain_update(hex::decode(text("/personal/0/salt")).unwrap())
        .chain_update(text("/personal/0/text"));
    let commitment = hex::encode(salted.finalize());
    assert_eq!(commitment, text("/personal/0/commitment"));
    assert_eq!(commitment, text("/record/personal/actor"));
    assert_eq!(
        text("/agreement_text_sha256"),
        text("/record/document/sha256")
    );
}

/// Opens a page as a browser that prefers a language.
async fn opens(actor: &Actor, path: &str, prefers: &str) -> Page {
    let request = TestRequest::get()
        .uri(path)
        .insert_header(("accept-language", prefers))
        .insert_header(("user-agent", BROWSER));
    actor.sends(request).await
}

/// Presses a button with the box ticked, as the same browser.
async fn presses(actor: &Actor, page: &Page, button: &str, prefers: &str) -> Page {
    let form = page.form(button);
    let fields = form.with(&[("consent", "yes")]);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    let request = post(&form.action, &fields)
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("accept-language", prefers))
        .insert_header(("user-agent", BROWSER));
    actor.sends(request).await
}

/// Follows the page's own link to the text, and returns it with the bytes that it leads on to.
async fn reads(actor: &Actor, page: &Page, prefers: &str) -> (Page, Page) {
    let link = page.attributes(".seal a.btn", "href").remove(0);
    let text = opens(actor, &link, prefers).await;
    let link = text
        .is(200)
        .links()
        .into_iter()
        .find(|link| link.ends_with("/text"))
        .unwrap();
    let bytes = opens(actor, &link, prefers).await;
    (text, bytes)
}

on_both! {
    async fn every_acceptance_holds_all_its_evidence_in_every_language_and_role(app: TestApp) {
        let mut expected = Vec::new();
        let mut number = 1;
        for (prefers, language) in [("en-GB", "en"), ("fr-CA, fr;q=0.9", "fr"), ("de-DE, de;q=0.9", "en")] {
            for (persona, role) in [(Persona::BillingAdmin, "billing_administrator"), (Persona::GlobalAdmin, "global_administrator")] {
                number += 1;
                // Ids are in the order of time.
                app.passes(TimeDelta::seconds(1));
                app.publishes(number, true, [&format!("<p>Version {number} &amp; é</p>"), &format!("<p>Version {number}, en français</p>")]);
                let to = app.to_email(&format!("office{number}@hautmont.example"));
                let invited = app.invites(&Ask { to, ..app.ask_for(RelationshipType::DelegatedAdministrator) });
                let actor = app.signed_in(persona).await;
                let page = opens(&actor, &invited.review(), prefers).await;
                assert_eq!(page.is(200).attributes("html", "lang"), [language]);
                let (_, bytes) = reads(&actor, &page, prefers).await;
                let button = if language == "fr" { "Accepter et autoriser" } else { "Accept & authorize" };
                presses(&actor, &page, button, prefers).await.is(303);
                let statement = page.texts("label.check").concat();
                expected.push((language, role, hex::encode(Sha256::digest(&bytes.body)), button, statement, invited.id.to_string()));
            }
        }
        let all = exported(&app);
        for kind in ["acceptance", "authorization"] {
            let of_kind: Vec<&Value> = all.iter().filter(|one| one["kind"] == kind).collect();
            assert_eq!(of_kind.len(), expected.len(), "{kind}");
            for (one, (language, role, hash, button, statement, invitation)) in of_kind.iter().zip(&expected) {
                let wrong: Vec<&str> = FIELDS
                    .iter()
                    .filter(|(_, pointer)| !one.pointer(pointer).is_some_and(|value| is_whole(pointer, value)))
                    .map(|(name, _)| *name)
                    .collect();
                assert_eq!(wrong, Vec::<&str>::new(), "{one:#}");
                let record = &one["record"];
                assert_eq!(record["document"]["language"], *language);
                assert_eq!(record["document"]["sha256"], *hash, "what the browser was shown is what is recorded");
                assert_eq!(record["roles"], serde_json::json!([role]));
                assert_eq!((record["control"].as_str(), record["statement"].as_str()), (Some(*button), Some(statement.as_str())));
                assert_eq!(record["invitation"], *invitation);
                assert_eq!(record["email_verified"], true);
                assert_eq!(one["personal"][0]["data"]["user_agent"], BROWSER);
                verifies(one);
            }
        }
        app.verified();
    }

    async fn the_language_that_is_recorded_is_that_of_the_text_that_was_served(app: TestApp) {
        let marie = app.billing_admin().await;
        let mut number = 1;
        for prefers in ["fr", "de"] {
            for profile in ["NULL", "'en'"] {
                for asked in ["", "?lang=en", "?lang=fr"] {
                    let what = format!("{prefers}, {profile}, {asked:?}");
                    number += 1;
                    let version = app.publishes(number, true, [&format!("<p>{number}</p>"), &format!("<p>{number}, en français</p>")]);
                    app.db().run(&format!("UPDATE people SET language = {profile}")).unwrap();
                    // Nothing is remembered of the page before.
                    let marie = marie.with_session_alone();
                    let page = opens(&marie, &format!("/billing/agreement{asked}"), prefers).await;
                    let shown = page.is(200).attributes("html", "lang").concat();
                    let (text, bytes) = reads(&marie, &page, prefers).await;
                    assert_eq!(text.attributes("article", "lang").concat(), shown, "{what}: the text that the page leads to");
                    let button = if shown == "fr" { "Accepter" } else { "Accept" };
                    presses(&marie, &page, button, prefers).await.is(303);
                    let record = app.db().ask(&format!("SELECT record AS answer FROM acceptances WHERE record LIKE '%\"version\":\"{version}\"%'")).concat();
                    let record: Value = serde_json::from_str(&record).unwrap();
                    assert_eq!(record["document"]["language"], *shown, "{what}");
                    assert_eq!(record["document"]["language"], *bytes.header("content-language"), "{what}");
                    assert_eq!(record["document"]["sha256"], hex::encode(Sha256::digest(&bytes.body)), "{what}");
                }
            }
        }
    }

    async fn whatever_ends_the_acceptance_stays(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        let done = marie.presses(&page, "Accept & authorize", &[("consent", "yes")]).await;
        let relationship = done.is(303).location().rsplit('=').next().unwrap().to_owned();
        let before = exported(&app);
        let events = app.db().count("SELECT count(*) FROM events");
        assert_eq!(before.len(), 2);
        let asked = marie.opens(&format!("/billing/partner-relationships/{relationship}/role-removal")).await;
        marie.presses(&asked, "Yes, remove roles", &[]).await.is(303);
        let (database, own) = (app.db().setting(), app.world().own.name);
        let email = &app.world().person(Persona::BillingAdmin).email;
        for command in [
            vec!["partner", "suspend", app.world().p.number],
            vec!["staff", "disable", "--partner", app.world().p.number, "--email", "sven@fjord.example"],
            vec!["user", "disable", "--tenant", own, "--email", email],
        ] {
            let told = tells(&database, &command);
            assert!(told.status.success(), "{command:?}: {told:?}");
        }
        app.publishes(2, true, ["<p>Second</p>", "<p>Deux</p>"]);
        // Nor can the database be told to forget whom or what they name.
        for table in ["people", "partners", "tenants", "memberships", "invitations", "relationships", "agreements", "agreement_versions", "agreement_texts", "events", "acceptances", "authorizations"] {
            assert!(app.db().run(&format!("DELETE FROM {table}")).is_err(), "{table}");
        }
        assert_eq!(exported(&app), before);
        assert!(app.db().count("SELECT count(*) FROM events") >= events + 4, "each is an event");
        app.verified();
    }
}
