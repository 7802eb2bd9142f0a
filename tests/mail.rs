//! Mail goes out: to the right server, once, and only while it is true.

use std::{sync::atomic::AtomicBool, time::Duration};

use chrono::TimeDelta;
use diesel::prelude::*;
use entente::{
    access::guards::AdminAgent,
    config::mail::{Encryption, MailServer},
    db::{DbConn, schema::*, types::Ts},
    domain::{
        Instant, InvitationId, Language, PasswordResetId, RelationshipId,
        relationship::RelationshipType, token::Token,
    },
    error::Error,
    id::Id,
    web::site::Site,
    work::{
        delivery::{self, Delivery, Fault},
        mail::Mailer,
        outbox::{self, Letter, MailKind, NewMail, Waiting},
    },
};
use serde_json::json;

use crate::support::{
    TestApp,
    cast::Persona,
    mail_server::{Authority, Does, Sink, SmtpServer, Stage, account, at, verified},
    scene::{Ask, Invited},
};

/// A letter in the fewest words. Some addresses stand for letters that can't be written.
fn letter(waiting: &Waiting, _: &Site) -> Result<Letter, Error> {
    if waiting.recipient.starts_with("unwritten@") {
        return Err(Error::internal("no words"));
    }
    assert!(!waiting.recipient.starts_with("panics@"), "a bug");
    let text = waiting.link.clone().unwrap_or_default();
    Ok(Letter {
        subject: waiting.kind.to_string(),
        html: format!("<p>{text}</p>"),
        text,
    })
}

fn mailer(app: &TestApp, server: &MailServer) -> Mailer {
    let state = app.state().clone();
    let (base, own) = ((state.db, state.clock), (state.site, state.secret));
    let mailer = Mailer::new(server, base, own, letter).unwrap();
    mailer.with_patience(Duration::from_secs(3))
}

/// One look at the outbox by a worker that had been set up before.
async fn drains(app: &TestApp, server: &MailServer) -> bool {
    let mailer = mailer(app, server);
    mailer.set_up().await;
    mailer.round(&AtomicBool::new(false)).await.is_ok()
}

fn writes(app: &TestApp, recipient: &str) {
    writes_about(app, MailKind::PasswordChanged, recipient, None);
}

fn writes_about(
    app: &TestApp,
    kind: MailKind,
    recipient: &str,
    relationship: Option<RelationshipId>,
) {
    let mail = NewMail {
        kind,
        recipient,
        language: Language::En,
        tenant: None,
        partner: None,
        invitation: None,
        relationship,
        person: None,
        facts: json!({}),
        secret_link: None,
        once: None,
    };
    let now = app.now();
    let write = |conn: &mut DbConn| outbox::enqueue(conn, &mail, now);
    app.state().db.write_here(write).unwrap();
}

/// State and reason of the mail to an address.
fn state(app: &TestApp, recipient: &str) -> String {
    let told = app.db().ask(&format!(
        "SELECT state || ' ' || COALESCE(last_error, '') AS answer FROM outgoing_mail WHERE recipient = '{recipient}'"
    ));
    told.join("\n").trim().to_owned()
}

fn delivery(app: &TestApp, id: InvitationId) -> Option<Delivery> {
    let read = |conn: &mut DbConn| {
        let scope = app.guard::<AdminAgent>(conn, Persona::AdminAgent)?.scope();
        delivery::of_invitation(conn, scope, id)
    };
    app.state().db.read_here(read).unwrap()
}

/// An invitation to an address.
fn invites(app: &TestApp, email: &str, kind: RelationshipType) -> Invited {
    let mut ask = app.ask_for(kind);
    ask.to = app.to_email(email);
    app.invites(&ask)
}

const MANAGES: RelationshipType = RelationshipType::DelegatedAdministrator;

