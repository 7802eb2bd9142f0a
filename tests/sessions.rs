//! A session that was ended stays ended, whatever was on its way meanwhile; and clocks that step.

use std::{rc::Rc, time::Duration};

use actix_web::{
    HttpResponse,
    rt::spawn,
    web::{self, ServiceConfig},
};
use chrono::TimeDelta;
use diesel::prelude::*;
use entente::{
    access::{
        guards::{Guard, SignedIn},
        people::password::set_password,
        seen::Seen,
        session::Door,
    },
    db::{
        Db, DbConn,
        schema::{memberships, people},
        types::Ts,
    },
    domain::{MembershipId, PersonId, email::Email, membership::MemberRole},
    error::Error,
    evidence::chain::EventActor,
    id::Id,
    work::sweep::sweep,
};
use tokio::sync::Notify;

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    db::Backend,
    page::is_signed_out,
    seed::{self, PASSWORD},
};

const INSIDE: &str = "/settings";
const NEW: &str = "harbour lantern quilt meadow";

/// Holds a request between reading its session and answering.
#[derive(Default)]
struct Gate {
    arrived: Notify,
    open: Notify,
}

thread_local! {
    static GATE: Rc<Gate> = Rc::default();
}

async fn wait() {
    let gate = GATE.with(Rc::clone);
    gate.arrived.notify_one();
    gate.open.notified().await;
}

/// Routes that answer when the test lets them.
fn held(config: &mut ServiceConfig) {
    async fn switches(by: SignedIn, door: Door) -> HttpResponse {
        wait().await;
        door.switch(by.acting().membership).unwrap();
        HttpResponse::Ok().finish()
    }
    async fn leaves(by: SignedIn, door: Door) -> HttpResponse {
        let _ = by;
        wait().await;
        door.leave();
        HttpResponse::Ok().finish()
    }
    async fn keeps(by: SignedIn) -> HttpResponse {
        let _ = by;
        wait().await;
        HttpResponse::Ok().finish()
    }
    async fn enters(
        door: Door,
        who: web::Path<(PersonId, MembershipId)>,
        db: web::Data<Db>,
    ) -> Result<HttpResponse, Error> {
        let (person, membership) = who.into_inner();
        let read = move |conn: &mut DbConn| {
            let row = people::table.find(person);
            let set: Option<Ts> = row.select(people::password_changed_at).first(conn)?;
            Ok(set.map(Ts::instant))
        };
        let verified = db.read(read).await?;
        wait().await;
        door.enter((person, membership), verified)?;
        Ok(HttpResponse::Ok().finish())
    }
    config.service(web::resource("/held/enters/{person}/{membership}").to(enters));
    config.service(web::resource("/held/switches").to(switches));
    config.service(web::resource("/held/leaves").to(leaves));
    config.service(web::resource("/held/keeps").to(keeps));
}

fn setup() -> Setup {
    Setup {
        further: held,
        ..Setup::default()
    }
}

fn on_both(test: fn(TestApp) -> std::pin::Pin<Box<dyn Future<Output = ()>>>) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        run_with(backend, setup, test);
    }
}

/// What the owner of an account does about a stolen cookie.
#[derive(Debug, Clone, Copy)]
enum Deed {
    EndsOthers,
    EndsIt,
    ChangesPassword,
    SignsOut,
    OperatorSetsPassword,
}

const DEEDS: [Deed; 5] = [
    Deed::EndsOthers,
    Deed::EndsIt,
    Deed::ChangesPassword,
    Deed::SignsOut,
    Deed::OperatorSetsPassword,
];

impl Deed {
    /// Whether this browser of the owner stays signed in.
    fn stays(self) -> bool {
        matches!(
            self,
            Self::EndsOthers | Self::EndsIt | Self::ChangesPassword
        )
    }

