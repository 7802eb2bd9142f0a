//! A clock that steps: a year ahead, a day back, and home again.

use std::time::Duration;

use chrono::TimeDelta;
use entente::domain::{Instant, relationship::RelationshipType};

use crate::support::{TestApp, cast::Actor, scene::Ask};

/// Pages that write or compare times.
async fn every_page_is_answered(actor: &Actor, further: &[String]) {
    let plain = [
        "/",
        "/billing/invitations",
        "/billing/agreement",
        "/billing/partner-relationships",
        "/billing/partner-relationships?ends=30&sort=end",
        "/billing/partner-relationships.csv",
        "/audit-log",
        "/settings",
    ];
    for path in plain
        .into_iter()
        .map(str::to_owned)
        .chain(further.iter().cloned())
    {
        let page = actor.opens(&path).await;
        assert!([200, 303].contains(&page.status), "{path}: {}", page.status);
    }
}

/// The numbers of the tenant's events, in the order in which they were written.
fn numbers(app: &TestApp) -> Vec<i64> {
    let of_tenant = format!(
        "SELECT CAST(e.number AS TEXT) AS answer FROM events e JOIN chains c ON c.id = e.chain_id WHERE c.name = 'tenant:{}' ORDER BY e.number",
        app.world().own.id
    );
    app.db()
        .ask(&of_tenant)
        .iter()
        .map(|number| number.parse().unwrap())
        .collect()
}

/// Somebody is signed out; where that is found just now, the session's row goes aside.
async fn is_out(app: &TestApp, actor: &Actor, just_now: bool) {
    let sessions = || app.db().count("SELECT count(*) FROM sessions");
    let before = sessions();
    actor.opens("/settings").await.is(303);
    for _ in 0..500 {
        if !just_now || sessions() < before {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the session stays");
}

on_both! {
    async fn a_clock_that_steps_does_no_harm(app: TestApp) {
        let home = app.now();
        let relationship = app.related();
        let used = app.invites(&app.ask_for(RelationshipType::Reseller));
        let open = app.invites(&Ask { life: TimeDelta::days(80), ..app.ask_for(RelationshipType::Advisor) });
        let withdrawn = app.invites(&app.ask_for(RelationshipType::LineOfBusinessPartner));
        let marie = app.billing_admin().await;
        let review = marie.opens(&used.review()).await;
        marie.presses(&review, "Authorize partner", &[]).await.is(303);
        app.withdraws(&withdrawn);
        let shown = marie.opens(&withdrawn.review()).await;
        let partner = format!("/billing/partner-relationships/{relationship}");
        let pages = [used.review(), open.review(), partner.clone(), open.link()];
        let mut seen = numbers(&app).len();
        let steps = [TimeDelta::days(366), TimeDelta::days(365), TimeDelta::days(-1), TimeDelta::zero()];
        for (step, away) in steps.into_iter().enumerate() {
            app.state().clock.set(home + away);
            // Whoever was in before the step ahead is out, and stays out however the clock goes on.
            is_out(&app, &marie, step == 0).await;
            let anne = app.global_admin().await;
            every_page_is_answered(&anne, &pages).await;
            // What was used or withdrawn stays so; each time something is done, in order.
            let again = anne.presses(&review, "Authorize partner", &[]).await;
            again.is(409);
            assert!(!shown.buttons().contains(&"Authorize partner".to_owned()));
            app.anonymous().opens(&used.link()).await.is(404);
            app.anonymous().opens(&withdrawn.link()).await.is(404);
            let may = ["no", "yes"][step % 2];
            anne.posts("/settings/acceptance", &[("billing", may)]).await.is(303);
            let now = numbers(&app);
            assert_eq!(now.len(), seen + 1, "step {step}");
            assert_eq!(now, (1..=i64::try_from(now.len()).unwrap()).collect::<Vec<_>>());
            seen = now.len();
            app.verified();
            let log = anne.opens("/audit-log").await;
            assert!(log.is(200).texts("tbody tr").first().unwrap().contains("Settings changed"), "the last comes first, whatever the clock says");
            // This one must not come back either.
            let past = anne.copy();
            app.passes(TimeDelta::hours(13));
            is_out(&app, &past, true).await;
            app.passes(TimeDelta::hours(-13));
            past.opens("/settings").await.is(303);
        }
    }

    async fn what_was_ended_stays_ended_when_the_clock_is_set_back(app: TestApp) {
        let relationship = app.related();
        let partner = format!("/billing/partner-relationships/{relationship}");
        let marie = app.billing_admin().await;
        app.passes(TimeDelta::minutes(10));
        let asked = marie.opens(&format!("{partner}/role-removal")).await;
        marie.presses(&asked, "Yes, remove roles", &[]).await.is(303);
        app.passes(TimeDelta::days(-1));
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'live'"), 0);
        let anne = app.global_admin().await;
        let page = anne.opens(&partner).await;
        assert!(!page.is(200).links().iter().any(|link| link.ends_with("/role-removal")));
        anne.opens("/partner").await.is(404);
        app.admin_agent().await.opens("/partner").await.is(200).says("No admin roles");
        app.verified();
    }

    async fn the_hours_that_come_twice_or_never_are_days_like_others(app: TestApp) {
        let relationship = app.related();
        let pages = [format!("/billing/partner-relationships/{relationship}")];
        // In Paris, where the tenant is: before, within and after both changes, a leap day, a new
        // year, and the last of four digits.
        for at in ["2027-03-28T00:59:59Z", "2027-03-28T01:00:00Z", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2028-02-29T22:59:59Z", "2027-12-31T23:30:00Z", "9998-12-31T23:59:59Z"] {
            let at: Instant = at.parse().unwrap();
            app.state().clock.set(at);
            let marie = app.billing_admin().await;
            every_page_is_answered(&marie, &pages).await;
            let invited = app.invites(&Ask { to: app.to_email(&format!("a{}@hautmont.example", at.timestamp())), ..app.ask_for(RelationshipType::Advisor) });
            marie.posts(&invited.refusal(), &[("reason", "No")]).await.is(303);
            marie.opens("/audit-log?from=2027-03-28&to=2027-03-28").await.is(200);
            marie.opens("/audit-log?from=2027-10-31&to=2027-10-31").await.is(200);
        }
        app.verified();
    }
}
