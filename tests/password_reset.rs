//! A forgotten password: what a person notices, and what somebody who guesses doesn't.

use chrono::TimeDelta;
use entente::work::{outbox::MailKind, sweep::sweep};

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    db::Backend,
    page::{Page, is_signed_out},
    seed::PASSWORD,
};

const NEW: &str = "harbour lantern quilt meadow";

async fn asks(actor: &Actor, email: &str) -> Page {
    actor.posts("/password-reset", &[("email", email)]).await
}

async fn sets(actor: &Actor, link: &str, new: &str) -> Page {
    actor.posts(link, &[("new", new), ("again", new)]).await
}

on_both! {
    async fn asking_looks_the_same_whatever_the_account(app: TestApp) {
        let email = |persona| app.world().person(persona).email.clone();
        app.disables(Persona::Member);
        app.db().run(&format!("UPDATE people SET password_hash = NULL WHERE email = '{}'", email(Persona::SalesAgent))).unwrap();
        app.suspends(app.world().q.id);
        let cases = [
            email(Persona::BillingAdmin),
            "nobody@hautmont.example".to_owned(),
            email(Persona::Member),
            email(Persona::SalesAgent),
            email(Persona::OtherAgent),
            "nobody@nowhere.example".to_owned(),
        ];
        let mut seen = Vec::new();
        for email in &cases {
            let visitor = app.anonymous();
            let page = asks(&visitor, email).await;
            let mut headers: Vec<String> = page.headers.iter().map(|(k, v)| format!("{k}: {}", v.to_str().unwrap())).collect();
            headers.sort();
            let then = visitor.opens(&page.location()).await;
            seen.push((page.status, headers, page.html(), then.html()));
        }
        for (other, email) in seen[1..].iter().zip(&cases[1..]) {
            assert_eq!(&seen[0], other, "{email}");
        }
        assert_eq!(seen[0].0, 303);
        assert!(!seen[0].1.iter().any(|line| line.starts_with("set-cookie")), "{:?}", seen[0].1);
        let mails = app.mails_of(MailKind::PasswordReset);
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [cases[0].as_str()]);
    }

    async fn a_link_sets_the_password_once_and_ends_every_session(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let browsers = [app.billing_admin().await, app.billing_admin().await, app.billing_admin().await];
        let other = app.global_admin().await;
        let visitor = app.anonymous();
        let page = visitor.opens("/sign-in").await;
        assert!(page.links().iter().any(|link| link == "/password-reset"));
        asks(&visitor, &format!(" {} ", email.to_uppercase())).await.is(303);
        let link = app.reset_link();
        // Nothing is reached without the mail, and opening changes nothing.
        sets(&visitor, &format!("/password-reset/{}", "A".repeat(43)), NEW).await.is(404);
        sets(&visitor, "/password-reset/anything", NEW).await.is(404);
        let before = app.db().everything();
        for _ in 0..3 {
            let page = visitor.opens(&link).await;
            page.is(200).says("Set a new password");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            visitor.heads(&link).await.is(200);
        }
        assert_eq!(app.db().everything(), before);
        browsers[0].opens("/settings").await.is(200);

        let done = sets(&visitor, &link, NEW).await;
        done.is(303);
        visitor.opens(&done.location()).await.is(200).says("Your new password is set");
        for browser in &browsers {
            is_signed_out(&browser.opens("/settings").await);
        }
        other.opens("/settings").await.is(200);
        app.anonymous().posts("/sign-in", &[("email", &email), ("password", PASSWORD)]).await.is(422);
        app.anonymous().posts("/sign-in", &[("email", &email), ("password", NEW)]).await.is(303);
        // Used up, for whoever found it.
        visitor.opens(&link).await.is(404).says("doesn’t work any more");
        sets(&visitor, &link, "violin meadow candle quilt").await.is(404);
        app.anonymous().posts("/sign-in", &[("email", &email), ("password", NEW)]).await.is(303);
        let mails = app.mails_of(MailKind::PasswordChanged);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, email);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'person.password_reset'"), 1);
        app.verified();
    }

    async fn the_newest_link_alone_works_and_for_an_hour(app: TestApp) {
        let first = format!("/password-reset/{}", app.resets(Persona::Member));
        app.passes(TimeDelta::minutes(20));
        let second = format!("/password-reset/{}", app.resets(Persona::Member));
        assert_ne!(first, second);
        assert_eq!(app.mails_of(MailKind::PasswordReset).len(), 1, "the dead link doesn't go out");
        let visitor = app.anonymous();
        sets(&visitor, &first, NEW).await.is(404);
        app.passes(TimeDelta::minutes(60) - TimeDelta::seconds(1));
        visitor.opens(&second).await.is(200);
        app.passes(TimeDelta::seconds(1));
        visitor.opens(&second).await.is(404);
        sets(&visitor, &second, NEW).await.is(404);
        let now = app.now();
        app.state().db.write_here(|conn| sweep(conn, now)).unwrap();
        assert_eq!(app.db().count("SELECT count(*) FROM password_resets"), 0);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'person.password_reset'"), 0);
    }

    async fn a_link_is_nobodys_once_the_account_is_disabled(app: TestApp) {
        let link = format!("/password-reset/{}", app.resets(Persona::Member));
        app.disables(Persona::Member);
        app.anonymous().opens(&link).await.is(404);
        sets(&app.anonymous(), &link, NEW).await.is(404);
    }

    async fn a_mistake_in_the_form_keeps_the_link(app: TestApp) {
        let link = format!("/password-reset/{}", app.resets(Persona::BillingAdmin));
        let visitor = app.anonymous();
        for bad in ["", "fourteen chars", "hautmonthautmont", "mariedelorme12345", "passwordpassword"] {
            let page = sets(&visitor, &link, bad).await;
            page.is(422);
            assert!(bad.is_empty() || !page.html().contains(bad), "a password is shown");
        }
        visitor.posts(&link, &[("new", NEW), ("again", "harbour lantern quilt meadoW")]).await.is(422);
        sets(&visitor, &link, NEW).await.is(303);
    }

    async fn what_is_no_address_comes_back_beside_the_field(app: TestApp) {
        for typed in ["", "a@x.example,b@x.example", "a@x.example;b@x.example", "nobody"] {
            let page = asks(&app.anonymous(), typed).await;
            page.is(422);
            assert_eq!(page.attributes("#email", "value"), [typed]);
        }
        assert!(app.mails().is_empty());
    }

    async fn nobody_fills_a_mailbox_or_asks_without_end(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        for known in [email.as_str(), "nobody@nowhere.example"] {
            for _ in 0..3 {
                asks(&app.anonymous(), known).await.is(303);
            }
            let refused = asks(&app.anonymous(), &known.to_uppercase()).await;
            refused.is(429);
            assert!(!refused.header("retry-after").is_empty());
        }
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE kind = 'password_reset'"), 3);
        let mut answered = 6;
        for round in 0..40 {
            let page = asks(&app.anonymous(), &format!("nobody{round}@nowhere.example")).await;
            answered += i32::from(page.status == 303);
        }
        assert_eq!(answered, 30);
        app.passes(TimeDelta::minutes(15));
        asks(&app.anonymous(), &email).await.is(303);
    }
}

#[test]
fn where_no_mail_is_sent_the_page_says_whom_to_ask() {
    let setup = || Setup {
        mail: false,
        ..Setup::default()
    };
    run_with(Backend::Sqlite, setup, async |app| {
        let visitor = app.anonymous();
        let page = visitor.opens("/password-reset").await;
        page.is(200)
            .says("No mail is sent from here")
            .says("Example operator");
        assert!(page.attributes("form", "action").is_empty());
        asks(&visitor, &app.world().person(Persona::Member).email)
            .await
            .is(200)
            .says("No mail is sent from here");
        assert!(app.mails().is_empty());
    });
}
