//! Partner relationships: the list, a partner, and taking roles back.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use entente::domain::{RelationshipId, relationship::RelationshipType, role::AdminRole};
use futures_util::future::join_all;
use serde_json::Value;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::difference,
    page::Page,
    scene::Ask,
};

const LIST: &str = "/billing/partner-relationships";

fn path(id: RelationshipId) -> String {
    format!("{LIST}/{id}")
}

async fn removes(actor: &Actor, id: RelationshipId) -> Page {
    let page = actor.opens(&format!("{}/role-removal", path(id))).await;
    actor.presses(page.is(200), "Yes, remove roles", &[]).await
}

fn live(app: &TestApp) -> i64 {
    app.db()
        .count("SELECT count(*) FROM grants WHERE state = 'live'")
}

/// A relationship with Brightwater IT, of a type.
fn with_q(app: &TestApp, kind: RelationshipType) -> RelationshipId {
    let invited = app.invites(&Ask {
        from: app.world().q.clone(),
        sender: Persona::OtherAgent,
        ..app.ask_for(kind)
    });
    app.accepted_by(Persona::GlobalAdmin, &invited)
}

/// What the log tells, event by event, comes to the grants that there are, and to what the list
/// shows: each removal took exactly what the events before it had given.
#[track_caller]
fn agrees(app: &TestApp) {
    let told = app.db().ask(
        "SELECT canonical AS answer FROM events WHERE kind IN ('invitation.accepted', 'roles.removed') ORDER BY number",
    );
    let plain = |id: &Value| id.as_str().unwrap().replace('-', "");
    let mut live: BTreeMap<(String, String), String> = BTreeMap::new();
    for event in told {
        let event: Value = serde_json::from_str(&event).unwrap();
        let grants = event["facts"]["grants"].as_array().unwrap();
        if event["kind"] == "roles.removed" {
            let removed: BTreeSet<String> = grants.iter().map(plain).collect();
            let given: BTreeSet<String> = live.values().cloned().collect();
            assert_eq!(
                removed, given,
                "a removal takes all that was given before it"
            );
            live.clear();
            continue;
        }
        for grant in grants {
            let key = (plain(&event["relationship"]), plain(&grant["role"]));
            live.insert(key, plain(&grant["id"]));
        }
    }
    let there = app.db().ask(&format!(
        "SELECT {} AS answer FROM grants WHERE state = 'live'",
        app.db().hex("id")
    ));
    let told: BTreeSet<String> = live.values().cloned().collect();
    assert_eq!(told, there.into_iter().collect(), "the log and the grants");
    let shown = app.db().ask(&format!(
        "SELECT {} AS answer FROM relationships WHERE helpdesk_until IS NOT NULL",
        app.db().hex("id")
    ));
    let told: BTreeSet<String> = live
        .into_keys()
        .map(|(relationship, _)| relationship)
        .collect();
    assert_eq!(told, shown.into_iter().collect(), "the log and the list");
}

