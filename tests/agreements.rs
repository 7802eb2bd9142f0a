//! The agreement: what is shown is what is signed, and what is kept of it.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::{Backend, difference},
    page::Page,
    scene::Ask,
    seed::{TEXT_EN, TEXT_FR},
};

const YES: [(&str, &str); 1] = [("consent", "yes")];

async fn accepts_alone(actor: &Actor) -> Page {
    let page = actor.opens("/billing/agreement").await;
    actor.presses(page.is(200), "Accept", &YES).await
}

fn record(app: &TestApp, table: &str) -> Value {
    let records = app
        .db()
        .ask(&format!("SELECT record AS answer FROM {table}"));
    assert_eq!(records.len(), 1);
    serde_json::from_str(&records[0]).unwrap()
}

fn personal(app: &TestApp, kind: &str) -> Value {
    let data = app.db().ask(&format!(
        "SELECT data AS answer FROM personal_data WHERE owner_kind = '{kind}' AND label = 'actor'"
    ));
    serde_json::from_str(data.last().unwrap()).unwrap()
}

/// Takes the database's guard off the agreement's texts, as only its owner can, and alters a byte.
fn alters_a_byte(app: &TestApp) {
    let db = app.db();
    match db.backend {
        Backend::Sqlite => {
            db.run("DROP TRIGGER agreement_texts_no_update").unwrap();
            db.run("UPDATE agreement_texts SET body = CAST(replace(CAST(body AS TEXT), 'sample', 'simple') AS BLOB) WHERE language = 'en'").unwrap();
        }
        Backend::Postgres => {
            db.run("ALTER TABLE agreement_texts DISABLE TRIGGER ALL")
                .unwrap();
            db.run("UPDATE agreement_texts SET body = overlay(body PLACING 'X'::bytea FROM 20 FOR 1) WHERE language = 'en'").unwrap();
        }
    }
}

