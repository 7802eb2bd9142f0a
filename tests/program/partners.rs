//! Partners, as the command line suspends them and takes them back.

use entente::{domain::relationship::RelationshipType, web::now::Clock};

use super::accounts::does;
use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    program::tells,
    scene::Ask,
};

/// A command that is refused: what it says.
#[track_caller]
fn refused(app: &TestApp, arguments: &[&str]) -> String {
    let told = tells(&app.db().setting(), arguments);
    assert!(!told.status.success(), "{arguments:?}: {told:?}");
    String::from_utf8_lossy(&told.stderr).into_owned()
}

on_both! {
    async fn a_reinstated_partner_goes_on_without_what_ended_meanwhile(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let number = app.world().p.number;
        let (staff, sellers) = ("astrid@fjord.example", "sven@fjord.example");
        let related = app.related();
        // Both also have an account in the tenant, for the partner.
        let people = vec![Persona::AdminAgent, Persona::SalesAgent];
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&Ask { people, ..app.ask_for(RelationshipType::Partner) }));
        let waiting = app.invites(&app.ask_for(RelationshipType::Reseller));
        let declined = app.invites(&app.ask_for(RelationshipType::Advisor));
        let astrid = app.admin_agent().await;
        let asleep = astrid.copy();
        does(&app, &["partner", "suspend", number]);

        astrid.opens("/partner").await.is(303);
        let marie = app.billing_admin().await;
        let page = marie.opens(&declined.refusal()).await;
        marie.presses(&page, "Decline invitation", &[]).await.is(303);
        let page = marie.opens(&format!("/billing/partner-relationships/{related}/role-removal")).await;
        marie.presses(&page, "Yes, remove roles", &[]).await.is(303);
        does(&app, &["staff", "disable", "--partner", number, "--email", sellers]);
        marie.opens("/billing/invitations").await.is(200).says("No invitation is waiting");

        let back = does(&app, &["partner", "reinstate", number]);
        assert_eq!((&back["number"], &back["suspended"]), (&number.into(), &false.into()));
        assert!(refused(&app, &["partner", "reinstate", number]).contains("isn't suspended"));
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'partner.reinstated'"), 1);

        asleep.opens("/partner").await.is(303);
        let astrid = app.anonymous();
        astrid.signs_in(staff).await.is(303);
        astrid.opens("/partner").await.is(200).says("Hautmont School Group");
        Actor::new(&app, Persona::SalesAgent).signs_in(sellers).await.is(422);
        let guests = "SELECT count(*) FROM memberships WHERE for_partner_id IS NOT NULL AND ended_at IS NULL";
        assert_eq!(app.db().count(guests), 1, "the account that ended stays so");
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'live'"), 0);

        let home = marie.opens("/").await;
        let links = home.is(200).links();
        assert!(links.contains(&waiting.review()) && !links.contains(&declined.review()), "{links:?}");
        let page = marie.opens(&waiting.review()).await;
        marie.presses(&page, "Authorize partner", &[]).await.is(303);
        app.verified();
    }

    async fn a_partner_comes_back_under_a_name_that_was_taken_only_if_that_is_meant(app: TestApp) {
        let (number, name) = (app.world().p.number, app.world().p.name);
        does(&app, &["partner", "suspend", number]);
        does(&app, &["partner", "add", "--name", name, "--country", "NO"]);
        let before = app.db().everything();
        let said = refused(&app, &["partner", "reinstate", number]);
        assert!(said.contains("looks the same") && said.contains("--confirm-similar"), "{said}");
        assert_eq!(app.db().everything(), before);
        does(&app, &["partner", "reinstate", number, "--confirm-similar"]);
    }
}
