//! A partner's staff: roles, leaving, and that one Admin agent stays.

use std::time::Duration;

use actix_web::rt::time::sleep;
use entente::domain::{membership::MemberRole, relationship::RelationshipType};
use futures_util::future::join;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    rounds,
    scene::Ask,
};

const LIST: &str = "/partner/staff";

fn path(app: &TestApp, persona: Persona) -> String {
    format!("{LIST}/{}", app.world().person(persona).membership)
}

fn roles(app: &TestApp, persona: Persona) -> String {
    format!("{}/roles", path(app, persona))
}

fn disabling(app: &TestApp, persona: Persona) -> String {
    format!("{}/disabling", path(app, persona))
}

/// How many Admin agents the partner has.
fn agents(app: &TestApp) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM membership_roles JOIN memberships ON memberships.id = membership_id JOIN partners ON partners.id = partner_id WHERE role = 'admin_agent' AND membership_roles.ended_at IS NULL AND memberships.ended_at IS NULL AND number = '{}'",
        app.world().p.number
    ))
}

async fn disables(app: &TestApp, actor: &Actor, persona: Persona) -> Page {
    let page = actor.opens(&disabling(app, persona)).await;
    actor.presses(page.is(200), "Yes, disable", &[]).await
}

on_both! {
    async fn the_list_names_everybody_with_roles_and_who_has_left(app: TestApp) {
        let astrid = app.admin_agent().await;
        disables(&app, &astrid, Persona::HelpdeskAgent).await.is(303);
        let page = astrid.opens(LIST).await;
        let rows = page.is(200).texts("table tbody tr");
        assert_eq!(rows.len(), 3, "{rows:?}");
        for (row, said) in rows.iter().zip([["Astrid Berg", "Admin agent", "Active"], ["Sven Dahl", "Sales agent", "Active"], ["Hilde Lund", "No role", "Disabled"]]) {
            for said in said {
                assert!(row.contains(said), "{said} in {row}");
            }
        }
        page.says_no("Bruno Keller");
    }

    async fn only_admin_agents_are_led_to_staff(app: TestApp) {
        for (persona, led) in [(Persona::AdminAgent, true), (Persona::SalesAgent, false)] {
            let page = app.signed_in(persona).await.opens("/partner").await;
            let links = page.is(200).links();
            assert!(links.iter().any(|link| link == "/partner/customers"));
            assert_eq!(links.iter().any(|link| link == LIST), led, "{persona:?}");
        }
    }

    async fn roles_are_set_and_count_at_the_next_request(app: TestApp) {
        let (astrid, sven) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
        sven.opens(LIST).await.is(403);
        let page = astrid.opens(&path(&app, Persona::SalesAgent)).await;
        let answer = astrid.presses(page.is(200), "Save roles", &[("admin_agent", "yes")]).await;
        let list = astrid.opens(&answer.is(303).location()).await;
        list.says("Sven Dahl has these roles: Admin agent, Sales agent");
        sven.opens(LIST).await.is(200);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'user.roles_changed'"), 1);
        // The same again changes nothing.
        astrid.posts(&roles(&app, Persona::SalesAgent), &[("admin_agent", "yes"), ("sales_agent", "yes")]).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'user.roles_changed'"), 1);
        // Now one's own can be given up, and with it this page.
        let answer = astrid.posts(&roles(&app, Persona::AdminAgent), &[("helpdesk_agent", "yes")]).await;
        assert_eq!(answer.is(303).location(), "/partner");
        astrid.opens(LIST).await.is(403);
        app.verified();
    }

    async fn what_was_ticked_comes_back_with_what_is_wrong(app: TestApp) {
        let astrid = app.admin_agent().await;
        let page = astrid.posts(&roles(&app, Persona::SalesAgent), &[]).await;
        page.is(422).says("Choose at least one role");
        let page = astrid.posts(&roles(&app, Persona::AdminAgent), &[("sales_agent", "yes")]).await;
        page.is(422).says("A company keeps one Admin agent");
        assert_eq!(page.attributes("input[checked]", "name"), ["sales_agent"]);
        assert_eq!(page.attributes(".errors a", "href"), ["#admin_agent"]);
        let page = disables(&app, &astrid, Persona::AdminAgent).await;
        page.is(422).says("A company keeps one Admin agent");
        assert_eq!(agents(&app), 1);
        let unknown = [("admin_agent", "yes"), ("operator", "yes")];
        astrid.posts(&roles(&app, Persona::SalesAgent), &unknown).await.is(400);
    }

    async fn who_is_disabled_is_out_at_once_with_every_account(app: TestApp) {
        let ask = Ask { people: vec![Persona::SalesAgent], ..app.ask_for(RelationshipType::Partner) };
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask));
        let (astrid, sven) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
        let answer = disables(&app, &astrid, Persona::SalesAgent).await;
        astrid.opens(&answer.is(303).location()).await.says("Sven Dahl can’t act for your company any more");
        crate::support::page::is_signed_out(&sven.opens("/partner").await);
        assert_eq!(app.db().count("SELECT count(*) FROM memberships WHERE for_partner_id IS NOT NULL AND ended_at IS NULL"), 0);
        let told = app.db().ask("SELECT kind AS answer FROM events WHERE kind IN ('staff.disabled', 'user.disabled') ORDER BY kind");
        assert_eq!(told, ["staff.disabled", "user.disabled"]);
        // Asking again is no error; nothing can be changed any more.
        astrid.posts(&disabling(&app, Persona::SalesAgent), &[]).await.is(303);
        astrid.opens(&disabling(&app, Persona::SalesAgent)).await.is(303);
        astrid.posts(&roles(&app, Persona::SalesAgent), &[("admin_agent", "yes")]).await.is(303);
        assert_eq!(agents(&app), 1);
        app.verified();
    }

    async fn two_who_demote_each_other_leave_one(app: TestApp) {
        let ask = Ask { people: vec![Persona::SalesAgent], ..app.ask_for(RelationshipType::Partner) };
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask));
        app.promotes(Persona::SalesAgent, MemberRole::AdminAgent);
        let (astrid, sven) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
        for round in 0..rounds(10) {
            assert_eq!(agents(&app), 2, "round {round}");
            let wait = Duration::from_micros(300 * (u64::try_from(round).unwrap() % 4));
            let (of_sven, of_astrid) = (roles(&app, Persona::SalesAgent), roles(&app, Persona::AdminAgent));
            let one = async { sleep(wait).await; astrid.posts(&of_sven, &[("helpdesk_agent", "yes")]).await };
            let (one, two) = join(one, sven.posts(&of_astrid, &[("helpdesk_agent", "yes")])).await;
            let mut statuses = [one.status, two.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 403], "round {round}");
            assert_eq!(agents(&app), 1, "round {round}");
            let demoted = if one.status == 303 { Persona::SalesAgent } else { Persona::AdminAgent };
            app.promotes(demoted, MemberRole::AdminAgent);
        }
        app.verified();
    }
}