    async fn done(self, app: &TestApp, owner: &Actor, password: &str, new: &str) {
        match self {
            Self::EndsOthers => {
                owner.posts("/settings/sessions/end", &[]).await.is(303);
            }
            Self::EndsIt => {
                let page = owner.opens(INSIDE).await;
                let one =
                    |action: &String| action.ends_with("/end") && !action.ends_with("sessions/end");
                for action in page.attributes("form", "action").into_iter().filter(one) {
                    owner.posts(&action, &[]).await;
                }
            }
            Self::ChangesPassword => {
                let fields = [("current", password), ("new", new), ("again", new)];
                owner.posts("/settings/password", &fields).await.is(303);
            }
            Self::SignsOut => {
                owner.posts("/sign-out", &[]).await.is(303);
            }
            Self::OperatorSetsPassword => {
                let email = Email::parse(&app.world().person(owner.persona).email).unwrap();
                let (now, hash) = (app.now(), seed::password_hash());
                let write = |conn: &mut DbConn| {
                    set_password(conn, &EventActor::CommandLine, &email, &hash, now)
                };
                app.state().db.write_here(write).unwrap();
            }
        }
    }
}

/// A request of the thief, held between its session and its answer.
async fn on_its_way(thief: Actor, path: &str) -> actix_web::rt::task::JoinHandle<Actor> {
    let path = path.to_owned();
    let request = spawn(async move {
        thief.posts(&path, &[]).await;
        thief
    });
    GATE.with(Rc::clone).arrived.notified().await;
    request
}

async fn let_through(request: actix_web::rt::task::JoinHandle<Actor>) -> Actor {
    GATE.with(Rc::clone).open.notify_one();
    request.await.unwrap()
}

#[test]
fn a_session_that_was_ended_is_not_brought_back_by_a_request_on_its_way() {
    on_both(|app| {
        Box::pin(async move {
            let mut password = PASSWORD;
            for deed in DEEDS {
                let email = &app.world().person(Persona::BillingAdmin).email;
                let signs_in = async |password: &str| {
                    let browser = Actor::new(&app, Persona::BillingAdmin);
                    let fields = [("email", email.as_str()), ("password", password)];
                    browser.posts("/sign-in", &fields).await.is(303);
                    browser
                };
                let owner = signs_in(password).await;
                // Signing out ends one session: that is the one whose cookie was stolen.
                let thief = match deed {
                    Deed::SignsOut => owner.copy(),
                    _ => signs_in(password).await,
                };
                let stolen = thief.copy();
                let request = on_its_way(thief, "/held/switches").await;
                let new = if password == PASSWORD { NEW } else { PASSWORD };
                deed.done(&app, &owner, password, new).await;
                let thief = let_through(request).await;
                is_signed_out(&thief.opens(INSIDE).await);
                is_signed_out(&stolen.opens(INSIDE).await);
                if deed.stays() {
                    owner.opens(INSIDE).await.is(200);
                }
                password = match deed {
                    Deed::ChangesPassword => new,
                    Deed::OperatorSetsPassword => PASSWORD,
                    _ => password,
                };
            }
        })
    });
}

#[test]
fn a_copy_of_the_owners_own_cookie_is_dead_too() {
    on_both(|app| {
        Box::pin(async move {
            for deed in [Deed::EndsOthers, Deed::ChangesPassword] {
                let owner = app.billing_admin().await;
                let stolen = owner.copy();
                let before = on_its_way(owner.copy(), "/held/switches").await;
                deed.done(&app, &owner, PASSWORD, NEW).await;
                let thief = let_through(before).await;
                is_signed_out(&thief.opens(INSIDE).await);
                is_signed_out(&stolen.opens(INSIDE).await);
                owner.opens(INSIDE).await.is(200);
            }
        })
    });
}

