//! A newer version of the agreement: what changed, whom it asks, until when, and who is told.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entente::{
    domain::{Instant, relationship::RelationshipType},
    work::{
        outbox::MailKind,
        renewals::{Told, round, still_asked},
    },
};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    issue::Issue,
};

const YES: [(&str, &str); 1] = [("consent", "yes")];
const PAGE: &str = "/billing/agreement";

async fn accepts(actor: &Actor) {
    let page = actor.opens(PAGE).await;
    actor.presses(page.is(200), "Accept", &YES).await.is(303);
}

fn asks(page: &crate::support::page::Page) -> bool {
    page.is(200).buttons().contains(&"Accept".to_owned())
}

/// A material version whose date is so many days ahead.
fn dated(app: &TestApp, days: i64) -> Issue {
    Issue {
        until: Some(app.now() + TimeDelta::days(days)),
        sources: ["Sample\n\n## 2. Orders\n\nPay within 14 days.", "Exemple"],
        changes: [
            Some("Section 2 is new.\nPay <b>sooner</b>."),
            Some("L’article 2 est nouveau."),
        ],
        ..Issue::default()
    }
}

async fn looks(app: &TestApp, told: &Told) -> Told {
    round(&app.state().db, told, &app.state().clock)
        .await
        .unwrap()
}

/// How many mails each address got.
fn heard(app: &TestApp) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for mail in app.mails_of(MailKind::AgreementRenewal) {
        *told.entry(mail.to).or_default() += 1;
    }
    told
}

/// So many to each administrator of the tenant.
fn both(app: &TestApp, times: usize) -> BTreeMap<String, usize> {
    [Persona::BillingAdmin, Persona::GlobalAdmin]
        .map(|who| (app.world().person(who).email.clone(), times))
        .into()
}

