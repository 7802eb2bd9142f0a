//! Roles that end: who is told, when, and how often.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entente::{
    domain::Instant,
    work::{outbox::MailKind, reminders::round},
};

use crate::support::{
    TestApp,
    cast::Persona,
    scene::{Ask, Invited},
};

async fn looks(app: &TestApp, since: Option<Instant>) {
    round(&app.state().db, since, &app.state().clock)
        .await
        .unwrap();
}

fn for_90_days(app: &TestApp) -> Invited {
    app.invites(&Ask {
        days: 90,
        ..app.ask()
    })
}

/// How many mails of a kind each address got.
fn heard(app: &TestApp, kind: MailKind) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for mail in app.mails_of(kind) {
        *told.entry(mail.to).or_default() += 1;
    }
    told
}

/// So many for each side: whoever accepted, and the partner at `theirs`.
fn so_many(app: &TestApp, theirs: &str, times: usize) -> BTreeMap<String, usize> {
    let ours = app.world().person(Persona::GlobalAdmin).email.clone();
    [(ours, times), (theirs.to_owned(), times)].into()
}

/// The same, at the partner's contact.
fn both(app: &TestApp, times: usize) -> BTreeMap<String, usize> {
    so_many(app, "hello@fjord.example", times)
}

on_both! {
    async fn each_side_is_told_thirty_seven_and_one_days_before_and_at_the_end(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        let mut since = None;
        let mut days = Vec::new();
        for hour in (0..92 * 24).step_by(6) {
            let before = app.mails().len();
            looks(&app, since).await;
            since = Some(app.now());
            if app.mails().len() > before {
                days.push(hour / 24);
            }
            app.passes(TimeDelta::hours(6));
        }
        assert_eq!(days, [60, 83, 89, 90]);
        assert_eq!(heard(&app, MailKind::RolesEnding), both(&app, 3));
        assert_eq!(heard(&app, MailKind::RolesEnded), both(&app, 1));
        let subjects: Vec<String> = app.mails_of(MailKind::RolesEnding).into_iter().map(|mail| mail.letter.subject).collect();
        assert!(subjects[0].ends_with("end in 30 days") && subjects[5].ends_with("end tomorrow"), "{subjects:?}");
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'expired'"), 1);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'roles.ended'"), 1);
        app.verified();
    }

    async fn after_a_time_without_any_only_the_nearest_is_told_and_says_what_is_left(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        app.passes(TimeDelta::days(85));
        looks(&app, None).await;
        looks(&app, None).await;
        assert_eq!(heard(&app, MailKind::RolesEnding), both(&app, 1));
        let mail = &app.mails_of(MailKind::RolesEnding)[0];
        assert!(mail.letter.subject.ends_with("end in 5 days"), "{}", mail.letter.subject);
        app.passes(TimeDelta::days(20));
        looks(&app, None).await;
        assert_eq!(heard(&app, MailKind::RolesEnding), both(&app, 1), "no burst");
        assert_eq!(heard(&app, MailKind::RolesEnded), both(&app, 1));
    }

    async fn what_ended_long_ago_is_recorded_and_no_news(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        app.passes(TimeDelta::days(200));
        looks(&app, None).await;
        assert!(heard(&app, MailKind::RolesEnded).is_empty());
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'roles.ended'"), 1);
        app.verified();
    }

    async fn several_replicas_tell_it_once(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        for days in [60, 30] {
            app.passes(TimeDelta::days(days));
            let replicas = (0..4).map(|_| looks(&app, None));
            futures_util::future::join_all(replicas).await;
        }
        assert_eq!(heard(&app, MailKind::RolesEnding), both(&app, 1));
        assert_eq!(heard(&app, MailKind::RolesEnded), both(&app, 1));
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'roles.ended'"), 1);
        app.verified();
    }

    async fn nobody_is_told_of_the_end_of_roles_that_were_removed_or_replaced(app: TestApp) {
        let id = app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        app.passes(TimeDelta::days(10));
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        app.passes(TimeDelta::days(55));
        looks(&app, None).await;
        assert!(heard(&app, MailKind::RolesEnding).is_empty(), "25 days before the end of those replaced");
        let path = format!("/billing/partner-relationships/{id}/role-removal");
        app.global_admin().await.posts(&path, &[]).await.is(303);
        app.passes(TimeDelta::days(34));
        looks(&app, None).await;
        assert!(heard(&app, MailKind::RolesEnding).is_empty());
        app.passes(TimeDelta::days(10));
        looks(&app, None).await;
        assert!(heard(&app, MailKind::RolesEnded).is_empty());
    }

    async fn both_sides_are_told_once_of_grant_removal_and_end(app: TestApp) {
        let id = app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        let sender = app.world().person(Persona::AdminAgent).email.clone();
        assert_eq!(heard(&app, MailKind::InvitationAccepted), so_many(&app, &sender, 1));
        let path = format!("/billing/partner-relationships/{id}/role-removal");
        let anne = app.global_admin().await;
        anne.posts(&path, &[]).await.is(303);
        anne.posts(&path, &[]).await.is(303);
        assert_eq!(heard(&app, MailKind::RolesRemoved), both(&app, 1));
        app.accepted_by(Persona::GlobalAdmin, &for_90_days(&app));
        app.passes(TimeDelta::days(90));
        // Whoever removes just then finds nothing left; both sides hear of the end all the same.
        app.global_admin().await.posts(&path, &[]).await.is(303);
        looks(&app, None).await;
        assert_eq!(heard(&app, MailKind::RolesEnded), both(&app, 1));
        assert_eq!(heard(&app, MailKind::RolesRemoved), both(&app, 1));
        app.verified();
    }
}