on_both! {
    async fn an_invitation_arrives_once_over_verified_encryption(app: TestApp) {
        let authority = Authority::new();
        let files = authority.signs("localhost");
        let server = SmtpServer::with_account(&files, "entente", "p4ss word");
        let invited = invites(&app, "marie@nobody.example", MANAGES);
        assert_eq!(delivery(&app, invited.id), Some(Delivery::Queued(None)));
        let mut settings = verified(server.port, &authority);
        settings.account = Some(account("entente", "p4ss word"));
        for _ in 0..2 {
            assert!(drains(&app, &settings).await);
        }
        let mails = server.mails();
        assert_eq!(mails.len(), 1, "{mails:?}");
        let mail = &mails[0];
        assert!(mail.encrypted && mail.signed_in);
        assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("entente@entente.example", &["marie@nobody.example".to_owned()][..]));
        assert!(mail.data.replace("=\r\n", "").replace("=\n", "").contains(&invited.link()), "{}", mail.data);
        assert!(mail.header("Message-ID").ends_with("@entente>") && mail.header("From").contains("Example operator"));
        assert_eq!(delivery(&app, invited.id), Some(Delivery::HandedOver(app.now())));
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE sealed_link IS NOT NULL OR facts <> '{}'"), 0, "neither link nor words are kept");
        let other = |conn: &mut DbConn| {
            let scope = app.guard::<AdminAgent>(conn, Persona::OtherAgent)?.scope();
            delivery::of_invitation(conn, scope, invited.id)
        };
        assert_eq!(app.state().db.read_here(other).unwrap(), None, "another partner's");
        let implicit = SmtpServer::implicit(&files);
        writes(&app, "implicit@nobody.example");
        let settings = MailServer { encryption: Encryption::Implicit, ..verified(implicit.port, &authority) };
        assert!(drains(&app, &settings).await);
        assert!(implicit.mails()[0].encrypted);
    }

    async fn a_server_that_is_not_who_it_should_be_gets_nothing(app: TestApp) {
        let authority = Authority::new();
        let wrong_name = SmtpServer::starttls(&authority.signs("other.example"));
        let self_signed = SmtpServer::starttls(&authority.leaves_alone("localhost"));
        let at_once = SmtpServer::implicit(&authority.signs("other.example"));
        let stripped = Sink::starts();
        let broken = Sink::offering(true);
        writes(&app, "kept@nobody.example");
        let mut operator = app.signed_in(Persona::Operator).await;
        let starttls = |port| verified(port, &authority);
        let implicit = MailServer { encryption: Encryption::Implicit, ..starttls(at_once.port) };
        let all = [starttls(wrong_name.port), starttls(self_signed.port), implicit, starttls(stripped.port), starttls(broken.port)];
        for (index, settings) in all.iter().enumerate() {
            app.db().run("UPDATE outgoing_mail SET last_error = NULL").unwrap();
            assert!(!drains(&app, settings).await, "{index}");
            assert!(state(&app, "kept@nobody.example").starts_with("queued insecure"), "{index}: {}", state(&app, "kept@nobody.example"));
            operator.opens("/operator/mail?state=waiting").await.is(200).says("isn’t secure");
        }
        assert!(wrong_name.mails().is_empty() && self_signed.mails().is_empty() && at_once.mails().is_empty());
        for sink in [&stripped, &broken] {
            assert_eq!((sink.reached(Stage::From), sink.mails().len()), (0, 0));
        }
        let right = SmtpServer::starttls(&authority.signs("localhost"));
        assert!(drains(&app, &starttls(right.port)).await);
        assert_eq!(right.mails().len(), 1);
        operator = app.signed_in(Persona::Operator).await;
        operator.opens("/operator/mail?state=waiting").await.says("No mail waits");
    }

    async fn trouble_with_the_server_keeps_every_mail_and_nobody_from_working(app: TestApp) {
        let sink = Sink::starts();
        let names = ["one", "two", "three"].map(|name| format!("{name}@nobody.example"));
        for name in &names {
            writes(&app, name);
        }
        let relationship = app.related();
        let invited = app.invites(&app.ask_for(RelationshipType::Advisor));
        let closed = at(1);
        assert!(!drains(&app, &closed).await);
        assert!(state(&app, &names[0]).starts_with("queued unreachable"), "{}", state(&app, &names[0]));
        let troubles = [
            (Stage::Greeting, Does::Says("421 too busy"), "later"),
            (Stage::Greeting, Does::Closes, "unreachable"),
            (Stage::Greeting, Does::Hangs, "slow"),
            (Stage::Hello, Does::Says("421 going down"), "later"),
            (Stage::From, Does::Says("530 sign in first"), "sign_in"),
            (Stage::Data, Does::Says("421 going down"), "later"),
            (Stage::Data, Does::Closes, "unreachable"),
        ];
        for (stage, does, why) in troubles {
            app.passes(TimeDelta::minutes(5));
            app.db().run("UPDATE outgoing_mail SET last_error = NULL").unwrap();
            sink.at(stage, does);
            assert!(!drains(&app, &at(sink.port)).await, "{stage:?}");
            let waiting = app.db().count("SELECT count(*) FROM outgoing_mail WHERE state <> 'queued'");
            assert_eq!(waiting, 0, "{stage:?}");
            let told = format!("SELECT count(*) FROM outgoing_mail WHERE last_error LIKE '{why}%'");
            assert!(app.db().count(&told) >= 1, "{stage:?}: {}", state(&app, &names[0]));
        }
        // Somebody accepts and removes while a server says nothing.
        app.passes(TimeDelta::minutes(5));
        sink.at(Stage::Data, Does::Hangs);
        let admin = app.global_admin().await;
        let (hanging, server) = (app.clone(), at(sink.port));
        let draining = actix_web::rt::spawn(async move { drains(&hanging, &server).await });
        while sink.reached(Stage::Data) == 0 {
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        let page = admin.opens(&invited.review()).await;
        let form = page.form("Authorize partner");
        admin.posts(&invited.acceptance(), &pairs(&form.with(&[("consent", "yes")]))).await.is(303);
        let removal = format!("/billing/partner-relationships/{relationship}/role-removal");
        admin.posts(&removal, &[]).await.is(303);
        assert!(!draining.is_finished());
        assert!(!draining.await.unwrap());
        sink.recovers();
        app.passes(TimeDelta::minutes(1));
        assert!(drains(&app, &at(sink.port)).await, "all is due within a minute");
        for name in &names {
            assert_eq!(state(&app, name), "handed_over");
        }
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE state = 'queued'"), 0);
    }

    async fn what_is_refused_for_good_is_parked_and_holds_nobody_up(app: TestApp) {
        let sink = Sink::starts();
        writes(&app, "no-such@nobody.example");
        sink.at(Stage::To, Does::Says("550 5.1.1 no such user, see https://mx.example/x?t=SECRET"));
        assert!(drains(&app, &at(sink.port)).await);
        assert_eq!(state(&app, "no-such@nobody.example"), "parked refused: 550 5.1.1 no such user, see [...]");
        sink.recovers();
        for poison in ["unwritten@nobody.example", "panics@nobody.example", "a@x.example,b@x.example", "a@x.example;b@x.example", "all: a@x.example, b@x.example;"] {
            writes(&app, poison);
        }
        let sealed = invites(&app, "sealed@nobody.example", MANAGES);
        app.db().run("UPDATE outgoing_mail SET facts = '{' WHERE recipient = 'panics@nobody.example'").unwrap();
        writes(&app, "panics@nobody.example");
        writes(&app, "good@nobody.example");
        let other = entente::secret::Secret::new("another secret that only the tests of Entente know 0123").unwrap();
        let s = app.state().clone();
        let stranger = Mailer::new(&at(sink.port), (s.db, s.clock), (s.site, other), letter).unwrap();
        assert!(stranger.round(&AtomicBool::new(false)).await.is_ok());
        assert_eq!(state(&app, "good@nobody.example"), "handed_over");
        assert_eq!(sink.mails().len(), 1, "only what has one address: {:?}", sink.mails());
        assert!(sink.mails().iter().all(|mail| mail.to.len() == 1));
        assert_eq!(delivery(&app, sealed.id), Some(Delivery::Parked(app.now(), Fault::Sealed)));
        assert!(state(&app, "unwritten@nobody.example").starts_with("parked unwritten"));
        assert!(state(&app, "panics@nobody.example").lines().all(|it| it.starts_with("parked unwritten")));
        assert!(state(&app, "a@x.example,b@x.example").starts_with("parked address"));
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE sealed_link IS NOT NULL"), 0);
    }

    async fn what_is_put_off_is_tried_less_and_less_and_parked_in_the_end(app: TestApp) {
        let sink = Sink::starts();
        writes(&app, "grey@nobody.example");
        sink.at(Stage::To, Does::Says("450 4.2.0 come again"));
        let mut tries = 0;
        while state(&app, "grey@nobody.example") != "parked later: 450 4.2.0 come again" {
            assert!(drains(&app, &at(sink.port)).await, "others are not held up");
            assert!(drains(&app, &at(sink.port)).await, "and nothing is due at once");
            tries += 1;
            assert_eq!(sink.reached(Stage::To), tries);
            assert!(tries <= 12, "{}", state(&app, "grey@nobody.example"));
            app.passes(TimeDelta::hours(6));
        }
        assert_eq!(tries, 12);
    }

    async fn nothing_out_of_date_is_sent(app: TestApp) {
        let sink = Sink::starts();
        let server = at(sink.port);
        let to = |n: usize| format!("n{n}@nobody.example");
        let invited: Vec<Invited> = (0..10)
            .map(|n| {
                let life = if n == 7 { TimeDelta::minutes(1) } else { TimeDelta::days(30) };
                app.invites(&Ask { life, to: app.to_email(&to(n)), ..app.ask() })
            })
            .collect();
        assert!(!drains(&app, &at(1)).await, "the server is down");
        for one in &invited[..6] {
            app.withdraws(one);
        }
        // Killed by a newer link; the eighth runs out by itself.
        let seventh = invited[6].id.to_string().replace('-', "");
        let of = app.db().hex("invitation_id");
        app.db().run(&format!("UPDATE invitation_tokens SET killed_at = created_at WHERE {of} = '{seventh}'")).unwrap();
        let relationship = app.related();
        writes_about(&app, MailKind::RolesEnding, "ending@nobody.example", Some(relationship));
        writes_about(&app, MailKind::RolesEnded, "ended@nobody.example", Some(relationship));
        app.global_admin().await.posts(&format!("/billing/partner-relationships/{relationship}/role-removal"), &[]).await.is(303);
        resets(&app, "old@nobody.example", true);
        resets(&app, "new@nobody.example", false);
        app.passes(TimeDelta::minutes(2));
        assert!(drains(&app, &server).await);
        let mut went: Vec<String> = sink.mails().iter().flat_map(|mail| mail.to.clone()).filter(|to| to.ends_with("@nobody.example")).collect();
        went.sort();
        assert_eq!(went, ["ended@nobody.example", "n8@nobody.example", "n9@nobody.example", "new@nobody.example"]);
        for gone in ["n0@nobody.example", "n5@nobody.example", "n6@nobody.example", "n7@nobody.example", "ending@nobody.example", "old@nobody.example"] {
            assert!(state(&app, gone).starts_with("obsolete"), "{gone}: {}", state(&app, gone));
        }
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE sealed_link IS NOT NULL"), 0);
    }

    async fn what_waited_for_more_than_a_day_is_parked_when_mail_is_first_set_up(app: TestApp) {
        let sink = Sink::starts();
        writes(&app, "old@nobody.example");
        let invited = invites(&app, "invited@nobody.example", MANAGES);
        app.passes(TimeDelta::hours(25));
        writes(&app, "new@nobody.example");
        assert!(drains(&app, &at(sink.port)).await);
        assert_eq!(state(&app, "old@nobody.example"), "parked stale");
        assert_eq!(delivery(&app, invited.id), Some(Delivery::Parked(app.now(), Fault::Stale)));
        assert_eq!(state(&app, "new@nobody.example"), "handed_over");
        // Later on a day is nothing; but nobody expects mail from last week.
        for (recipient, days) in [("two-days@nobody.example", 2), ("week@nobody.example", 7)] {
            writes(&app, recipient);
            app.passes(TimeDelta::days(days));
            assert!(drains(&app, &at(sink.port)).await);
        }
        assert_eq!(state(&app, "two-days@nobody.example"), "handed_over");
        assert_eq!(state(&app, "week@nobody.example"), "parked stale");
    }

    async fn a_mail_is_one_workers_until_its_lease_ends(app: TestApp) {
        let sink = Sink::starts();
        writes(&app, "leased@nobody.example");
        sink.at(Stage::Whole, Does::Hangs);
        let server = at(sink.port);
        let first = drains(&app, &server);
        let second = async {
            while sink.reached(Stage::Whole) == 0 {
                actix_web::rt::time::sleep(Duration::from_millis(10)).await;
            }
            drains(&app, &server).await
        };
        let (first, second) = Box::pin(futures_util::future::join(first, second)).await;
        assert!(!first && second, "the second finds nothing to do");
        sink.recovers();
        app.passes(TimeDelta::minutes(1));
        assert!(drains(&app, &at(sink.port)).await);
        let ids: Vec<String> = sink.mails().iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), 2, "it hung after it had all of the mail");
        assert_eq!(ids[0], ids[1], "the same for ever");
        assert_eq!(sink.mails()[0].header("Date"), sink.mails()[1].header("Date"));
    }

    async fn an_operator_sees_what_is_parked_and_sends_it_again(app: TestApp) {
        let sink = Sink::starts();
        let operator = app.signed_in(Persona::Operator).await;
        operator.opens("/operator/mail").await.is(200).says("No mail is parked").says_no("No mail server");
        sink.at(Stage::To, Does::Says("550 no such user"));
        writes(&app, "one@nobody.example");
        writes(&app, "two@nobody.example");
        let invited = invites(&app, "three@nobody.example", MANAGES);
        assert!(drains(&app, &at(sink.port)).await);
        assert_eq!(delivery(&app, invited.id), Some(Delivery::Parked(app.now(), Fault::Refused)));
        sink.recovers();
        let page = operator.opens("/operator/mail").await;
        page.says("3 parked, 0 waiting").says("550 no such user").says("one@nobody.example").says("its link is gone").says_no("No mail server");
        assert_eq!(page.buttons().iter().filter(|button| button.starts_with("Send again")).count(), 2);
        let one = app.db().ask(&format!("SELECT {} AS answer FROM outgoing_mail WHERE recipient = 'one@nobody.example'", app.db().hex("id")));
        let one: uuid::Uuid = one[0].parse().unwrap();
        let answer = operator.posts(&format!("/operator/mail/{one}/retry"), &[]).await;
        answer.is(303);
        operator.opens(&answer.location()).await.is(200).says("1 mail waits to be sent").says("2 parked");
        operator.posts(&format!("/operator/mail/{one}/retry"), &[]).await.is(409);
        operator.posts("/operator/mail/retry", &[]).await.is(303);
        assert!(drains(&app, &at(sink.port)).await);
        assert_eq!(sink.mails().len(), 2);
        operator.opens("/operator/mail").await.says("1 parked, 0 waiting");
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'mail.retried'"), 2);
        app.verified();
    }
}