#[test]
fn signing_out_ends_a_session_whose_key_was_changed_meanwhile() {
    on_both(|app| {
        Box::pin(async move {
            let owner = app.billing_admin().await;
            let thief = owner.copy();
            let leaving = on_its_way(owner, "/held/leaves").await;
            let quick = on_its_way(thief, "/held/keeps").await;
            // The one that came first is let through first, so the gate is opened twice.
            GATE.with(Rc::clone).open.notify_one();
            let owner = leaving.await.unwrap();
            let thief = let_through(quick).await;
            is_signed_out(&owner.opens(INSIDE).await);
            is_signed_out(&thief.opens(INSIDE).await);

            let owner = app.billing_admin().await;
            let thief = owner.copy();
            let leaving = on_its_way(owner, "/held/leaves").await;
            let second = also_for(&app, Persona::BillingAdmin);
            thief
                .posts("/settings/membership", &[("membership", &second)])
                .await
                .is(303);
            thief.opens(INSIDE).await.is(200);
            let owner = let_through(leaving).await;
            is_signed_out(&owner.opens(INSIDE).await);
            is_signed_out(&thief.opens(INSIDE).await);
        })
    });
}

/// Makes somebody a member of another tenant too.
fn also_for(app: &TestApp, persona: Persona) -> String {
    let (person, tenant, at) = (
        app.world().person(persona).id,
        app.world().other.id,
        app.now(),
    );
    let id: MembershipId = Id::at(at);
    let write = |conn: &mut DbConn| {
        diesel::insert_into(memberships::table)
            .values((
                memberships::id.eq(id),
                memberships::person_id.eq(person),
                memberships::side.eq("tenant"),
                memberships::tenant_id.eq(tenant),
                memberships::created_at.eq(Ts::from(at)),
            ))
            .execute(conn)?;
        seed::give_role(conn, id, MemberRole::BillingAdministrator, at)
    };
    app.state().db.write_here(write).unwrap();
    id.to_string()
}

#[test]
fn thieves_who_keep_changing_the_key_are_out_once_the_owner_ends_it() {
    on_both(|app| {
        Box::pin(async move {
            let second = also_for(&app, Persona::BillingAdmin);
            let first = app
                .world()
                .person(Persona::BillingAdmin)
                .membership
                .to_string();
            let mut password = PASSWORD;
            for round in 0..15 {
                let deed = DEEDS[round % 3];
                let email = &app.world().person(Persona::BillingAdmin).email;
                let signs_in = async || {
                    let browser = Actor::new(&app, Persona::BillingAdmin);
                    let fields = [("email", email.as_str()), ("password", password)];
                    browser.posts("/sign-in", &fields).await.is(303);
                    browser
                };
                let (owner, victim) = (signs_in().await, signs_in().await);
                let thieves: Vec<_> = (0..3)
                    .map(|_| {
                        let (thief, places) = (victim.copy(), [first.clone(), second.clone()]);
                        spawn(async move {
                            let mut had = vec![thief.copy()];
                            for turn in 0..6 {
                                let place = &places[(turn + 1) % 2];
                                thief
                                    .posts("/settings/membership", &[("membership", place)])
                                    .await;
                                had.push(thief.copy());
                            }
                            had
                        })
                    })
                    .collect();
                let new = if password == PASSWORD { NEW } else { PASSWORD };
                deed.done(&app, &owner, password, new).await;
                if matches!(deed, Deed::EndsIt) {
                    // Whatever key the session has by now, it is the same session in the list.
                    deed.done(&app, &owner, password, new).await;
                }
                if matches!(deed, Deed::ChangesPassword) {
                    password = new;
                }
                for thief in thieves {
                    for cookie in thief.await.unwrap() {
                        let page = cookie.opens(INSIDE).await;
                        assert_eq!(page.status, 303, "round {round}: {deed:?}");
                    }
                }
                owner.opens(INSIDE).await.is(200);
                owner.posts("/sign-out", &[]).await.is(303);
            }
        })
    });
}