on_both! {
    async fn a_removal_that_finds_roles_past_their_end_leaves_the_date_when_they_ended(app: TestApp) {
        let id = app.accepted_by(Persona::GlobalAdmin, &app.invites(&Ask { days: 90, ..app.ask() }));
        app.passes(TimeDelta::days(91));
        let marie = app.billing_admin().await;
        let partner = format!("/billing/partner-relationships/{id}");
        let told = async || {
            let list = marie.opens("/billing/partner-relationships").await;
            let ended = marie.opens("/billing/partner-relationships?status=roles-ended").await;
            let removed = marie.opens("/billing/partner-relationships?status=roles-removed").await;
            let page = marie.opens(&partner).await;
            let rows = |page: &Page| page.is(200).texts("tbody tr");
            (rows(&list), rows(&ended), rows(&removed), page.is(200).texts("header.head"))
        };
        let before = told().await;
        assert!(before.0.concat().contains("2027") && before.0.concat().contains("Roles ended"), "{before:?}");
        marie.posts(&format!("{partner}/role-removal"), &[]).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'expired'"), 1);
        assert_eq!(told().await, before);
        app.verified();
    }

    async fn an_empty_list_says_what_belongs_there(app: TestApp) {
        let page = app.billing_admin().await.opens(LIST).await;
        page.is(200);
        assert!(page.texts("table tbody tr").is_empty());
        assert!(!page.texts(".blank").is_empty());
    }

    async fn a_partner_is_found_by_name_without_accents_by_domain_and_by_number(app: TestApp) {
        app.related();
        with_q(&app, RelationshipType::Reseller);
        app.db().run("UPDATE partners SET name = 'Émile & Fils' WHERE number = '2400022'").unwrap();
        app.db().run("UPDATE relationships SET sort_name = 'emile & fils', search_text = 'emile & fils 2400022 brightwater.example' WHERE relationship_type = 'reseller'").unwrap();
        let marie = app.billing_admin().await;
        let rows = async |query: &str| {
            let page = marie.opens(&format!("{LIST}?{query}")).await;
            page.is(200).texts("table tbody tr").len()
        };
        assert_eq!(rows("").await, 2);
        for found in ["q=emile", "q=%C3%89MILE", "q=Emile+%26", "q=brightwater", "q=2400022", "type=reseller", "q=+emile+"] {
            assert_eq!(rows(found).await, 1, "{found}");
        }
        for none in ["q=%25", "q=_", "q=nobody", "q=%5C", "type=advisor", "reach=full", "status=ended"] {
            assert_eq!(rows(none).await, 0, "{none}");
        }
        for lenient in ["type=nonsense", "status=nonsense", "sort=nonsense", "reach=x"] {
            assert_eq!(rows(lenient).await, 2, "{lenient}");
        }
        let page = marie.opens(&format!("{LIST}?q=nobody")).await;
        assert!(!page.texts(".blank").is_empty(), "no match is told from none at all");
        assert_eq!(page.attributes("header.head a", "href"), ["/partners"], "another one can be looked for");
    }

    async fn each_partner_is_counted_once_whether_it_is_related_invites_or_both(app: TestApp) {
        let marie = app.billing_admin().await;
        let counts = async |query: &str| {
            let page = marie.opens(&format!("{LIST}?{query}")).await;
            page.texts(".summary p").concat().replace(" ,", ",")
        };
        let (full, advisor) = (AdminRole::GlobalAdministrator, RelationshipType::Advisor);
        let related = app.invites(&Ask { roles: vec![full], ..app.ask() });
        app.accepted_by(Persona::GlobalAdmin, &related);
        assert_eq!(counts("").await, "1 partner, 1 with full control");
        // The same partner asks for another type, and another partner asks.
        app.invites(&app.ask_for(advisor));
        assert_eq!(counts("").await, "1 partner, 1 with full control");
        let from = app.world().q.clone();
        app.invites(&Ask { from, sender: Persona::OtherAgent, ..app.ask_for(advisor) });
        assert_eq!(counts("").await, "2 partners, 1 with full control");
        for (query, counted) in [
            ("type=advisor", "2 partners of 2 match"),
            ("type=delegated_administrator", "1 partner of 2 matches"),
            ("reach=full", "1 partner of 2 matches"),
            ("status=invited", "2 partners of 2 match"),
            ("q=nobody", "0 partners of 2 match"),
        ] {
            assert_eq!(counts(query).await, counted, "{query}");
        }
    }

    async fn full_control_and_what_ends_soon_can_be_asked_for(app: TestApp) {
        let invited = app.invites(&Ask { roles: vec![AdminRole::GlobalAdministrator], days: 90, ..app.ask() });
        app.accepted_by(Persona::GlobalAdmin, &invited);
        with_q(&app, RelationshipType::Advisor);
        let count = async |query: &str| {
            let marie = app.billing_admin().await;
            marie.opens(&format!("{LIST}?{query}")).await.texts("table tbody tr").len()
        };
        assert_eq!((count("reach=full").await, count("ends=30").await), (1, 0));
        app.passes(TimeDelta::days(61));
        assert_eq!((count("ends=30").await, count("status=ends-soon").await), (1, 1));
        // The clock alone ends the role.
        app.passes(TimeDelta::days(29));
        assert_eq!((count("reach=full").await, count("ends=30").await, count("").await), (0, 0, 2));
    }

    async fn each_status_on_offer_finds_the_rows_that_bear_it_and_no_others(app: TestApp) {
        // Roles that ran out, roles that were removed, one that ends soon, one in force, one asked for.
        let roles = vec![AdminRole::HelpdeskAdministrator];
        let short = Ask { days: 90, roles, ..app.ask_for(RelationshipType::Advisor) };
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&short));
        app.passes(TimeDelta::days(80));
        let removed = with_q(&app, RelationshipType::DelegatedAdministrator);
        with_q(&app, RelationshipType::Reseller);
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&Ask { days: 90, ..app.ask() }));
        app.passes(TimeDelta::days(70));
        let marie = app.billing_admin().await;
        removes(&marie, removed).await.is(303);
        app.invites(&app.ask_for(RelationshipType::MpsaPartner));
        let page = marie.opens(LIST).await;
        let mut left = page.texts("table tbody .badge");
        let words = page.texts("#status option");
        let values = page.attributes("#status option", "value");
        for (value, word) in values.iter().zip(&words).skip(1) {
            let found = marie.opens(&format!("{LIST}?status={value}")).await.texts("table tbody .badge");
            assert!(found.iter().all(|badge| badge == word), "{word}: {found:?}");
            assert_eq!(found.len(), left.iter().filter(|badge| *badge == word).count(), "{word}");
            left.retain(|badge| badge != word);
        }
        assert!(left.is_empty(), "{left:?} can't be asked for");
        for word in ["Roles removed", "Roles ended", "Ends soon", "Active", "Invited"] {
            assert!(page.texts("table tbody .badge").iter().any(|badge| badge == word), "{word}");
        }
    }

    async fn both_pages_about_a_role_say_the_same_of_it(app: TestApp) {
        let invited = app.invites(&Ask {
            roles: vec![AdminRole::GlobalAdministrator, AdminRole::HelpdeskAdministrator],
            ..app.ask_for(RelationshipType::ResellerAndDelegatedAdministrator)
        });
        let marie = app.billing_admin().await;
        let asked = marie.opens(&invited.review()).await;
        let id = app.accepted_by(Persona::GlobalAdmin, &invited);
        let given = marie.opens(&path(id)).await;
        let (asked, given) = (asked.texts(".role .can"), given.texts(".role .can"));
        assert_eq!(asked, given);
        assert_eq!(given.len(), 3, "two roles, and what the type permits");
    }

    async fn where_a_partner_is_has_a_name_in_each_language(app: TestApp) {
        let invited = app.invited();
        let review = invited.review();
        let id = app.accepted_by(Persona::GlobalAdmin, &invited);
        let open = app.invites(&app.ask_for(RelationshipType::Reseller)).review();
        let marie = app.billing_admin().await;
        marie.opens(&review).await.is(200);
        for (language, country) in [("en", "Norway"), ("fr", "Norvège")] {
            for page in [&open, &path(id)] {
                marie.opens(&format!("{page}?lang={language}")).await.is(200).says(country);
            }
        }
    }

    async fn a_cursor_that_was_tampered_with_shows_ones_own_or_nothing(app: TestApp) {
        app.related();
        let olive = app.stranger().await;
        let marie = app.billing_admin().await;
        let good = entente::web::paginate::Cursor { key: "a".into(), id: uuid::Uuid::from_u128(1) }.encode();
        for index in 0..200 {
            let mut bytes = good.clone().into_bytes();
            let at = index % bytes.len();
            bytes[at] = b"AZaz09-_="[index % 9];
            let cursor = String::from_utf8(bytes).unwrap();
            for sort in ["", "&sort=end"] {
                let page = olive.opens(&format!("{LIST}?after={cursor}{sort}")).await;
                assert!([200, 400].contains(&page.status), "{cursor}: {}", page.status);
                page.says_no("Fjord");
                let page = marie.opens(&format!("{LIST}?after={cursor}{sort}")).await;
                assert!([200, 400].contains(&page.status), "{cursor}: {}", page.status);
            }
        }
    }

    async fn other_tenants_change_neither_list_nor_totals(app: TestApp) {
        app.related();
        let marie = app.billing_admin().await;
        let before = marie.opens(LIST).await.text();
        let other = Ask {
            to: entente::domain::invitation::Addressee::Tenant(app.world().other.id),
            ..app.ask()
        };
        let invited = app.invites(&other);
        app.accepted_by(Persona::Stranger, &invited);
        assert_eq!(marie.opens(LIST).await.text(), before);
        let page = app.stranger().await.opens(LIST).await;
        assert_eq!(page.texts("table tbody tr").len(), 1);
    }

    async fn the_download_is_inert_in_spreadsheets(app: TestApp) {
        app.related();
        app.db().run("UPDATE partners SET name = '=HYPERLINK(\"http://e.example\")' WHERE number = '2400011'").unwrap();
        let marie = app.billing_admin().await;
        let file = marie.opens(&format!("{LIST}.csv")).await;
        file.is(200);
        assert!(file.header("content-type").starts_with("text/csv"));
        assert!(file.header("content-disposition").starts_with("attachment"));
        let text = file.html();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut cells = 0;
        for row in reader.records() {
            for cell in &row.unwrap() {
                cells += 1;
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
        assert!(cells > 3, "{text}");
        assert!(text.contains("'=HYPERLINK"), "{text}");
    }

    async fn removing_roles_takes_effect_at_once_and_keeps_the_rest(app: TestApp) {
        let id = app.related();
        let marie = app.billing_admin().await;
        let page = marie.opens(&path(id)).await;
        page.is(200).says("Fjord Managed IT").says("Helpdesk administrator");
        let asked = marie.opens(&format!("{}/role-removal", path(id))).await;
        asked.is(200).says("Remove roles?").says("Help your users");
        assert_eq!(live(&app), 1, "asking removes nothing");
        let done = marie.presses(&asked, "Yes, remove roles", &[]).await;
        assert!(done.is(303).location().starts_with(&path(id)));
        assert_eq!(live(&app), 0);
        let page = marie.follows(&done.location()).await;
        page.is(200);
        assert!(!page.links().iter().any(|link| link.ends_with("/role-removal")), "nothing is left to remove");
        for (what, expected) in [
            ("relationships WHERE state = 'active'", 1),
            ("acceptances", 1),
            ("authorizations", 1),
            ("events WHERE kind = 'roles.removed'", 1),
            ("outgoing_mail WHERE kind = 'roles_removed'", 2),
        ] {
            assert_eq!(app.db().count(&format!("SELECT count(*) FROM {what}")), expected, "{what}");
        }
        app.verified();
    }

    async fn removing_again_is_no_error_and_writes_nothing(app: TestApp) {
        let id = app.related();
        let marie = app.billing_admin().await;
        let asked = marie.opens(&format!("{}/role-removal", path(id))).await;
        marie.presses(&asked, "Yes, remove roles", &[]).await.is(303);
        let before = app.db().everything();
        marie.presses(&asked, "Yes, remove roles", &[]).await.is(303);
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
    }

    async fn removal_takes_every_role_whichever_relationship_gave_it(app: TestApp) {
        let id = app.related();
        let advisor = Ask { relationship_type: RelationshipType::Advisor, ..app.ask() };
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&advisor));
        let other = with_q(&app, RelationshipType::DelegatedAdministrator);
        assert_eq!(live(&app), 3);
        let marie = app.billing_admin().await;
        removes(&marie, id).await.is(303);
        assert_eq!(live(&app), 1, "another partner's stay");
        removes(&marie, other).await.is(303);
        assert_eq!(live(&app), 0);
        app.verified();
    }

    async fn removal_works_when_everything_else_is_broken(app: TestApp) {
        let id = app.related();
        app.suspends(app.world().p.id);
        app.publishes(2, true, ["<p>Second</p>", "<p>Deux</p>"]);
        app.db().run("UPDATE partners SET contact_email = NULL").unwrap();
        app.disables(Persona::AdminAgent);
        let marie = app.billing_admin().await;
        removes(&marie, id).await.is(303);
        assert_eq!(live(&app), 0);
        app.verified();
    }

    async fn sixteen_removals_at_once_make_one(app: TestApp) {
        let id = app.related();
        let people = [app.billing_admin().await, app.global_admin().await];
        let asked = people[0].opens(&format!("{}/role-removal", path(id))).await;
        let tabs: Vec<Actor> = (0..16).map(|i| people[i % 2].copy()).collect();
        for page in join_all(tabs.iter().map(|tab| tab.presses(&asked, "Yes, remove roles", &[]))).await {
            page.is(303);
        }
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'roles.removed'"), 1);
        app.verified();
    }

    async fn accepting_and_removing_at_once_happen_one_after_the_other(app: TestApp) {
        let id = app.related();
        let advisor = Ask { relationship_type: RelationshipType::Advisor, ..app.ask() };
        let [marie, anne] = [app.billing_admin().await, app.global_admin().await];
        let other = anne.copy();
        for round in 0..12 {
            if live(&app) < 2 {
                for ask in [app.ask(), advisor.clone()] {
                    app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask));
                }
            }
            // Every third time the agreement is accepted in the same act.
            let agreeing = round % 3 == 2;
            if agreeing {
                app.publishes(2 + round, true, ["<p>Another</p>", "<p>Autre</p>"]);
            }
            let to = app.to_email(&format!("office{round}@hautmont.example"));
            let invited = [app.ask(), advisor.clone()].map(|ask| app.invites(&Ask { to: to.clone(), ..ask }));
            let reviews = [marie.opens(&invited[0].review()).await, other.opens(&invited[1].review()).await];
            let asked = anne.opens(&format!("{}/role-removal", path(id))).await;
            let first = async {
                if agreeing {
                    marie.presses(&reviews[0], "Accept & authorize", &[("consent", "yes")]).await
                } else {
                    marie.presses(&reviews[0], "Authorize partner", &[]).await
                }
            };
            let second = async {
                // Who was shown an agreement that a colleague accepts meanwhile is rightly asked again.
                if !agreeing {
                    other.presses(&reviews[1], "Authorize partner", &[]).await.is(303);
                }
            };
            let removal = anne.presses(&asked, "Yes, remove roles", &[]);
            let (accepted, (), removed) = futures_util::future::join3(first, second, removal).await;
            accepted.is(303);
            removed.is(303);
            agrees(&app);
        }
        app.verified();
        assert_eq!(app.db().deadlocks(), 0);
    }

    async fn a_removal_beside_the_acceptance_of_another_type_contradicts_no_event(app: TestApp) {
        use entente::{
            access::guards::BillingAdmin,
            domain::Language,
            evidence::acceptance::Act,
            portal::invitations::store::{answer::{self, Accepting, Wish}, find},
        };
        let id = app.related();
        // The relationship is new, so that there is no row yet to wait for.
        let invited = app.invites(&Ask { relationship_type: RelationshipType::Advisor, ..app.ask() });
        let anne = app.global_admin().await;
        let asked = anne.opens(&format!("{}/role-removal", path(id))).await;
        let (db, now) = (app.state().db.clone(), app.now());
        let (by, wish) = db.read_here(|conn| {
            let by: BillingAdmin = app.guard(conn, Persona::BillingAdmin)?;
            let invitation = find::find(conn, by.scope(), invited.id, now)?;
            let (shown, _) = answer::terms(conn, &by, &invitation, Language::En, now)?.unwrap();
            let act = Act { control: "Authorize partner".into(), statement: String::new(), language: Language::En };
            Ok((by, Wish { shown, act: Box::new(move |_| act.clone()) }))
        }).unwrap();
        let clock = app.state().clock.clone();
        let accepting = db.write(&by, move |conn, by| {
            let accepted = answer::accept(conn, by, invited.id, &wish, &clock)?;
            // Not committed yet: the removal comes as far as it can meanwhile.
            std::thread::sleep(std::time::Duration::from_millis(600));
            Ok(matches!(accepted, Accepting::Accepted(_)))
        });
        let removing = async {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(150)).await;
            anne.presses(&asked, "Yes, remove roles", &[]).await
        };
        let (accepted, removed) = futures_util::future::join(accepting, removing).await;
        assert!(accepted.unwrap());
        removed.is(303);
        agrees(&app);
        app.verified();
    }

    async fn two_invitations_of_one_type_accepted_at_once_join_one_relationship(app: TestApp) {
        app.related();
        let tabs = [app.billing_admin().await, app.global_admin().await];
        for kind in [RelationshipType::Advisor, RelationshipType::Reseller, RelationshipType::MpsaPartner] {
            let addressees = [app.ask().to, app.to_email("office@hautmont.example")];
            let invited = addressees.map(|to| app.invites(&Ask { to, ..app.ask_for(kind) }));
            let mut pages = Vec::new();
            for (tab, invited) in tabs.iter().zip(&invited) {
                pages.push(tab.opens(&invited.review()).await);
            }
            let tries = tabs.iter().zip(&pages).map(|(tab, page)| tab.presses(page, "Authorize partner", &[]));
            for page in join_all(tries).await {
                page.is(303);
            }
            assert_eq!(app.db().count(&format!("SELECT count(*) FROM relationships WHERE relationship_type = '{kind}'")), 1);
        }
        agrees(&app);
        app.verified();
    }

    async fn a_grant_ends_by_the_clock_alone(app: TestApp) {
        let invited = app.invites(&Ask { days: 90, ..app.ask() });
        let id = app.accepted_by(Persona::GlobalAdmin, &invited);
        app.passes(TimeDelta::days(90) - TimeDelta::seconds(1));
        app.billing_admin().await.opens(&format!("{}/role-removal", path(id))).await.is(200).says("Help your users");
        app.passes(TimeDelta::seconds(1));
        let page = app.billing_admin().await.opens(&path(id)).await;
        assert!(!page.is(200).links().iter().any(|link| link.ends_with("/role-removal")));
    }

    async fn partner_staff_see_only_their_own_side(app: TestApp) {
        app.related();
        with_q(&app, RelationshipType::Reseller);
        let q = app.signed_in(Persona::OtherAgent).await;
        q.opens("/partner").await.is(200).says("Hautmont School Group").says_no("Fjord").says_no("Helpdesk administrator");
        let p = app.admin_agent().await;
        p.opens("/partner").await.is(200).says("Hautmont School Group").says_no("Brightwater");
    }

    async fn the_audit_log_tells_what_partners_did_here_and_nothing_of_elsewhere(app: TestApp) {
        let id = app.related();
        let other = Ask { to: entente::domain::invitation::Addressee::Tenant(app.world().other.id), ..app.ask() };
        let elsewhere = app.invites(&other);
        app.accepted_by(Persona::Stranger, &elsewhere);
        let marie = app.billing_admin().await;
        removes(&marie, id).await.is(303);
        let log = marie.opens("/audit-log").await;
        log.is(200).says("Fjord Managed IT").says("Marie Delorme").says_no("Northwind").says_no("Olive");
        let own = app.db().count(&format!(
            "SELECT count(*) FROM events e JOIN chains c ON c.id = e.chain_id WHERE c.name = 'tenant:{}'",
            app.world().own.id
        ));
        assert!(own >= 4, "{own}");
        for path in ["/audit-log?event=roles", "/audit-log?event=invitations", "/audit-log?before=2", "/audit-log?from=2026-11-22&to=2026-11-22", "/audit-log?from=x&before=-1&person=%25"] {
            marie.opens(path).await.is(200);
        }
        let request = TestRequest::get().uri("/audit-log");
        app.member().await.sends(request).await.is(403);
    }
}