/// A link by which a password is set, asked for and perhaps used already, and its mail.
fn resets(app: &TestApp, email: &str, used: bool) {
    let now = app.now();
    let token = Token::from_random(&[u8::from(used); 32]);
    let persona = if used {
        Persona::Member
    } else {
        Persona::BillingAdmin
    };
    let person = app.world().person(persona).id;
    let closed = used.then(|| Ts::from(now));
    let link = app
        .state()
        .site
        .link(&format!("/password/{}", token.reveal()));
    let write = |conn: &mut DbConn| {
        let id: PasswordResetId = Id::at(now);
        diesel::insert_into(password_resets::table)
            .values((
                password_resets::id.eq(id),
                password_resets::person_id.eq(person),
                password_resets::token_hash.eq(token.hash().to_vec()),
                password_resets::created_at.eq(Ts::from(now)),
                password_resets::expires_at.eq(Ts::from(in_an_hour(now))),
                password_resets::closed_at.eq(closed),
            ))
            .execute(conn)?;
        let mail = NewMail {
            kind: MailKind::PasswordReset,
            recipient: email,
            language: Language::En,
            tenant: None,
            partner: None,
            invitation: None,
            relationship: None,
            person: Some(person),
            facts: json!({}),
            secret_link: Some((&app.state().secret, &link)),
            once: None,
        };
        outbox::enqueue(conn, &mail, now)
    };
    app.state().db.write_here(write).unwrap();
}

fn in_an_hour(now: Instant) -> Instant {
    now + TimeDelta::hours(1)
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect()
}
