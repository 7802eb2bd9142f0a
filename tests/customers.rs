//! A partner's customers: the list, one customer, giving roles back, ending a relationship.

use std::{collections::BTreeSet, time::Duration};

use actix_web::rt::time::sleep;
use chrono::TimeDelta;
use entente::domain::{
    RelationshipId, invitation::Addressee, membership::MemberRole, relationship::RelationshipType,
    role::AdminRole,
};
use futures_util::future::{join, join_all};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    rounds,
    scene::Ask,
};

const LIST: &str = "/partner/customers";

fn path(id: RelationshipId) -> String {
    format!("{LIST}/{id}")
}

fn giving_back(id: RelationshipId, role: AdminRole) -> String {
    format!("{}/roles/{role}/return", path(id))
}

/// A relationship with both roles.
fn with_both(app: &TestApp) -> RelationshipId {
    let roles = AdminRole::ALL.to_vec();
    let kind = RelationshipType::ResellerAndDelegatedAdministrator;
    let ask = Ask {
        roles,
        ..app.ask_for(kind)
    };
    app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask))
}

/// A relationship of the same partner with the other tenant.
fn elsewhere(app: &TestApp, kind: RelationshipType) -> RelationshipId {
    let ask = Ask {
        to: Addressee::Tenant(app.world().other.id),
        ..app.ask_for(kind)
    };
    app.accepted_by(Persona::Stranger, &app.invites(&ask))
}

async fn gives_back(actor: &Actor, id: RelationshipId, role: AdminRole) -> Page {
    let page = actor.opens(&giving_back(id, role)).await;
    actor
        .presses(page.is(200), "Yes, give the role back", &[])
        .await
}

async fn ends(actor: &Actor, id: RelationshipId) -> Page {
    let page = actor.opens(&format!("{}/end", path(id))).await;
    actor
        .presses(page.is(200), "Yes, end the relationship", &[])
        .await
}

fn happened(app: &TestApp, kind: &str) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM events WHERE kind = '{kind}'"
    ))
}

fn mails(app: &TestApp, kind: &str) -> BTreeSet<String> {
    let asked = format!("SELECT recipient AS answer FROM outgoing_mail WHERE kind = '{kind}'");
    let all = app.db().ask(&asked);
    let each: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(all.len(), each.len(), "nobody hears of it twice: {all:?}");
    each
}

fn live(app: &TestApp) -> i64 {
    app.db()
        .count("SELECT count(*) FROM grants WHERE state = 'live'")
}

