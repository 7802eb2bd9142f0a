//! What nobody gets around: clocks that differ, employers, leaving, and one's own ceiling.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::{connection::SimpleConnection, prelude::*};
use entente::{
    access::{
        guards::{BillingAdmin, Staff},
        people::{Home, leave, roles},
    },
    db::{Actor as _, DbConn, schema::memberships},
    domain::{
        MembershipId, PersonId, RelationshipId,
        email::Email,
        invitation::Addressee,
        membership::{MayNot, MemberRole},
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    evidence::chain::EventActor,
    inviting::withdraw::{Withdrawing, withdraw},
    portal::{
        invitations::store::{
            answer::{self, Accepting, Wish},
            find,
        },
        relationships::store::removal,
    },
};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::{beside_denials, difference},
    scene::{Ask, Invited},
    seed,
};

const ACCEPT: &str = "Accept & authorize";
const AUTHORIZE: &str = "Authorize partner";
const YES: [(&str, &str); 1] = [("consent", "yes")];
/// Accounts that tenants gave for a partner, and that haven't ended.
const GUESTS: &str = "memberships WHERE for_partner_id IS NOT NULL AND ended_at IS NULL";

fn number(app: &TestApp, what: &str) -> i64 {
    app.db().count(&format!("SELECT count(*) FROM {what}"))
}

/// Asks for the removal of every role, as the form does.
async fn removes(actor: &Actor, id: RelationshipId) {
    let path = format!("/billing/partner-relationships/{id}/role-removal");
    actor.posts(&path, &[]).await.is(303);
}

/// No event of a chain is earlier than the one before it.
fn time_runs_forward(app: &TestApp) {
    let back = "events a JOIN events b ON b.chain_id = a.chain_id AND b.number = a.number + 1 WHERE b.at < a.at";
    assert_eq!(number(app, back), 0);
    app.verified();
}

/// An invitation that gives accounts to people of the partner.
fn guests(app: &TestApp, people: &[Persona]) -> Ask {
    Ask {
        people: people.to_vec(),
        ..app.ask_for(RelationshipType::Partner)
    }
}

fn home(app: &TestApp) -> Home {
    Home::Partner(app.world().p.id, app.world().p.name.into())
}

fn email(app: &TestApp, who: Persona) -> Email {
    Email::parse(&app.world().person(who).email).unwrap()
}

/// Disables a member of the partner's staff, as the command does.
fn leaves(app: &TestApp, who: Persona) {
    let (home, email, now) = (home(app), email(app, who), app.now());
    app.state()
        .db
        .write_here(|conn| leave::disable(conn, &EventActor::CommandLine, &home, &email, now))
        .unwrap();
}

/// The membership that the tenant gave to somebody of the partner's staff.
fn guest(app: &TestApp, who: Persona) -> MembershipId {
    let person: PersonId = app.world().person(who).id;
    app.state()
        .db
        .read_here(|conn| {
            Ok(memberships::table
                .filter(memberships::person_id.eq(person))
                .filter(memberships::for_partner_id.is_not_null())
                .select(memberships::id)
                .first(conn)?)
        })
        .unwrap()
}

/// Somebody of the partner's staff, signed in and acting by the account of the tenant.
async fn as_guest(app: &TestApp, who: Persona) -> Actor {
    let actor = app.signed_in(who).await;
    let membership = guest(app, who).to_string();
    actor
        .posts("/settings/membership", &[("membership", &membership)])
        .await
        .is(303);
    actor
}

/// Gives the guest a role, as it may stand in a database from before that was refused.
fn promotes_guest(app: &TestApp, who: Persona, role: MemberRole) {
    let (membership, now) = (guest(app, who), app.now());
    let write = |conn: &mut DbConn| seed::give_role(conn, membership, role, now);
    app.state().db.write_here(write).unwrap();
}

/// Holds what an answer needs: it waits until the other side lets go.
fn holds(app: &TestApp) -> DbConn {
    let mut other = app.db().connect();
    match &mut other {
        DbConn::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE").unwrap(),
        DbConn::Postgres(conn) => conn
            .batch_execute("BEGIN; SELECT id FROM invitations FOR UPDATE")
            .unwrap(),
    }
    other
}