on_both! {
    async fn whoever_accepts_anew_reads_what_changed_and_what_the_operator_says_of_it(app: TestApp) {
        let marie = app.billing_admin().await;
        accepts(&marie).await;
        assert!(!asks(&marie.opens(PAGE).await));
        let (first, second) = (app.world().version, app.issues(&dated(&app, 60)));
        let page = marie.opens(PAGE).await;
        assert!(asks(&page), "it can be accepted before the date");
        page.says("suffices until").says("21 January 2027");
        page.says("Section 2 is new.").says("Pay <b>sooner</b>.").says_no("Purchases are on hold");
        let link = page.links().into_iter().find(|link| link.contains("/changes?")).unwrap();
        assert!(link.starts_with(&format!("/agreements/{second}/changes?from={first}&")), "{link}");
        let changes = marie.opens(&link).await;
        changes.is(200).says("2 parts added").says("nothing removed");
        assert_eq!(changes.texts("ins"), ["2. Orders", "Pay within 14 days."]);
        assert!(changes.texts("del").is_empty());
        assert_eq!(changes.attributes(".diff-side", "lang"), ["en", "en"]);
        let back = changes.links().into_iter().find(|link| link == PAGE);
        assert!(back.is_some(), "{:?}", changes.links());
        let french = app.global_admin().await.opens(&format!("{link}&lang=fr")).await;
        assert_eq!(french.is(200).attributes(".diff-side", "lang"), ["fr", "fr"]);
        accepts(&marie).await;
        let page = marie.opens(PAGE).await;
        assert!(!asks(&page));
        page.says_no("Section 2 is new.");
        app.verified();
    }

    async fn only_published_versions_of_one_agreement_are_compared(app: TestApp) {
        let marie = app.billing_admin().await;
        let first = app.world().version;
        let page = marie.opens(&format!("/agreements/{first}/changes")).await;
        page.is(200).says("This is the first version");
        let second = app.issues(&Issue::default());
        marie.opens(&format!("/agreements/{second}/changes")).await.is(200).says("say the same in the same words");
        for bad in ["x", &app.world().agreement.to_string(), &app.world().own.id.to_string()] {
            marie.opens(&format!("/agreements/{second}/changes?from={bad}")).await.is(404);
        }
        app.anonymous().opens(&format!("/agreements/{second}/changes")).await.is(303);
        let away = marie.opens(&format!("/agreements/{second}/changes?back=https://evil.example")).await;
        assert!(!away.is(200).links().concat().contains("evil.example"));
    }

    async fn the_changes_of_every_version_since_are_told_the_newest_first(app: TestApp) {
        let marie = app.billing_admin().await;
        accepts(&marie).await;
        for (number, words) in [(2, "First change"), (3, "Second change"), (4, "Third change")] {
            app.issues(&Issue { number, changes: [Some(words), None], ..Issue::default() });
        }
        let page = marie.opens(PAGE).await;
        assert_eq!(page.texts("blockquote"), ["Third change", "Second change", "First change"]);
        // Beside an invitation, where the box is.
        let invited = app.invited();
        let review = marie.opens(&invited.review()).await;
        assert_eq!(review.is(200).texts("blockquote"), ["Third change", "Second change", "First change"]);
        assert!(review.links().iter().any(|link| link.contains("/changes?from=")));
        marie.presses(&review, "Accept & authorize", &YES).await.is(303);
        let next = marie.opens(&app.invites(&app.ask_for(RelationshipType::Advisor)).review()).await;
        next.is(200).says_no("Third change");
    }

    async fn home_and_the_list_say_until_when_an_acceptance_suffices(app: TestApp) {
        app.related();
        let anne = app.global_admin().await;
        let pages = ["/", "/billing/partner-relationships"];
        for page in pages {
            anne.opens(page).await.is(200).says_no("A newer Customer Agreement is there");
        }
        app.issues(&dated(&app, 60));
        for page in pages {
            let page = anne.opens(page).await;
            page.is(200).says("A newer Customer Agreement is there").says("21 January 2027");
            assert!(page.links().iter().any(|link| link == PAGE));
        }
        app.passes(TimeDelta::days(61));
        let anne = app.global_admin().await;
        for page in pages {
            anne.opens(page).await.is(200).says("Nobody can authorize a partner without accepting it");
        }
        accepts(&anne).await;
        for page in pages {
            anne.opens(page).await.is(200).says_no("A newer Customer Agreement is there");
        }
    }

    async fn after_its_date_a_version_blocks_what_needs_the_agreement_and_nothing_else(app: TestApp) {
        let relationship = app.related();
        app.issues(&dated(&app, 60));
        let place = |id| format!("/billing/partner-relationships/{id}");
        // One moment before, what was accepted suffices.
        app.passes(TimeDelta::days(60) - TimeDelta::microseconds(1));
        let anne = app.global_admin().await;
        let advisor = app.invites(&app.ask_for(RelationshipType::Advisor));
        let review = anne.opens(&advisor.review()).await;
        review.is(200).says_no("What changed since");
        anne.presses(&review, "Authorize partner", &[]).await.is(303);
        // Loaded before, sent after.
        let extended = app.invited();
        let review = anne.opens(&extended.review()).await;
        app.passes(TimeDelta::microseconds(1));
        anne.presses(&review, "Authorize partner", &[]).await.is(409);
        let review = anne.opens(&extended.review()).await;
        anne.presses(&review, "Accept & authorize", &[]).await.is(422);
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 1);
        // Reading and removing go on.
        for page in ["/", "/billing/partner-relationships", "/audit-log", &place(relationship)] {
            anne.opens(page).await.is(200);
        }
        anne.posts(&format!("{}/role-removal", place(relationship)), &[]).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'live'"), 0);
        anne.presses(&review, "Accept & authorize", &YES).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM grants WHERE state = 'live'"), 1);
        app.verified();
    }

    async fn each_administrator_is_written_to_when_it_comes_out_and_a_week_before_the_date(app: TestApp) {
        app.related();
        app.issues(&dated(&app, 60));
        let (mut told, mut days) = (Told::new(), Vec::new());
        for day in 0..70 {
            let before = app.mails_of(MailKind::AgreementRenewal).len();
            told = looks(&app, &told).await;
            if app.mails_of(MailKind::AgreementRenewal).len() > before {
                days.push(day);
            }
            app.passes(TimeDelta::days(1));
        }
        assert_eq!(days, [0, 53]);
        // Not to members, and not to the tenant that accepted nothing.
        assert_eq!(heard(&app), both(&app, 2));
        let mails = app.mails_of(MailKind::AgreementRenewal);
        assert_eq!(mails[0].letter.subject, "A newer Microsoft Customer Agreement asks Hautmont School Group to accept it");
        assert_eq!(mails[3].letter.subject, "7 days left for Hautmont School Group to accept the newer Microsoft Customer Agreement");
        for mail in mails {
            assert!(mail.letter.text.contains("> Section 2 is new."), "{}", mail.letter.text);
            assert!(mail.letter.text.contains("/billing/agreement") && mail.letter.text.contains("21\u{a0}January\u{a0}2027"), "{}", mail.letter.text);
        }
    }

    async fn replicas_and_starts_tell_it_once_and_a_version_that_asks_nothing_is_told_to_nobody(app: TestApp) {
        app.related();
        app.issues(&Issue { material: false, ..Issue::default() });
        looks(&app, &Told::new()).await;
        assert!(heard(&app).is_empty());
        app.issues(&Issue { number: 3, ..Issue::default() });
        let replicas = (0..4).map(|_| async { looks(&app, &Told::new()).await });
        futures_util::future::join_all(replicas).await;
        looks(&app, &Told::new()).await;
        assert_eq!(heard(&app), both(&app, 1));
        let mail = &app.mails_of(MailKind::AgreementRenewal)[0];
        assert!(mail.letter.text.contains("Until this version is accepted"), "{}", mail.letter.text);
        // What comes out later is told too.
        app.issues(&Issue { number: 4, ..Issue::default() });
        looks(&app, &Told::new()).await;
        assert_eq!(heard(&app), both(&app, 2));
    }

    async fn a_french_administrator_reads_it_in_french(app: TestApp) {
        app.related();
        app.db().run("UPDATE people SET language = 'fr'").unwrap();
        app.issues(&dated(&app, 5));
        looks(&app, &Told::new()).await;
        assert_eq!(heard(&app), both(&app, 1), "it came out within the last week: once");
        let letter = &app.mails_of(MailKind::AgreementRenewal)[0].letter;
        assert!(letter.subject.starts_with("Contrat client Microsoft\u{a0}: une nouvelle version"), "{}", letter.subject);
        assert!(letter.text.contains("> L’article 2 est nouveau."), "{}", letter.text);
    }

    async fn nobody_is_written_to_who_has_accepted_meanwhile_or_may_not_any_more(app: TestApp) {
        app.related();
        app.issues(&dated(&app, 60));
        looks(&app, &Told::new()).await;
        let mails = app.mails_of(MailKind::AgreementRenewal);
        let holds = |now: Instant| -> Vec<bool> {
            let read = |conn: &mut entente::db::DbConn| {
                let each = mails.iter().map(|mail| still_asked(conn, &mail.waiting, now));
                each.collect::<Result<Vec<bool>, _>>()
            };
            app.state().db.read_here(read).unwrap()
        };
        assert_eq!(holds(app.now()), [true, true]);
        assert_eq!(holds(app.now() + TimeDelta::days(60)), [false, false], "the date that it tells has passed");
        app.demotes(Persona::BillingAdmin);
        assert_eq!(holds(app.now()).iter().filter(|holds| **holds).count(), 1);
        accepts(&app.global_admin().await).await;
        assert_eq!(holds(app.now()), [false, false]);
        app.passes(TimeDelta::days(55));
        looks(&app, &Told::new()).await;
        assert_eq!(heard(&app).values().sum::<usize>(), 2, "nothing a week before the date");
    }
}