#[test]
fn who_was_let_in_by_the_old_password_gets_no_session_after_it_was_changed() {
    on_both(|app| {
        Box::pin(async move {
            let marie = app.world().person(Persona::BillingAdmin);
            let path = format!("/held/enters/{}/{}", marie.id, marie.membership);
            for deed in [Deed::OperatorSetsPassword, Deed::ChangesPassword] {
                let owner = app.billing_admin().await;
                app.passes(TimeDelta::seconds(1));
                let request = on_its_way(app.anonymous(), &path).await;
                deed.done(&app, &owner, PASSWORD, NEW).await;
                let thief = let_through(request).await;
                assert_eq!(thief.cookie("__Host-session"), "");
                is_signed_out(&thief.opens(INSIDE).await);
            }
            let request = on_its_way(app.anonymous(), &path).await;
            let_through(request).await.opens(INSIDE).await.is(200);
        })
    });
}

#[test]
fn acting_for_the_same_membership_again_changes_no_key() {
    on_both(|app| {
        Box::pin(async move {
            let marie = app.billing_admin().await;
            let before = marie.cookies();
            let place = app
                .world()
                .person(Persona::BillingAdmin)
                .membership
                .to_string();
            let fields = [("membership", place.as_str())];
            marie.posts("/settings/membership", &fields).await.is(303);
            assert_eq!(marie.cookies(), before);
            let second = also_for(&app, Persona::BillingAdmin);
            let old = marie.copy();
            let fields = [("membership", second.as_str())];
            marie.posts("/settings/membership", &fields).await.is(303);
            assert_ne!(marie.cookies(), before);
            marie.opens(INSIDE).await.is(200);
            is_signed_out(&old.opens(INSIDE).await);
        })
    });
}

#[test]
fn of_two_requests_that_change_the_key_one_wins_and_the_browser_stays_signed_in() {
    on_both(|app| {
        Box::pin(async move {
            let second = also_for(&app, Persona::BillingAdmin);
            let marie = app.billing_admin().await;
            let slow = on_its_way(marie.copy(), "/held/switches").await;
            let fields = [("membership", second.as_str())];
            marie.posts("/settings/membership", &fields).await.is(303);
            let before = marie.cookies();
            let loser = let_through(slow).await;
            // The loser got no cookie that would take the winner's place.
            assert_ne!(loser.cookies(), before);
            is_signed_out(&loser.opens(INSIDE).await);
            marie.opens(INSIDE).await.is(200);
        })
    });
}

/// While what was seen is gathered and not written, the session lives on as if it were.
async fn what_isnt_written_yet_counts(app: TestApp) {
    let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
    for _ in 0..3 {
        app.passes(TimeDelta::minutes(20));
        marie.opens(INSIDE).await.is(200);
    }
    assert_eq!(seen_at(&app), 1, "nothing was written yet");
    is_signed_out(&anne.opens(INSIDE).await);
    marie.posts("/sign-out", &[]).await.is(303);
    is_signed_out(&marie.opens(INSIDE).await);
}

/// What many sessions did is written together, each with its own time; who signed out stays out.
async fn what_is_gathered_is_written(app: TestApp) {
    let (marie, anne, olive) = (
        app.billing_admin().await,
        app.global_admin().await,
        app.stranger().await,
    );
    for actor in [&marie, &anne, &olive] {
        app.passes(TimeDelta::minutes(2));
        actor.opens(INSIDE).await.is(200);
    }
    olive.posts("/sign-out", &[]).await.is(303);
    for _ in 0..300 {
        if seen_at(&app) == 2 {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    let seen = app
        .db()
        .count("SELECT count(*) FROM sessions WHERE last_seen_at > created_at");
    assert_eq!((seen, seen_at(&app)), (2, 2));
}

/// How many times are kept at which a session was seen last.
fn seen_at(app: &TestApp) -> i64 {
    app.db()
        .count("SELECT count(DISTINCT last_seen_at) FROM sessions")
}

fn gathering(within: Duration) -> Setup {
    Setup {
        seen: Seen::within(within),
        ..Setup::default()
    }
}

#[test]
fn a_session_lives_on_before_it_is_written_that_it_was_seen() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let setup = || gathering(Duration::from_hours(1));
        run_with(backend, setup, what_isnt_written_yet_counts);
    }
}