on_both! {
    async fn removal_closes_what_a_clock_that_was_ahead_gave(app: TestApp) {
        app.passes(TimeDelta::hours(1));
        let id = app.related();
        app.passes(TimeDelta::hours(-1));
        let marie = app.billing_admin().await;
        let page = marie.opens(&format!("/billing/partner-relationships/{id}")).await;
        assert!(page.is(200).links().iter().any(|link| link.ends_with("/role-removal")), "the page hides the role");
        removes(&marie, id).await;
        app.passes(TimeDelta::hours(2));
        assert_eq!(number(&app, "grants WHERE state = 'live'"), 0);
        assert_eq!(number(&app, "events WHERE kind = 'roles.removed'"), 1);
        app.global_admin().await.opens(&format!("/billing/partner-relationships/{id}/role-removal")).await.is(303);
        time_runs_forward(&app);
    }

    async fn what_ran_out_by_a_clock_that_is_ahead_stays_closed(app: TestApp) {
        let invited = app.invites(&Ask { days: 90, ..app.ask() });
        let id = app.accepted_by(Persona::GlobalAdmin, &invited);
        app.passes(TimeDelta::days(91));
        let marie = app.billing_admin().await;
        removes(&marie, id).await;
        app.passes(TimeDelta::days(-91));
        assert_eq!(number(&app, "grants WHERE state = 'live'"), 0);
        assert_eq!(number(&app, "grants WHERE state = 'expired'"), 1);
        let page = app.global_admin().await.opens(&format!("/billing/partner-relationships/{id}")).await;
        assert!(!page.is(200).links().iter().any(|link| link.ends_with("/role-removal")));
        assert_eq!(number(&app, "events WHERE kind = 'roles.ended'"), 1, "what was closed is on record");
        let before = app.db().everything();
        removes(&app.billing_admin().await, id).await;
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        time_runs_forward(&app);
    }

    async fn an_invitation_that_was_refused_as_expired_stays_so(app: TestApp) {
        let life = TimeDelta::seconds(5);
        let to_accept = app.invites(&Ask { life, ..app.ask() });
        let to_decline = app.invites(&Ask { life, ..app.ask_for(RelationshipType::Advisor) });
        let marie = app.billing_admin().await;
        let review = marie.opens(&to_accept.review()).await;
        let refusal = marie.opens(&to_decline.refusal()).await;
        app.passes(life);
        marie.presses(&review, ACCEPT, &YES).await.is(409).says("This invitation no longer works");
        marie.presses(&refusal, "Decline invitation", &[]).await.is(409);
        assert_eq!(number(&app, "events WHERE kind = 'invitation.expired'"), 2);
        app.passes(-life);
        let before = app.db().everything();
        marie.presses(&review, ACCEPT, &YES).await.is(409).says("This invitation no longer works");
        marie.presses(&refusal, "Decline invitation", &[]).await.is(409);
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        assert_eq!(number(&app, "invitations WHERE state = 'expired'"), 2);
        app.verified();
    }

    async fn an_invitation_that_could_not_be_withdrawn_in_time_is_expired(app: TestApp) {
        let life = TimeDelta::seconds(5);
        let invited = app.invites(&Ask { life, ..app.ask() });
        let (id, clock) = (invited.id, &app.state().clock);
        let withdraws = || app.state().db.write_here(|conn| withdraw(conn, &EventActor::CommandLine, id, clock));
        let ran_out = app.now() + life;
        app.passes(life);
        assert_eq!(withdraws().unwrap(), Withdrawing::RanOut(ran_out));
        assert_eq!(number(&app, "invitations WHERE state = 'expired'"), 1);
        assert_eq!(number(&app, "outgoing_mail WHERE state = 'queued'"), 0, "its mail is taken back");
        let anne = app.global_admin().await;
        anne.opens("/audit-log").await.is(200).says("Closed the invitation from Fjord Managed IT, which had run out");
        // By a clock that was ahead, too: it stays so.
        app.passes(-life);
        let before = app.db().everything();
        assert!(matches!(withdraws(), Err(Error::Conflict(words)) if words.contains("expired")));
        anne.opens(&invited.review()).await.is(200).says("This invitation no longer works");
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        assert_eq!(number(&app, "events WHERE kind = 'invitation.withdrawn'"), 0);
        app.verified();
    }

    async fn an_answer_that_waited_until_the_deadline_comes_too_late(app: TestApp) {
        let life = TimeDelta::seconds(5);
        let invited = app.invites(&Ask { life, ..app.ask() });
        let marie = app.billing_admin().await;
        let review = marie.opens(&invited.review()).await;
        let mut other = holds(&app);
        let meanwhile = async {
            actix_web::rt::time::sleep(Duration::from_millis(700)).await;
            app.passes(life);
            entente::on_each!(&mut other, c => c.batch_execute("ROLLBACK").unwrap());
        };
        let (answer, ()) = futures_util::future::join(marie.presses(&review, ACCEPT, &YES), meanwhile).await;
        answer.is(409).says("This invitation no longer works");
        assert_eq!(number(&app, "grants"), 0);
        app.verified();
    }

    async fn time_never_runs_backwards_in_a_chain(app: TestApp) {
        let id = app.related();
        app.passes(TimeDelta::hours(-3));
        let marie = app.billing_admin().await;
        removes(&marie, id).await;
        let invited = app.invites(&app.ask_for(RelationshipType::Advisor));
        app.accepted_by(Persona::GlobalAdmin, &invited);
        time_runs_forward(&app);
    }

    async fn the_roles_on_record_are_those_held_when_it_was_written(app: TestApp) {
        let invited = app.invited();
        let marie: BillingAdmin = app.state().db.read_here(|conn| app.guard(conn, Persona::BillingAdmin)).unwrap();
        app.promotes(Persona::BillingAdmin, MemberRole::GlobalAdministrator);
        let id = as_read(&app, &marie, &invited);
        for table in ["acceptances", "authorizations"] {
            let record = app.db().ask(&format!("SELECT record AS answer FROM {table}")).concat();
            let record: serde_json::Value = serde_json::from_str(&record).unwrap();
            let mut roles = serde_json::from_value::<Vec<String>>(record["roles"].clone()).unwrap();
            roles.sort();
            assert_eq!(roles, ["billing_administrator", "global_administrator"], "{table}");
        }
        let clock = app.state().clock.clone();
        app.state().db.write(&marie, move |conn, by| removal::remove(conn, by, id, &clock)).await.unwrap();
        for kind in ["invitation.accepted", "roles.removed"] {
            let event = app.db().ask(&format!("SELECT canonical AS answer FROM events WHERE kind = '{kind}'")).concat();
            assert!(event.contains("global_administrator"), "{kind}: {event}");
        }
        app.verified();
    }

    async fn whoever_leaves_a_partner_leaves_every_tenant(app: TestApp) {
        let ask = guests(&app, &[Persona::SalesAgent, Persona::HelpdeskAgent]);
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask));
        let elsewhere = Ask { to: Addressee::Tenant(app.world().other.id), ..ask };
        app.accepted_by(Persona::Stranger, &app.invites(&elsewhere));
        assert_eq!(number(&app, GUESTS), 4);
        promotes_guest(&app, Persona::SalesAgent, MemberRole::UserAdministrator);
        let sven = as_guest(&app, Persona::SalesAgent).await;
        sven.opens("/").await.is(200);
        leaves(&app, Persona::SalesAgent);
        assert!(sven.opens("/").await.is(303).location().starts_with("/sign-in"));
        assert_eq!(number(&app, GUESTS), 2, "the other one stays");
        assert_eq!(number(&app, "membership_roles WHERE role = 'user_administrator' AND ended_at IS NULL"), 0);
        for tenant in [app.world().own.id, app.world().other.id] {
            let told = format!("events e JOIN chains c ON c.id = e.chain_id WHERE e.kind = 'user.disabled' AND c.name = 'tenant:{tenant}'");
            assert_eq!(number(&app, &told), 1);
        }
        assert_eq!(number(&app, "events WHERE kind = 'staff.disabled'"), 1);
        app.global_admin().await.opens("/audit-log").await.is(200).says("Sven Dahl");
        app.verified();
    }

    async fn a_suspended_partners_people_do_not_act_in_tenants(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&guests(&app, &[Persona::SalesAgent])));
        let sven = as_guest(&app, Persona::SalesAgent).await;
        sven.opens("/").await.is(200);
        app.suspends(app.world().p.id);
        assert!(sven.opens("/").await.is(303).location().starts_with("/sign-in"));
        app.anonymous().signs_in(&app.world().person(Persona::SalesAgent).email).await.is(422);
    }

    async fn whoever_left_is_not_let_in_by_a_later_acceptance(app: TestApp) {
        let invited = app.invites(&guests(&app, &[Persona::SalesAgent, Persona::HelpdeskAgent]));
        let marie = app.billing_admin().await;
        let review = marie.opens(&invited.review()).await;
        review.is(200).says("Sven Dahl").says("Hilde Lund");
        leaves(&app, Persona::SalesAgent);
        let again = marie.presses(&review, ACCEPT, &YES).await;
        again.is(409).says("Other people get a user account").says("Hilde Lund").says_no("Sven Dahl");
        assert_eq!(number(&app, GUESTS), 0);
        marie.presses(&again, ACCEPT, &YES).await.is(303);
        assert_eq!(number(&app, GUESTS), 1);
        app.verified();
    }

    async fn a_partners_own_people_decide_nothing_about_partners(app: TestApp) {
        let id = app.related();
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&guests(&app, &[Persona::HelpdeskAgent])));
        promotes_guest(&app, Persona::HelpdeskAgent, MemberRole::BillingAdministrator);
        promotes_guest(&app, Persona::HelpdeskAgent, MemberRole::GlobalAdministrator);
        let full = Ask { roles: vec![AdminRole::GlobalAdministrator], ..app.ask() };
        let invited = app.invites(&full);
        let marie = app.billing_admin().await;
        let review = marie.opens(&invited.review()).await;
        let hilde = as_guest(&app, Persona::HelpdeskAgent).await;
        let why = "Your account here was given to you for Fjord Managed IT";
        hilde.opens(&invited.review()).await.is(403).says(why).says("Anne Roux").says_no("Hilde Lund, ");
        hilde.presses(&review, "Authorize partner", &[]).await.is(403).says(why);
        hilde.posts(&format!("/billing/partner-relationships/{id}/role-removal"), &[]).await.is(403).says(why);
        hilde.posts("/settings/acceptance", &[("billing", "no")]).await.is(403).says(why);
        assert_eq!(number(&app, "grants WHERE state = 'live'"), 1);
        // Its address doesn't make an invitation the tenant's.
        let to = app.to_email(&app.world().person(Persona::HelpdeskAgent).email);
        let theirs = app.invites(&Ask { to, ..full });
        marie.opens(&theirs.review()).await.is(404);
        // It is nobody's last administrator.
        let (tenant, last, now) = (Home::Tenant(app.world().own.id), email(&app, Persona::GlobalAdmin), app.now());
        let demoted = app.state().db.write_here(|conn| roles::set_roles(conn, &EventActor::CommandLine, &tenant, &last, &[], now));
        assert!(matches!(&demoted, Err(Error::Refused(words)) if words.contains("last one")), "{demoted:?}");
        app.verified();
    }

    async fn nobody_accepts_what_the_own_employer_asks_for(app: TestApp) {
        let id = app.related();
        let invited = app.invites(&app.ask_for(RelationshipType::Reseller));
        let to_decline = app.invites(&app.ask_for(RelationshipType::Advisor));
        let from_another = app.invites(&Ask { from: app.world().q.clone(), sender: Persona::OtherAgent, ..app.ask_for(RelationshipType::Reseller) });
        let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
        let shown = marie.opens(&invited.review()).await;
        app.hires(Persona::BillingAdmin, app.world().p.id);
        let (mine, hers) = (email(&app, Persona::BillingAdmin), email(&app, Persona::GlobalAdmin));
        let before = app.db().everything();
        let page = marie.opens(&invited.review()).await;
        page.is(200).says("Somebody else has to accept this").says("You work for Fjord Managed IT");
        page.says(hers.as_str()).says_no(mine.as_str());
        assert!(!page.buttons().contains(&AUTHORIZE.to_owned()), "{:?}", page.buttons());
        assert!(page.links().contains(&invited.refusal()));
        let refused = marie.presses(&shown, AUTHORIZE, &[]).await;
        refused.is(403).says("Somebody else has to accept this").says("You work for Fjord Managed IT");
        refused.says(hers.as_str()).says_no(mine.as_str());
        marie.copy().opens(&format!("{}?lang=fr", invited.review())).await.is(200).says("Vous travaillez pour le partenaire Fjord Managed IT");
        let changed = beside_denials(difference(&before, &app.db().everything()));
        assert_eq!(changed, Vec::<String>::new());
        // What another partner asks for, declining, and taking back stay hers.
        let page = marie.opens(&from_another.review()).await;
        marie.presses(&page, AUTHORIZE, &[]).await.is(303);
        let page = marie.opens(&to_decline.refusal()).await;
        marie.presses(page.is(200), "Decline invitation", &[]).await.is(303);
        removes(&marie, id).await;
        assert_eq!(number(&app, "grants WHERE state = 'live'"), 0);
        // A Global administrator is no exception. With both in its pay, there is nobody left.
        app.hires(Persona::GlobalAdmin, app.world().p.id);
        let page = anne.opens(&invited.review()).await;
        page.is(200).says("Nobody else can accept it").says_no(mine.as_str());
        assert!(matches!(app.accepts(Persona::GlobalAdmin, &invited), Ok(Accepting::MayNot(MayNot::OwnEmployer))));
        // Whoever has left it decides again.
        leaves(&app, Persona::BillingAdmin);
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        marie.presses(&page, AUTHORIZE, &[]).await.is(303);
        app.verified();
    }

    async fn whoever_is_named_for_roles_works_for_somebody_else(app: TestApp) {
        app.lets_billing_accept_roles(&app.world().own.clone(), false);
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let hers = email(&app, Persona::GlobalAdmin);
        marie.opens(&invited.review()).await.is(200).says("Only a Global administrator").says(hers.as_str());
        app.hires(Persona::GlobalAdmin, app.world().p.id);
        marie.opens(&invited.review()).await.is(200).says("Nobody else can accept it").says_no(hers.as_str());
    }

    async fn nobody_who_works_for_a_partner_gets_a_role_over_partners(app: TestApp) {
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&guests(&app, &[Persona::HelpdeskAgent])));
        let (tenant, hilde, now) = (Home::Tenant(app.world().own.id), email(&app, Persona::HelpdeskAgent), app.now());
        let sets = |role| {
            let (tenant, hilde) = (&tenant, &hilde);
            app.state().db.write_here(move |conn| roles::set_roles(conn, &EventActor::CommandLine, tenant, hilde, &[role], now))
        };
        for role in [MemberRole::GlobalAdministrator, MemberRole::BillingAdministrator] {
            let refused = sets(role);
            assert!(matches!(&refused, Err(Error::Refused(words)) if words.contains("Fjord Managed IT")), "{refused:?}");
        }
        sets(MemberRole::HelpdeskAdministrator).unwrap();
        assert_eq!(number(&app, "membership_roles WHERE role = 'helpdesk_administrator' AND ended_at IS NULL"), 1);
    }

    async fn an_inviter_sends_and_takes_back_what_the_own_role_allows(app: TestApp) {
        let withdraws = |who: Persona, invited: &Invited| {
            let (id, clock) = (invited.id, &app.state().clock);
            app.state().db.write_here(|conn| {
                let by: Staff = app.guard(conn, who)?;
                withdraw(conn, &EventActor::Person(Box::new(entente::access::guards::Guard::acting(&by).clone())), id, clock)
            })
        };
        for (sender, kind, may) in [
            (Persona::SalesAgent, RelationshipType::DelegatedAdministrator, false),
            (Persona::SalesAgent, RelationshipType::Reseller, true),
            (Persona::HelpdeskAgent, RelationshipType::MpsaPartner, false),
            (Persona::HelpdeskAgent, RelationshipType::DelegatedAdministrator, false),
            (Persona::OtherAgent, RelationshipType::MpsaPartner, false),
            (Persona::AdminAgent, RelationshipType::DelegatedAdministrator, true),
            (Persona::AdminAgent, RelationshipType::MpsaPartner, true),
        ] {
            let sent = app.tries_to_invite(&Ask { sender, ..app.ask_for(kind) });
            assert_eq!(sent.is_ok(), may, "{sender:?} {kind}: {sent:?}");
            if let Err(error) = sent {
                assert!(matches!(&error, Error::Refused(words) if words.contains("sender")), "{error:?}");
            }
        }
        let bare = Ask { roles: Vec::new(), sender: Persona::SalesAgent, ..app.ask_for(RelationshipType::Advisor) };
        assert!(app.tries_to_invite(&bare).is_err(), "an Advisor may ask for a role");
        for (who, may) in [(Persona::SalesAgent, false), (Persona::HelpdeskAgent, false), (Persona::OtherAgent, false), (Persona::AdminAgent, true)] {
            let invited = app.invites(&Ask { to: app.to_email(&format!("{}@hautmont.example", who.as_str())), ..app.ask() });
            assert_eq!(withdraws(who, &invited).is_ok(), may, "{who:?}");
        }
        let sold = app.invites(&Ask { to: app.to_email("shop@hautmont.example"), ..app.ask_for(RelationshipType::Reseller) });
        assert_eq!(withdraws(Persona::SalesAgent, &sold).unwrap(), Withdrawing::Withdrawn);
    }
}

/// Accepts as the one whose rights were read before.
fn as_read(app: &TestApp, by: &BillingAdmin, invited: &Invited) -> RelationshipId {
    let clock = &app.state().clock;
    let accepted = app.state().db.write_here(|conn| {
        let language = entente::domain::Language::En;
        let invitation = find::find(conn, by.scope(), invited.id, app.now())?;
        let (shown, _) = answer::terms(conn, by, &invitation, language, app.now())?.unwrap();
        let act = entente::evidence::acceptance::Act {
            control: ACCEPT.into(),
            statement: "I have read it and accept it".into(),
            language,
        };
        let wish = Wish {
            shown,
            act: Box::new(move |_| act.clone()),
        };
        let by = by.recheck(conn)?;
        answer::accept(conn, &by, invited.id, &wish, clock)
    });
    match accepted {
        Ok(Accepting::Accepted(relationship)) => relationship,
        other => panic!("{other:?}"),
    }
}