on_both! {
    async fn customers_are_found_by_name_type_status_and_end(app: TestApp) {
        let astrid = app.admin_agent().await;
        let page = astrid.opens(LIST).await;
        page.is(200).says("No customers yet");
        app.related();
        elsewhere(&app, RelationshipType::Reseller);
        app.db().run("UPDATE tenants SET name = 'Émile & Fils', name_folded = 'emile & fils' WHERE name = 'Northwind Mills'").unwrap();
        let names = async |query: &str| {
            astrid.opens(&format!("{LIST}?{query}")).await.is(200).texts("table tbody .row-link")
        };
        let (school, mill) = ("Hautmont School Group", "Émile & Fils");
        assert_eq!(names("").await, [mill, school]);
        assert_eq!(names("sort=end").await, [school, mill], "without an end comes last");
        for found in ["q=EMILE", "q=%C3%A9mile+%26", "type=reseller"] {
            assert_eq!(names(found).await, [mill], "{found}");
        }
        for none in ["q=%25", "q=_", "status=ended", "ends=30", "type=advisor"] {
            assert!(names(none).await.is_empty(), "{none}");
        }
        assert_eq!(names("status=invited").await.len(), 2, "nobody who is merely invited is a customer");
        app.passes(TimeDelta::days(340));
        assert_eq!(app.admin_agent().await.opens(&format!("{LIST}?ends=30")).await.texts("table tbody .row-link"), [school]);
    }

    async fn each_customer_stands_once_on_the_pages_of_the_list_in_either_order(app: TestApp) {
        app.related();
        elsewhere(&app, RelationshipType::Reseller);
        for number in 0..60 {
            let copied = "tenant_id, partner_id, relationship_type, 'ended', since, since, sort_name, search_text, had_roles, sort_end";
            let id = if app.db().hex("x").contains("text") {
                format!("'00000000-0000-7000-8000-0000000000{number:02}'::uuid")
            } else {
                format!("x'000000000000700080000000000000{number:02}'")
            };
            app.db().run(&format!("INSERT INTO relationships (id, tenant_id, partner_id, relationship_type, state, since, ended_at, sort_name, search_text, had_roles, sort_end) SELECT {id}, {copied} FROM relationships WHERE relationship_type = 'reseller' AND state = 'active'")).unwrap();
        }
        let astrid = app.admin_agent().await;
        for sort in ["name", "end"] {
            let mut seen = Vec::new();
            let mut next = Some(format!("{LIST}?sort={sort}"));
            while let Some(address) = next {
                let page = astrid.opens(&address).await;
                seen.extend(page.is(200).attributes("table tbody .row-link", "href"));
                next = page.links().into_iter().find(|link| link.contains("after="));
            }
            let each: BTreeSet<&String> = seen.iter().collect();
            assert_eq!((seen.len(), each.len()), (62, 62), "{sort}");
        }
    }

    async fn the_agreement_is_judged_as_on_the_customers_own_pages(app: TestApp) {
        app.related();
        let astrid = app.admin_agent().await;
        let consent = async || astrid.opens(LIST).await.texts("table tbody tr td:nth-of-type(3)");
        assert_eq!(consent().await, ["Accepted"]);
        app.publishes(2, false, ["<p>Second</p>", "<p>Deux</p>"]);
        assert_eq!(consent().await, ["Accepted"], "what isn't material needs no new acceptance");
        app.publishes(3, true, ["<p>Third</p>", "<p>Trois</p>"]);
        assert_eq!(consent().await, ["New version waits"]);
        app.billing_admin().await.opens("/billing/agreement").await.says("Accept");
    }

    async fn both_sides_read_the_same_of_a_relationship(app: TestApp) {
        let id = with_both(&app);
        let ours = app.admin_agent().await.opens(&path(id)).await;
        let theirs = app.billing_admin().await.opens(&format!("/billing/partner-relationships/{id}")).await;
        for fact in ["Reseller & delegated administrator", "Global administrator", "Helpdesk administrator", "Full control", "22 November 2027", "Microsoft Customer Agreement", "Anne Roux"] {
            ours.is(200).says(fact);
            theirs.is(200).says(fact);
        }
        ours.says("Authorized by Anne Roux on 22 November 2026").says("From 22 November 2026");
        // Where the customer's people were is the customer's own affair.
        assert!(!ours.html().contains("192.0.2.10"), "an address of the customer's people");
        // Whoever may not give anything back isn't offered it.
        let hilde = app.signed_in(Persona::HelpdeskAgent).await;
        let page = hilde.opens(&path(id)).await;
        assert!(page.is(200).links().iter().all(|link| !link.ends_with("/return") && !link.ends_with("/end")));
    }

    async fn what_else_happens_at_a_customer_is_not_told_to_its_partner(app: TestApp) {
        let id = app.related();
        // By an address: whose it is, the sender isn't told.
        app.invites(&Ask { to: app.to_email("office@hautmont.example"), ..app.ask_for(RelationshipType::Advisor) });
        let other = Ask { from: app.world().q.clone(), sender: Persona::OtherAgent, ..app.ask_for(RelationshipType::Reseller) };
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&other));
        let page = app.admin_agent().await.opens(&path(id)).await;
        let lines = page.is(200).texts(".tl li");
        assert_eq!(lines.len(), 2, "{lines:?}");
        page.says_no("Brightwater");
    }

    async fn a_role_that_is_given_back_is_gone_for_both_sides_at_once(app: TestApp) {
        let id = with_both(&app);
        let astrid = app.admin_agent().await;
        let answer = gives_back(&astrid, id, AdminRole::GlobalAdministrator).await;
        let page = astrid.opens(&answer.is(303).location()).await;
        page.is(200).says("Role given back").says("Given back by Astrid Berg").says_no("Full control");
        assert_eq!((live(&app), happened(&app, "roles.given_back")), (1, 1));
        let both = ["anne@hautmont.example", "hello@fjord.example"].map(str::to_owned);
        assert_eq!(mails(&app, "roles_given_back"), BTreeSet::from(both));
        let marie = app.billing_admin().await;
        let theirs = format!("/billing/partner-relationships/{id}");
        marie.opens(&theirs).await.says("gave back the role Global administrator of Fjord Managed IT").says_no("Full control");
        marie.opens("/billing/partner-relationships?reach=full").await.says("No partner matches");
        // Asking again is no error, and changes nothing.
        let again = astrid.posts(&giving_back(id, AdminRole::GlobalAdministrator), &[]).await;
        assert_eq!(again.is(303).location(), answer.location());
        astrid.opens(&giving_back(id, AdminRole::GlobalAdministrator)).await.is(303);
        assert_eq!((live(&app), happened(&app, "roles.given_back")), (1, 1));
        // The last one: the customer reads who gave it back.
        gives_back(&astrid, id, AdminRole::HelpdeskAdministrator).await.is(303);
        marie.opens(&theirs).await.says("Astrid Berg of Fjord Managed IT gave the roles back on 22 November 2026");
        marie.opens("/billing/partner-relationships?status=roles-removed").await.says("Fjord Managed IT");
        assert_eq!(app.db().count("SELECT count(*) FROM relationships WHERE state = 'active'"), 1);
        app.verified();
    }

    async fn a_role_is_given_back_under_one_relationship_alone(app: TestApp) {
        let (one, other) = (with_both(&app), app.related());
        gives_back(&app.admin_agent().await, one, AdminRole::HelpdeskAdministrator).await.is(303);
        let page = app.admin_agent().await.opens(&path(other)).await;
        page.is(200).says("Give back");
        assert_eq!(live(&app), 2);
    }

    async fn a_role_that_ran_out_is_not_given_back(app: TestApp) {
        let id = app.related();
        app.passes(TimeDelta::days(365));
        let astrid = app.admin_agent().await;
        astrid.opens(&giving_back(id, AdminRole::HelpdeskAdministrator)).await.is(303);
        let answer = astrid.posts(&giving_back(id, AdminRole::HelpdeskAdministrator), &[]).await;
        astrid.opens(&answer.is(303).location()).await.says_no("Role given back");
        assert_eq!((happened(&app, "roles.given_back"), happened(&app, "roles.ended")), (0, 1));
        assert!(mails(&app, "roles_given_back").is_empty());
        app.billing_admin().await.opens("/billing/partner-relationships").await.says("Roles ended");
    }

    async fn ending_a_relationship_ends_all_that_came_of_it_and_keeps_the_record(app: TestApp) {
        let id = with_both(&app);
        let astrid = app.admin_agent().await;
        let answer = ends(&astrid, id).await;
        let page = astrid.opens(&answer.is(303).location()).await;
        page.is(200).says("Relationship ended").says("Astrid Berg ended it on 22 November 2026").says("Microsoft Customer Agreement");
        assert_eq!((live(&app), happened(&app, "relationship.ended")), (0, 1));
        let both = ["anne@hautmont.example", "hello@fjord.example"].map(str::to_owned);
        assert_eq!(mails(&app, "relationship_ended"), BTreeSet::from(both));
        let marie = app.billing_admin().await;
        let theirs = marie.opens(&format!("/billing/partner-relationships/{id}")).await;
        theirs.is(200).says("Ended").says("Astrid Berg ended it on 22 November 2026").says("Microsoft Customer Agreement");
        let copy = theirs.links().into_iter().find(|link| link.starts_with("/agreements/")).unwrap();
        marie.opens(&copy).await.is(200);
        marie.opens("/billing/partner-relationships?status=ended").await.says("Fjord Managed IT");
        astrid.opens(&format!("{LIST}?status=ended")).await.says("Hautmont School Group");
        // Asking again is no error, and changes nothing.
        astrid.posts(&format!("{}/end", path(id)), &[]).await.is(303);
        astrid.opens(&format!("{}/end", path(id))).await.is(303);
        astrid.posts(&giving_back(id, AdminRole::GlobalAdministrator), &[]).await.is(303);
        assert_eq!((happened(&app, "relationship.ended"), happened(&app, "roles.given_back")), (1, 0));
        // A later invitation of the same type makes a new one.
        let again = with_both(&app);
        assert_ne!(again, id);
        assert_eq!(live(&app), 2);
        app.verified();
    }

    async fn the_accounts_that_a_customer_gave_end_with_the_relationship(app: TestApp) {
        let ask = Ask { people: vec![Persona::SalesAgent, Persona::HelpdeskAgent], ..app.ask_for(RelationshipType::Partner) };
        let id = app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask));
        let other = app.related();
        let accounts = "SELECT count(*) FROM memberships WHERE for_partner_id IS NOT NULL AND ended_at IS NULL";
        assert_eq!(app.db().count(accounts), 2);
        let astrid = app.admin_agent().await;
        astrid.opens(&format!("{}/end", path(id))).await.says("2 accounts that the customer gave").says("Sven Dahl");
        ends(&astrid, id).await.is(303);
        assert_eq!((app.db().count(accounts), happened(&app, "user.disabled")), (0, 2));
        let staff = "SELECT count(*) FROM memberships WHERE side = 'partner' AND ended_at IS NULL";
        assert_eq!(app.db().count(staff), 4, "nobody leaves the partner");
        // The other relationship goes on.
        astrid.opens(&path(other)).await.is(200).says("Give back");
        assert_eq!(live(&app), 1);
        app.verified();
    }

    async fn an_agent_who_was_demoted_a_moment_ago_ends_nothing(app: TestApp) {
        let id = app.related();
        let astrid = app.admin_agent().await;
        let page = astrid.opens(&format!("{}/end", path(id))).await;
        app.demotes(Persona::AdminAgent);
        app.promotes(Persona::AdminAgent, MemberRole::SalesAgent);
        astrid.presses(&page, "Yes, end the relationship", &[]).await.is(403);
        astrid.posts(&giving_back(id, AdminRole::HelpdeskAdministrator), &[]).await.is(403);
        assert_eq!(live(&app), 1);
    }

    async fn removing_giving_back_and_ending_at_once_take_each_role_once(app: TestApp) {
        let (astrid, marie) = (app.admin_agent().await, app.billing_admin().await);
        for round in 0..rounds(8) {
            let (one, other) = (with_both(&app), app.related());
            let given = app.db().count("SELECT count(*) FROM grants WHERE state = 'removed'");
            let removal = format!("/billing/partner-relationships/{one}/role-removal");
            let [global, helpdesk] = AdminRole::ALL else { panic!("two roles") };
            let (back, also) = (giving_back(one, *global), giving_back(other, *helpdesk));
            let end = format!("{}/end", path(one));
            let tabs: Vec<Actor> = (0..3).map(|_| astrid.copy()).collect();
            let wait = Duration::from_micros(300 * (u64::try_from(round).unwrap() % 5));
            let theirs = async { sleep(wait).await; marie.posts(&removal, &[]).await };
            let ours = join_all([&back, &also, &end].into_iter().zip(&tabs).map(|(path, tab)| tab.posts(path, &[])));
            let (removed, pages) = join(theirs, ours).await;
            removed.is(303);
            for page in &pages {
                page.is(303);
            }
            assert_eq!(live(&app), 0, "round {round}");
            let closed = app.db().count("SELECT count(*) FROM grants WHERE state = 'removed'") - given;
            assert_eq!(closed, 3, "round {round}");
            // What the log tells is what went: each grant once.
            let told = app.db().ask("SELECT canonical AS answer FROM events WHERE kind IN ('roles.removed', 'roles.given_back', 'relationship.ended')");
            let grants: Vec<String> = told.iter().flat_map(|event| {
                let event: serde_json::Value = serde_json::from_str(event).unwrap();
                event["facts"]["grants"].as_array().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>()
            }).collect();
            let each: BTreeSet<&String> = grants.iter().collect();
            assert_eq!((grants.len(), each.len()), (3 * (round + 1), 3 * (round + 1)), "round {round}");
        }
        app.verified();
    }
}