on_both! {
    async fn the_agreement_is_accepted_alone(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = marie.opens("/billing/agreement").await;
        page.is(200).says("Accept the Microsoft Customer Agreement");
        assert!(page.attributes("input[name=consent]", "checked").is_empty(), "the box starts empty");
        let no_box = marie.presses(&page, "Accept", &[]).await;
        no_box.is(422).says("Select the box to confirm that you have read the agreement");
        let done = marie.presses(&page, "Accept", &YES).await;
        assert!(done.is(303).location().starts_with("/billing/partner-relationships"));
        marie.follows(&done.location()).await.is(200);
        let page = marie.opens("/billing/agreement").await;
        page.is(200).says("Accepted for Hautmont School Group").says("Marie Delorme");
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'agreement.accepted'"), 1);
        // Once more is no error, and writes nothing.
        let before = app.db().everything();
        assert_eq!(marie.opens("/billing/agreement").await.buttons().iter().filter(|b| *b == "Accept").count(), 0);
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        app.verified();
    }

    async fn the_bytes_that_are_shown_are_those_that_are_signed(app: TestApp) {
        let marie = app.billing_admin().await;
        accepts_alone(&marie).await.is(303);
        let record = record(&app, "acceptances");
        let version = app.world().version;
        for (language, text) in [("en", TEXT_EN), ("fr", TEXT_FR)] {
            let bytes = marie.opens(&format!("/agreements/{version}/{language}/text")).await;
            assert_eq!(bytes.is(200).body, text.as_bytes());
            assert_eq!(bytes.header("content-language"), language);
            let page = marie.opens(&format!("/agreements/{version}?lang={language}")).await;
            assert!(page.is(200).html().contains(text), "the page embeds the very bytes");
            assert_eq!(page.attributes("article", "lang"), [language]);
        }
        let bytes = marie.opens(&format!("/agreements/{version}/en/text")).await.body;
        assert_eq!(record["document"]["sha256"], hex::encode(Sha256::digest(&bytes)));
        assert_eq!(record["document"]["size"], bytes.len());
        for nothing in ["/agreements/x", &format!("/agreements/{version}/de/text"), &format!("/agreements/{}", app.world().agreement)] {
            marie.opens(nothing).await.is(404);
        }
    }

    async fn a_text_that_was_altered_by_a_byte_cannot_be_accepted(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let review = marie.opens(&invited.review()).await;
        let agreement = marie.opens("/billing/agreement").await;
        alters_a_byte(&app);
        let before = app.db().everything();
        marie.presses(&review, "Accept & authorize", &YES).await.is(409);
        marie.presses(&agreement, "Accept", &YES).await.is(409);
        let fresh = marie.opens(&invited.review()).await;
        if fresh.status == 200 {
            marie.presses(&fresh, "Accept & authorize", &YES).await.is(409);
        }
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
    }

    async fn nothing_is_authorized_on_a_text_that_was_altered(app: TestApp) {
        app.related();
        let marie = app.billing_admin().await;
        let invited = app.invites(&app.ask_for(entente::domain::relationship::RelationshipType::Advisor));
        let review = marie.opens(&invited.review()).await;
        alters_a_byte(&app);
        // Whoever alters the bytes so that the form still fits them is told no all the same.
        let fresh = marie.opens(&invited.review()).await;
        let before = app.db().everything();
        marie.presses(&review, "Authorize partner", &[]).await.is(409);
        if fresh.status == 200 {
            marie.presses(&fresh, "Authorize partner", &[]).await.is(409);
        }
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
    }

    async fn whoever_alters_an_accepted_text_is_found_out(app: TestApp) {
        accepts_alone(&app.billing_admin().await).await.is(303);
        alters_a_byte(&app);
        let report = app.state().db.read_here(entente::evidence::verify::verify).unwrap();
        assert!(report.problems.iter().any(|problem| problem.contains("text")), "{report:?}");
    }

    async fn an_acceptance_holds_all_its_evidence(app: TestApp) {
        let ask = Ask { days: 90, ..app.ask() };
        let invited = app.invites(&ask);
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        marie.presses(&page, "Accept & authorize", &YES).await.is(303);
        let person = app.world().person(Persona::BillingAdmin).clone();
        let world = app.world();
        for table in ["acceptances", "authorizations"] {
            let r = record(&app, table);
            let text = |pointer: &str| r.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{table}: {pointer} in {r:#}")).to_owned();
            let is = |pointer: &str, value: &str| assert_eq!(text(pointer), value, "{table}: {pointer}");
            // The agreement, word for word.
            is("/document/agreement", &world.agreement.to_string());
            is("/document/version", &world.version.to_string());
            assert_eq!(r["document"]["version_number"], 1);
            is("/document/language", "en");
            is("/document/sha256", &hex::encode(Sha256::digest(TEXT_EN)));
            is("/document/media_type", "text/html; charset=utf-8");
            assert_eq!(r["document"]["size"], TEXT_EN.len());
            is("/document/title", "Microsoft Customer Agreement");
            // Who, for whom, in which role, how and when authenticated.
            is("/tenant/id", &world.own.id.to_string());
            is("/tenant/name", "Hautmont School Group");
            is("/person", &person.id.to_string());
            is("/membership", &person.membership.to_string());
            assert_eq!(r["email_verified"], true);
            assert_eq!(r["roles"], serde_json::json!(["billing_administrator"]));
            is("/authenticated_by", "password");
            is("/authenticated_at", "2026-11-22T09:00:00.000000Z");
            // When, in which order.
            is("/at", "2026-11-22T09:00:00.000000Z");
            assert!(r["number"].as_i64().unwrap() > 0);
            assert_eq!(text("/event").len(), 36);
            assert_eq!(text("/request").len(), 36);
            // What was done.
            is("/control", "Accept & authorize");
            is("/statement", "I have read the Microsoft Customer Agreement and accept it for Hautmont School Group.");
            is("/act", "checkbox_and_button");
            is("/page_language", "en");
            is("/invitation", &invited.id.to_string());
            assert!(text("/application").starts_with("entente "));
            assert_eq!(text("/personal/actor").len(), 64);
            // The roles and their end.
            let grants = r["grants"].as_array().unwrap_or_else(|| panic!("{table} has no grants: {r:#}"));
            assert_eq!(grants.len(), 1, "{table}");
            assert_eq!(grants[0]["role"], "helpdesk_administrator");
            assert_eq!(grants[0]["until"], "2027-02-20T09:00:00.000000Z");
            // What can be erased stands apart.
            let kind = table.trim_end_matches('s');
            let data = personal(&app, kind);
            assert_eq!(data["name"], person.name);
            assert_eq!(data["email"], person.email);
            assert_eq!(data["client_address"], "192.0.2.10");
            assert_eq!(data["peer_address"], "192.0.2.10");
            assert!(data["user_agent"].is_string());
            assert!(!r.to_string().contains(person.name), "{table} names the person outside of what can be erased");
            assert!(!r.to_string().contains("192.0.2.10"));
        }
        let hash = record(&app, "acceptances").to_string();
        assert!(!hash.is_empty());
        app.verified();
    }

    async fn the_recorded_language_is_the_one_shown(app: TestApp) {
        // One tenant can accept once: the other one stands in for every second case.
        let cases = [("en", None, "en"), ("fr", None, "fr"), ("en", Some("fr"), "fr"), ("fr", Some("en"), "en")];
        for (profile, asked, shown) in cases {
            let app = TestApp::start(app.db().backend, crate::support::app::Setup::default()).await;
            app.db().run(&format!("UPDATE people SET language = '{profile}'")).unwrap();
            let marie = app.billing_admin().await;
            let path = asked.map_or("/billing/agreement".to_owned(), |lang| format!("/billing/agreement?lang={lang}"));
            let page = marie.opens(&path).await;
            assert_eq!(page.attributes("html", "lang"), [shown]);
            let button = if shown == "fr" { "Accepter" } else { "Accept" };
            marie.presses(&page, button, &YES).await.is(303);
            let record = record(&app, "acceptances");
            assert_eq!(record["document"]["language"], shown, "{profile} {asked:?}");
            assert_eq!(record["page_language"], shown, "{profile} {asked:?}");
            assert_eq!(record["control"], button);
        }
    }

    async fn where_the_text_is_in_another_language_the_record_names_both(app: TestApp) {
        app.publishes(2, true, ["<p>In English alone</p>", ""]);
        app.db().run("UPDATE people SET language = 'en'").unwrap();
        let words = |page: &Page| page.texts("label.check span").concat();
        let tells = |table: &str, control: &str, statement: &str| {
            let record = record(&app, table);
            assert_eq!(record["document"]["language"], "en", "{table}: the text's");
            assert_eq!(record["document"]["title"], "Microsoft Customer Agreement");
            assert_eq!(record["page_language"], "fr", "{table}: the page's");
            assert_eq!(record["control"], control, "{table}");
            assert_eq!(record["statement"], statement, "{table}");
        };
        let marie = app.billing_admin().await;
        let page = marie.opens("/billing/agreement?lang=fr").await;
        assert_eq!(page.attributes("html", "lang"), ["fr"]);
        let no_box = marie.presses(&page, "Accepter", &[]).await;
        assert_eq!(no_box.is(422).attributes("html", "lang"), ["fr"]);
        let statement = words(&page);
        marie.presses(&no_box, "Accepter", &YES).await.is(303);
        tells("acceptances", "Accepter", &statement);
        // The same beside an invitation.
        let app = TestApp::start(app.db().backend, crate::support::app::Setup::default()).await;
        app.publishes(2, true, ["<p>In English alone</p>", ""]);
        app.db().run("UPDATE people SET language = 'en'").unwrap();
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let page = marie.opens(&format!("{}?lang=fr", invited.review())).await;
        let no_box = marie.presses(&page, "Accepter et autoriser", &[]).await;
        assert_eq!(no_box.is(422).attributes("html", "lang"), ["fr"]);
        let statement = words(&page);
        assert!(statement.contains("Hautmont"), "{statement}");
        marie.presses(&no_box, "Accepter et autoriser", &YES).await.is(303);
        for table in ["acceptances", "authorizations"] {
            let record = record(&app, table);
            assert_eq!(record["document"]["language"], "en", "{table}: the text's");
            assert_eq!(record["page_language"], "fr", "{table}: the page's");
            assert_eq!(record["control"], "Accepter et autoriser", "{table}");
            assert_eq!(record["statement"], statement.as_str(), "{table}");
        }
        app.verified();
    }

    async fn a_material_version_asks_anew_and_another_does_not(app: TestApp) {
        let marie = app.billing_admin().await;
        accepts_alone(&marie).await.is(303);
        app.publishes(2, false, ["<p>Corrected</p>", "<p>Corrigé</p>"]);
        let page = marie.opens("/billing/agreement").await;
        assert!(!page.is(200).buttons().contains(&"Accept".to_owned()));
        app.publishes(3, true, ["<p>Third</p>", "<p>Trois</p>"]);
        let page = marie.opens("/billing/agreement").await;
        page.is(200).says("A newer version replaces the one of 1 July 2026");
        marie.presses(&page, "Accept", &YES).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 2);
        // What was signed first can still be read.
        marie.opens(&format!("/agreements/{}", app.world().version)).await.is(200).says("This is a sample");
        app.verified();
    }

    async fn a_version_that_was_replaced_while_it_was_read_is_not_accepted(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = marie.opens("/billing/agreement").await;
        app.publishes(2, true, ["<p>Second</p>", "<p>Deux</p>"]);
        let again = marie.presses(&page, "Accept", &YES).await;
        again.is(409).says("The agreement has changed");
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 0);
        marie.presses(&again, "Accept", &YES).await.is(303);
    }

    async fn a_draft_is_nobodys_to_read_or_accept(app: TestApp) {
        let marie = app.billing_admin().await;
        app.db().run(&match app.db().backend {
            Backend::Sqlite => "INSERT INTO agreement_versions SELECT x'00112233445566778899aabbccddeeff', agreement_id, 9, '2027-01-01', 'draft', 1, NULL, NULL, created_at, NULL, NULL FROM agreement_versions".to_owned(),
            Backend::Postgres => "INSERT INTO agreement_versions SELECT '00112233-4455-6677-8899-aabbccddeeff', agreement_id, 9, '2027-01-01', 'draft', true, NULL, NULL, created_at, NULL, NULL FROM agreement_versions".to_owned(),
        }).unwrap();
        marie.opens("/agreements/00112233-4455-6677-8899-aabbccddeeff").await.is(404);
        marie.opens("/agreements/00112233-4455-6677-8899-aabbccddeeff/en/text").await.is(404);
    }

    async fn sixteen_acceptances_of_the_agreement_at_once_make_one(app: TestApp) {
        let people = [app.billing_admin().await, app.global_admin().await];
        let page = people[0].opens("/billing/agreement").await;
        let tabs: Vec<Actor> = (0..16).map(|i| people[i % 2].copy()).collect();
        let tries = tabs.iter().map(|tab| tab.presses(&page, "Accept", &YES));
        for answer in futures_util::future::join_all(tries).await {
            assert!([303, 409].contains(&answer.status), "{}", answer.status);
        }
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 1);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'agreement.accepted'"), 1);
        app.verified();
    }
}
