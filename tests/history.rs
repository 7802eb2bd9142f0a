//! The audit log: every event is whole, whoever acts and whoever is refused, and each tenant sees
//! all of its own and nothing else.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entente::domain::{RelationshipId, invitation::Addressee, relationship::RelationshipType};
use serde_json::json;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    scene::{Ask, Invited},
    seed::PASSWORD,
    watch::Watch,
};

const NEW: &str = "harbour lantern quilt meadow";
const YES: [(&str, &str); 1] = [("consent", "yes")];

/// The partner's removal page.
fn removal(id: RelationshipId) -> String {
    format!("/billing/partner-relationships/{id}/role-removal")
}

async fn removes(actor: &Actor, id: RelationshipId) {
    let asked = actor.opens(&removal(id)).await;
    actor
        .presses(&asked, "Yes, remove roles", &[])
        .await
        .is(303);
}

async fn authorizes(actor: &Actor, invited: &Invited) -> RelationshipId {
    let page = actor.opens(&invited.review()).await;
    let done = actor.presses(&page, "Authorize partner", &[]).await;
    done.is(303)
        .location()
        .rsplit('=')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

async fn declines(actor: &Actor, invited: &Invited) {
    actor
        .posts(&invited.refusal(), &[("reason", "No, thank you")])
        .await
        .is(303);
}

async fn agrees(actor: &Actor) {
    let page = actor.opens("/billing/agreement").await;
    actor.presses(&page, "Accept", &YES).await.is(303);
}

async fn speaks(actor: &Actor, language: &str) {
    actor
        .posts("/settings/language", &[("language", language)])
        .await
        .is(303);
}

async fn changes_password(actor: &Actor) {
    let fields = [("current", PASSWORD), ("new", NEW), ("again", NEW)];
    actor.posts("/settings/password", &fields).await.is(303);
}

/// An invitation for either tenant, by either partner.
fn invites(app: &TestApp, other_tenant: bool, kind: RelationshipType) -> Invited {
    let to = if other_tenant {
        app.world().other.id
    } else {
        app.world().own.id
    };
    app.invites(&Ask {
        to: Addressee::Tenant(to),
        ..app.ask_for(kind)
    })
}

on_both! {
    async fn every_allowed_action_leaves_a_whole_event(app: TestApp) {
        use RelationshipType::{Advisor, DelegatedAdministrator as Admin, MpsaPartner, Reseller};
        let overdue = app.invites(&Ask { life: TimeDelta::seconds(1), ..app.ask_for(MpsaPartner) });
        app.passes(TimeDelta::seconds(2));
        let ours = [Admin, Advisor, Reseller].map(|kind| invites(&app, false, kind));
        let theirs = [Admin, Advisor].map(|kind| invites(&app, true, kind));
        let (marie, anne, olive) = (app.billing_admin().await, app.global_admin().await, app.stranger().await);
        let (astrid, oskar) = (app.admin_agent().await, app.signed_in(Persona::Operator).await);
        let mut watch = Watch::of(&app);
        let done = "done";
        agrees(&marie).await;
        watch.one("agreement.accepted", done, Persona::BillingAdmin);
        let first = authorizes(&marie, &ours[0]).await;
        let event = watch.one("invitation.accepted", done, Persona::BillingAdmin);
        assert_eq!((&event["invitation"], &event["partner"]), (&json!(ours[0].id), &json!(app.world().p.id)));
        assert_eq!(event["relationship"], json!(first));
        authorizes(&anne, &ours[1]).await;
        watch.one("invitation.accepted", done, Persona::GlobalAdmin);
        declines(&marie, &ours[2]).await;
        let event = watch.one("invitation.declined", done, Persona::BillingAdmin);
        assert_eq!(event["invitation"], json!(ours[2].id));
        marie.posts(&format!("{}/renewal-request", overdue.review()), &[]).await.is(303);
        // That it had run out is on record from here on.
        watch.beside("invitation.expired");
        let event = watch.one("invitation.renewal_requested", done, Persona::BillingAdmin);
        assert_eq!(event["invitation"], json!(overdue.id));
        removes(&anne, first).await;
        let event = watch.one("roles.removed", done, Persona::GlobalAdmin);
        assert_eq!((&event["relationship"], &event["partner"]), (&json!(first), &json!(app.world().p.id)));
        for language in ["fr", "en"] {
            speaks(&marie, language).await;
            watch.one("person.profile_changed", done, Persona::BillingAdmin);
        }
        changes_password(&anne).await;
        watch.one("person.password_changed", done, Persona::GlobalAdmin);
        app.passes(TimeDelta::seconds(1));
        app.billing_admin().await;
        let session = app.session_of(Persona::BillingAdmin);
        marie.posts(&format!("/settings/sessions/{session}/end"), &[]).await.is(303);
        watch.one("person.session_ended", done, Persona::BillingAdmin);
        app.passes(TimeDelta::seconds(1));
        app.billing_admin().await;
        marie.posts("/settings/sessions/end", &[]).await.is(303);
        watch.one("person.session_ended", done, Persona::BillingAdmin);
        for may in ["no", "yes"] {
            anne.posts("/settings/acceptance", &[("billing", may)]).await.is(303);
            watch.one("tenant.settings_changed", done, Persona::GlobalAdmin);
        }
        agrees(&olive).await;
        watch.one("agreement.accepted", done, Persona::Stranger);
        let other = authorizes(&olive, &theirs[0]).await;
        watch.one("invitation.accepted", done, Persona::Stranger);
        declines(&olive, &theirs[1]).await;
        watch.one("invitation.declined", done, Persona::Stranger);
        removes(&olive, other).await;
        watch.one("roles.removed", done, Persona::Stranger);
        speaks(&astrid, "fr").await;
        watch.one("person.profile_changed", done, Persona::AdminAgent);
        changes_password(&astrid).await;
        watch.one("person.password_changed", done, Persona::AdminAgent);
        speaks(&oskar, "fr").await;
        watch.one("person.profile_changed", done, Persona::Operator);
        app.verified();
    }

    async fn every_refused_request_of_somebody_signed_in_leaves_a_whole_event(app: TestApp) {
        let invited = app.invited();
        let relationship = app.accepted_by(Persona::GlobalAdmin, &app.invites(&app.ask_for(RelationshipType::Advisor)));
        let renewal = format!("{}/renewal-request", invited.review());
        let removal = removal(relationship);
        let all = [invited.acceptance(), invited.refusal(), renewal, "/billing/agreement/acceptance".to_owned(), removal];
        let mut refused: Vec<(Persona, String)> = Vec::new();
        for persona in [Persona::Member, Persona::AdminAgent, Persona::Operator] {
            refused.extend(all.iter().map(|path| (persona, path.clone())));
        }
        let foreign = all.iter().filter(|path| !path.contains("agreement"));
        refused.extend(foreign.map(|path| (Persona::Stranger, path.clone())));
        refused.push((Persona::BillingAdmin, "/settings/acceptance".to_owned()));
        assert_eq!(refused.len(), 20);
        let mut cast = BTreeMap::new();
        for (persona, _) in &refused {
            if !cast.contains_key(persona) {
                cast.insert(*persona, app.signed_in(*persona).await);
            }
        }
        let mut watch = Watch::of(&app);
        for (persona, path) in refused {
            let fields: &[(&str, &str)] = match path.rsplit('/').next().unwrap() {
                "acceptance" if path.starts_with("/settings") => &[("billing", "no")],
                "acceptance" => &YES,
                "refusal" => &[("reason", "no")],
                _ => &[],
            };
            let page = cast[&persona].posts(&path, fields).await;
            assert!([403, 404].contains(&page.status), "{path} as {persona:?}: {}", page.status);
            let event = watch.one("access.denied", "denied", persona);
            let route = event["facts"]["route"].as_str().unwrap();
            let ending = path.rsplit('/').next().unwrap();
            assert!(route.ends_with(ending), "{path}: {route}");
            assert_eq!(event["facts"]["status"], page.status);
        }
        app.verified();
    }

    async fn a_tenant_sees_all_that_happened_with_its_partners_and_nobody_elses(app: TestApp) {
        let marie = app.billing_admin().await;
        app.related();
        let world = app.world().clone();
        // What happens, and in whose log it belongs: by partner and kind, newest last.
        let mut model: Vec<(&str, &str)> = vec![
            (world.p.name, "Invitation sent"),
            (world.p.name, "Agreement accepted"),
            (world.p.name, "Invitation accepted"),
        ];
        for round in 0..26 {
            let partner = [&world.p, &world.q][round % 2];
            let sender = [Persona::AdminAgent, Persona::OtherAgent][round % 2];
            let ask = |to: Addressee| Ask { from: partner.clone(), sender, to, ..app.ask_for(RelationshipType::Advisor) };
            let own = app.invites(&ask(app.to_email(&format!("a{round}@hautmont.example"))));
            model.push((partner.name, "Invitation sent"));
            let other = app.invites(&ask(app.to_email(&format!("a{round}@northwind.example"))));
            match round % 3 {
                0 => {
                    app.accepted_by(Persona::GlobalAdmin, &own);
                    app.accepted_by(Persona::Stranger, &other);
                    model.push((partner.name, "Invitation accepted"));
                }
                1 => {
                    declines(&marie, &own).await;
                    model.push((partner.name, "Invitation declined"));
                }
                _ => {
                    app.withdraws(&own);
                    app.withdraws(&other);
                    model.push((partner.name, "Invitation withdrawn"));
                }
            }
        }
        model.reverse();
        let rows = log(&marie, "/audit-log").await;
        assert!(rows.len() > 50, "more than a page");
        let kinds: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(kinds, model.iter().map(|(_, kind)| *kind).collect::<Vec<_>>());
        for (row, (partner, kind)) in rows.iter().zip(&model) {
            assert!(*kind == "Agreement accepted" || row.1.contains(partner), "{row:?} is not about {partner}");
            assert!(!row.1.contains("Northwind") && !row.1.contains("Olive"), "{row:?}");
        }
        for partner in [&world.p, &world.q] {
            let of_partner = log(&marie, &format!("/audit-log?partner={}", partner.id)).await;
            let expected = model.iter().filter(|(name, kind)| *name == partner.name && *kind != "Agreement accepted").count();
            assert_eq!(of_partner.len(), expected, "{}", partner.name);
        }
    }
}

/// All lines of the log, page by page: the kind, and the whole line.
async fn log(actor: &Actor, path: &str) -> Vec<(String, String)> {
    let (mut rows, mut path) = (Vec::new(), path.to_owned());
    loop {
        let page = actor.opens(&path).await;
        let kinds = page.is(200).texts("tbody tr .badge");
        rows.extend(kinds.into_iter().zip(page.texts("tbody tr")));
        let pager = page.attributes("nav.pager a", "href");
        match pager.into_iter().find(|link| link.contains("before=")) {
            Some(older) => path = older,
            None => return rows,
        }
    }
}

on_both! {
    async fn an_entrys_page_shows_what_changed_and_its_place_in_the_chain(app: TestApp) {
        let anne = app.global_admin().await;
        anne.posts("/settings/acceptance", &[("billing", "no")]).await.is(303);
        app.member().await.posts("/settings/acceptance", &[("billing", "no")]).await;
        let first = anne.opens("/audit-log").await.is(200).links().into_iter().find(|link| link == "/audit-log/1").unwrap();
        let page = anne.opens(&first).await;
        let of_chain = |column: &str| match app.db().backend {
            crate::support::db::Backend::Sqlite => format!("lower(hex({column}))"),
            crate::support::db::Backend::Postgres => format!("encode({column}, 'hex')"),
        };
        let kept = |column: String| app.db().ask(&format!("SELECT {column} AS answer FROM events WHERE kind = 'tenant.settings_changed'")).concat();
        let canonical = kept("canonical".into());
        let request: serde_json::Value = serde_json::from_str(&canonical).unwrap();
        for words in [&kept(of_chain("hash")), &kept(of_chain("previous")), &canonical, request["request"].as_str().unwrap(), "Before", "Yes", "After", "No", "192.0.2.10", &app.world().person(Persona::GlobalAdmin).email] {
            assert!(page.is(200).text().contains(words), "{words} in {}", page.text());
        }
        assert!(page.links().contains(&"/audit-log/2".to_owned()) && !page.links().contains(&"/audit-log/0".to_owned()));
        let refused = anne.opens("/audit-log/2").await;
        refused.is(200).says("Refused").says("Access denied");
        for missing in ["0", "3", "-1", "x", "9223372036854775807", "1e3"] {
            anne.opens(&format!("/audit-log/{missing}")).await.is(404);
        }
    }

    async fn the_log_is_filtered_by_outcome(app: TestApp) {
        app.related();
        let anne = app.global_admin().await;
        app.member().await.posts("/settings/acceptance", &[("billing", "no")]).await;
        let kinds = |rows: Vec<(String, String)>| rows.into_iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(kinds(log(&anne, "/audit-log?outcome=denied").await), ["Access denied"]);
        let done = kinds(log(&anne, "/audit-log?outcome=done").await);
        assert!(done.len() == 3 && !done.contains(&"Access denied".to_owned()), "{done:?}");
        assert_eq!(log(&anne, "/audit-log?outcome=nonsense").await.len(), 4);
    }

    async fn a_download_holds_the_whole_log_and_every_line_can_be_checked(app: TestApp) {
        let marie = app.billing_admin().await;
        for round in 0..260 {
            let (id, now) = (app.world().own.id, app.now());
            app.state().db.write_here(|conn| {
                for index in 0..5 {
                    let facts = json!({ "setting": format!("=cmd{round}.{index}\n\"x\""), "after": true });
                    let event = entente::evidence::chain::NewEvent { tenant: Some(id), text: Some("=1+1, \"né\"".into()), ..entente::evidence::chain::NewEvent::by_command(entente::domain::event::EventKind::TenantSettingsChanged, facts) };
                    entente::evidence::chain::append(conn, &event, now)?;
                }
                Ok(())
            }).unwrap();
        }
        let all = app.db().count("SELECT count(*) FROM events WHERE tenant_id IS NOT NULL");
        let file = marie.opens("/audit-log.jsonl").await;
        assert_eq!(file.is(200).header("content-disposition"), format!("attachment; filename=\"audit-log-1-{all}.jsonl\""));
        let text = String::from_utf8(file.body.clone()).unwrap();
        let (mut previous, mut number) = ("0".repeat(64), 0);
        for line in text.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            number += 1;
            assert_eq!((line["number"].as_i64(), line["previous"].as_str()), (Some(number), Some(previous.as_str())));
            let hash = entente::evidence::chain::link(&hex::decode(&previous).unwrap(), &entente::evidence::personal::canonical(&line["event"]));
            previous = hex::encode(hash);
            assert_eq!(line["hash"], *previous);
            for piece in line["personal"].as_array().unwrap() {
                let (salt, text) = (piece["salt"].as_str().unwrap(), piece["text"].as_str().unwrap());
                let commitment = hex::encode(entente::evidence::personal::commitment(&hex::decode(salt).unwrap(), text));
                assert_eq!(line["event"]["personal"][piece["label"].as_str().unwrap()], *commitment);
            }
        }
        assert_eq!(number, all, "more than two batches");
        let file = marie.opens("/audit-log.csv").await;
        let text = String::from_utf8(file.is(200).body.clone()).unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), usize::try_from(all).unwrap());
        assert_eq!((&rows[0][0], &rows[0][2], &rows[0][3], &rows[0][5]), ("1", "Settings changed", "Done", "'=1+1, \"né\""));
        assert!(rows.iter().flat_map(|row| row.iter()).all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
        // What was filtered is what is written.
        let none = marie.opens("/audit-log.jsonl?outcome=denied").await;
        assert_eq!(none.is(200).body, b"");
        let (old, new) = (app.now() - TimeDelta::days(2), app.now() + TimeDelta::days(2));
        let days = format!("?from={}&to={}", old.date_naive(), new.date_naive());
        let log = marie.opens(&format!("/audit-log.jsonl{days}")).await;
        assert_eq!(String::from_utf8(log.body).unwrap().lines().count(), usize::try_from(all).unwrap());
        // Another tenant's is another's.
        assert_eq!(app.stranger().await.opens("/audit-log.jsonl").await.is(200).body, b"");
    }

    async fn the_page_before_a_download_says_what_comes_and_later_entries_stay_out(app: TestApp) {
        let marie = app.billing_admin().await;
        for language in ["fr", "en", "fr"] {
            speaks(&marie, language).await;
        }
        marie.posts("/settings/acceptance", &[("billing", "yes")]).await.is(403);
        let log = marie.opens("/audit-log?lang=en&event=people").await;
        let link = log.links().into_iter().find(|link| link.starts_with("/audit-log/export")).unwrap();
        let page = marie.opens(&format!("{link}&lang=en")).await;
        let facts = page.is(200).texts(".facts dd.num");
        assert_eq!(facts, ["3", "1", "3"], "what was denied isn't counted");
        let link = |page: &Page, part: &str| page.links().into_iter().find(|link| link.starts_with(part)).unwrap();
        let (csv, jsonl) = (link(&page, "/audit-log.csv"), link(&page, "/audit-log.jsonl"));
        let all = marie.opens("/audit-log/export?lang=en").await;
        assert_eq!(all.texts(".facts dd.num"), ["4", "1", "4"]);
        speaks(&marie, "en").await;
        let file = marie.opens(&jsonl).await;
        assert_eq!(file.is(200).header("content-disposition"), "attachment; filename=\"audit-log-1-4-selection.jsonl\"");
        assert_eq!(String::from_utf8(file.body.clone()).unwrap().lines().count(), 3);
        assert_eq!(String::from_utf8(marie.opens(&csv).await.body).unwrap().lines().count(), 4);
        let later = marie.opens("/audit-log.jsonl?up_to=999").await;
        assert_eq!(String::from_utf8(later.body).unwrap().lines().count(), 5, "no further than the log goes");
        for nonsense in ["-1", "x", "99999999999999999999"] {
            marie.opens(&format!("/audit-log.csv?up_to={nonsense}")).await.is(200);
        }
        marie.opens("/audit-log/export?event=roles").await.is(200).says("No entry matches");
    }

    async fn a_log_is_narrowed_to_times_of_the_readers_day(app: TestApp) {
        let mut kinds = [RelationshipType::Advisor, RelationshipType::Reseller, RelationshipType::MpsaPartner].into_iter();
        for _ in 0..3 {
            invites(&app, false, kinds.next().unwrap());
            app.passes(TimeDelta::minutes(10));
        }
        let (marie, astrid) = (app.billing_admin().await, app.admin_agent().await);
        // It is 10:00, 10:10 and 10:20 in Paris, 9:00 to 9:20 in UTC.
        let count = async |actor: &Actor, query: &str| {
            let path = if actor.persona == Persona::AdminAgent { "/partner/audit-log" } else { "/audit-log" };
            let page = actor.opens(&format!("{path}?lang=en&event=invitations&{query}")).await;
            (page.is(200).texts("main tbody tr").len(), page)
        };
        let day = "from=2026-11-22&to=2026-11-22";
        for (query, found) in [
            ("from_time=10:10", 2),
            ("from_time=10:11", 1),
            ("to_time=10:10", 2),
            ("to_time=10:09", 1),
            ("from_time=10:10&to_time=10:10", 1),
            ("from_time=10:10:01", 1),
            ("from_time=nonsense&to_time=25:00", 3),
        ] {
            assert_eq!(count(&marie, &format!("{day}&{query}")).await.0, found, "{query}");
        }
        let (found, page) = count(&marie, &format!("{day}&from_time=10:10&to_time=10:30")).await;
        assert_eq!(found, 2);
        let form = page.form("Apply");
        assert_eq!((form.value("from_time"), form.value("to_time")), (Some("10:10"), Some("10:30")), "as it was asked for");
        let export = page.links().into_iter().find(|link| link.starts_with("/audit-log/export")).unwrap();
        marie.opens(&export).await.says("2");
        // A partner's people read in UTC.
        assert_eq!(count(&astrid, &format!("{day}&from_time=09:10")).await.0, 2);
        let (found, page) = count(&astrid, "from_time=09:10").await;
        assert_eq!((found, page.texts(".wrong").len()), (3, 1), "a time alone narrows nothing, and the page says so");
    }

    async fn a_partner_reads_its_own_side_and_no_more(app: TestApp) {
        let world = app.world().clone();
        let marie = app.billing_admin().await;
        let mut expected = 0;
        for round in 0..30 {
            let partner = [&world.p, &world.q][round % 2];
            let sender = [Persona::AdminAgent, Persona::OtherAgent][round % 2];
            let ask = Ask { from: partner.clone(), sender, to: app.to_email(&format!("a{round}@hautmont.example")), ..app.ask_for(RelationshipType::Advisor) };
            for _ in 0..4 {
                app.passes(TimeDelta::milliseconds(i64::try_from(round % 3).unwrap()));
                let invited = app.invites(&ask);
                app.withdraws(&invited);
                expected += if round % 2 == 0 { 2 } else { 0 };
            }
        }
        let astrid = app.admin_agent().await;
        let rows = log(&astrid, "/partner/audit-log").await;
        assert_eq!(rows.len(), expected, "over several pages, none twice and none left out");
        for (_, row) in &rows {
            assert!(row.contains(world.p.name) && !row.contains(world.q.name), "{row}");
            assert!(!row.contains(world.own.name), "whose address it is isn't told before somebody answers: {row}");
        }
        let invited = app.invites(&app.ask_for(RelationshipType::Advisor));
        declines(&marie, &invited).await;
        speaks(&astrid, "fr").await;
        speaks(&astrid, "en").await;
        let rows = log(&astrid, "/partner/audit-log").await;
        let declined = rows.iter().find(|row| row.0 == "Invitation declined").unwrap();
        assert!(declined.1.contains(world.own.name) && declined.1.contains("No, thank you"), "{declined:?}");
        let page = astrid.opens("/partner/audit-log").await;
        let links: Vec<String> = page.links().into_iter().filter(|link| link.starts_with("/partner/audit-log/")).collect();
        let of_declined = app.db().ask(&format!("SELECT {} AS answer FROM events WHERE kind = 'invitation.declined'", app.db().hex("id"))).concat();
        let link = links.iter().find(|link| link.replace('-', "").ends_with(&of_declined)).unwrap();
        let event = astrid.opens(link).await;
        event.is(200).says("No, thank you");
        assert!(!event.text().contains("192.0.2.10"), "where the customer's people sit isn't told");
        assert_eq!(log(&astrid, "/partner/audit-log?event=people").await.len(), 2, "what its own staff did");
        app.signed_in(Persona::OtherAgent).await.opens(link).await.is(404);
        for nonsense in ["?before=x", "?before=AAAA", "?partner=x&person=x&outcome=x&from=x"] {
            assert_eq!(astrid.opens(&format!("/partner/audit-log{nonsense}")).await.status, 200, "{nonsense}");
        }
    }
}