#[test]
fn when_sessions_were_seen_is_written_together() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let setup = || gathering(Duration::from_millis(300));
        run_with(backend, setup, what_is_gathered_is_written);
    }
}

on_both! {
    async fn sessions_from_before_an_upgrade_know_who_acts_by_them(app: TestApp) {
        let (marie, staff) = (app.billing_admin().await, app.admin_agent().await);
        let acting = || app.db().ask(&format!("SELECT {} AS answer FROM sessions ORDER BY id", app.db().hex("membership_id")));
        let signed_in = acting();
        assert_eq!(signed_in.len(), 2);
        let fill = app.db().statement("2026-11-27-000036_session_membership", "UPDATE sessions");
        app.db().run("UPDATE sessions SET membership_id = NULL").unwrap();
        app.db().run(&fill).unwrap();
        assert_eq!(acting(), signed_in);
        marie.opens(INSIDE).await.is(200);
        staff.opens(INSIDE).await.is(200);
    }

    async fn a_session_lets_nobody_act_whom_its_own_state_doesn_t_name(app: TestApp) {
        let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
        anne.opens(INSIDE).await.is(200);
        let hers = format!("SELECT memberships.id FROM memberships JOIN people ON people.id = person_id WHERE email = '{}'", app.world().person(Persona::GlobalAdmin).email);
        app.db().run(&format!("UPDATE sessions SET membership_id = ({hers})")).unwrap();
        is_signed_out(&marie.opens(INSIDE).await);
        anne.opens(INSIDE).await.is(200);
    }

    async fn a_session_from_a_clock_that_was_ahead_is_dead_and_removed(app: TestApp) {
        app.passes(TimeDelta::days(365));
        let marie = app.billing_admin().await;
        marie.opens(INSIDE).await.is(200);
        app.passes(TimeDelta::days(-365));
        is_signed_out(&marie.opens(INSIDE).await);
        for _ in 0..200 {
            if app.db().count("SELECT count(*) FROM sessions") == 0 { break; }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(app.db().count("SELECT count(*) FROM sessions"), 0);
        app.passes(TimeDelta::days(365));
        is_signed_out(&marie.opens(INSIDE).await);
        app.passes(TimeDelta::days(-365));
        // Replicas differ by seconds: that is nothing.
        let anne = app.global_admin().await;
        app.passes(TimeDelta::seconds(-2));
        anne.opens(INSIDE).await.is(200);
        // A session used while the clock was ahead lives no longer for it.
        app.passes(TimeDelta::minutes(20));
        anne.opens(INSIDE).await.is(200);
        app.settles().await;
        app.passes(TimeDelta::minutes(-20));
        is_signed_out(&anne.opens(INSIDE).await);
    }

    async fn what_a_clock_ahead_left_is_swept(app: TestApp) {
        app.passes(TimeDelta::days(365));
        app.billing_admin().await;
        app.anonymous().posts("/sign-in", &[("email", "x@y.example"), ("password", "wrong but long enough")]).await.is(422);
        app.passes(TimeDelta::days(-365));
        app.global_admin().await;
        let now = app.now();
        app.state().db.write_here(|conn| sweep(conn, now)).unwrap();
        assert_eq!(app.db().count("SELECT count(*) FROM sessions"), 1);
        assert_eq!(app.db().count("SELECT count(*) FROM sign_in_failures"), 0);
    }

    async fn tries_counted_by_a_clock_ahead_keep_nobody_out(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        app.passes(TimeDelta::days(365));
        for _ in 0..11 {
            app.anonymous().posts("/sign-in", &[("email", &email), ("password", "wrong but long enough")]).await;
        }
        app.passes(TimeDelta::days(-365));
        app.anonymous().signs_in(&email).await.is(303);
    }
}
