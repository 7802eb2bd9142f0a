//! Keeping: chains under contention, migrations at once, locks, pools, retries.

use std::{
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use diesel::{Connection, PgConnection, connection::SimpleConnection, prelude::*};
use entente::{
    db::{
        Db, DbConn,
        connect::OpenError,
        migrate::{grant_to_serving_role, migrate, serving_role_owns_evidence},
        schema::partners,
    },
    domain::{TenantId, event::EventKind},
    error::Error,
    evidence::chain::{self, NewEvent},
};
use futures_util::future::join_all;

use crate::support::{
    TestApp,
    cast::Persona,
    db::{Backend, TestDb, as_superuser, fresh_name},
};

fn event(tenant: Option<TenantId>) -> NewEvent {
    NewEvent {
        tenant,
        ..NewEvent::by_command(
            EventKind::TenantSettingsChanged,
            serde_json::json!({ "n": 1 }),
        )
    }
}

on_both! {
    async fn sixteen_writers_leave_chains_without_gaps(app: TestApp) {
        const EACH: usize = 12;
        // Two processes' worth of pools over one database.
        let second = Db::open(app.state().db.url(), 8).unwrap();
        let (own, other, now) = (app.world().own.id, app.world().other.id, app.now());
        let start = Arc::new(Barrier::new(16));
        let writers: Vec<_> = (0..16)
            .map(|index| {
                let db = if index % 2 == 0 { app.state().db.clone() } else { second.clone() };
                let start = Arc::clone(&start);
                let tenant = [Some(own), Some(other), None][index % 3];
                thread::spawn(move || {
                    start.wait();
                    for _ in 0..EACH {
                        db.write_here(|conn| chain::append(conn, &event(tenant), now)).unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.join().unwrap();
        }
        let report = app.verified();
        assert_eq!((report.chains, report.events), (3, 16 * EACH as u64));
        let gaps = app.db().count("SELECT count(*) FROM chains WHERE head_number <> (SELECT count(*) FROM events WHERE chain_id = chains.id)");
        assert_eq!(gaps, 0);
    }

    async fn a_transaction_that_fails_leaves_nothing(app: TestApp) {
        let before = app.db().everything();
        let (own, now) = (app.world().own.id, app.now());
        let result: Result<(), Error> = app.state().db.write_here(|conn| {
            chain::append(conn, &event(Some(own)), now)?;
            Err(Error::Conflict("no".into()))
        });
        assert!(result.is_err());
        assert_eq!(app.db().everything(), before);
        app.state().db.write_here(|conn| chain::append(conn, &event(Some(own)), now)).unwrap();
        assert_eq!(app.verified().events, 1);
    }

    async fn what_waits_together_stands_or_falls_by_itself(app: TestApp) {
        const GOOD: usize = 20;
        let (own, now, db) = (app.world().own.id, app.now(), app.state().db.clone());
        let append = move |conn: &mut DbConn| chain::append(conn, &event(Some(own)), now).map(drop);
        // While the first one is written, all others come to wait.
        let first = db.write_unattended(move |conn| {
            thread::sleep(Duration::from_millis(300));
            append(conn)
        });
        let good = join_all((0..GOOD).map(|_| db.write_unattended(append)));
        let failing = join_all((0..5).map(|_| db.write_unattended(move |conn| {
            append(conn)?;
            Err::<(), _>(Error::Conflict("no".into()))
        })));
        let (first, good, failed) = futures_util::future::join3(first, good, failing).await;
        assert!(first.is_ok() && good.iter().all(Result::is_ok), "{good:?}");
        assert!(failed.iter().all(|one| matches!(one, Err(Error::Conflict(_)))), "{failed:?}");
        assert_eq!(app.verified().events, 1 + GOOD as u64);
        // The same with panics among them.
        let first = db.write_unattended(move |conn| {
            thread::sleep(Duration::from_millis(300));
            append(conn)
        });
        let good = join_all((0..GOOD).map(|_| db.write_unattended(append)));
        let panicking = join_all((0..5).map(|_| db.write_unattended(move |conn| {
            append(conn)?;
            assert!(conn.batch_execute("SELECT 1").is_err(), "on purpose");
            Ok(())
        })));
        let (first, good, panicked) = futures_util::future::join3(first, good, panicking).await;
        assert!(first.is_ok() && good.iter().all(Result::is_ok), "{good:?}");
        assert!(panicked.iter().all(|one| matches!(one, Err(Error::Busy))), "{panicked:?}");
        assert_eq!(app.verified().events, 2 * (1 + GOOD as u64));
        db.write_unattended(append).await.unwrap();
    }

    async fn who_gave_up_waiting_is_not_written_later(app: TestApp) {
        let (own, now, db) = (app.world().own.id, app.now(), app.state().db.clone());
        let append = move |conn: &mut DbConn| chain::append(conn, &event(Some(own)), now).map(drop);
        let slow = db.write_unattended(|_| {
            thread::sleep(Duration::from_secs(7));
            Ok(())
        });
        let late = async {
            actix_web::rt::time::sleep(Duration::from_millis(200)).await;
            db.write_unattended(append).await
        };
        let (slow, late) = futures_util::future::join(slow, late).await;
        assert!(slow.is_ok());
        // Postgres has more than one connection to write with.
        let kept = app.db().backend == Backend::Postgres;
        assert_eq!(late.is_ok(), kept, "{late:?}");
        db.write_unattended(|_| Ok(())).await.unwrap();
        assert_eq!(app.verified().events, u64::from(kept));
    }

    async fn reading_cannot_write_by_accident_on_sqlite(app: TestApp) {
        let write = app.state().db.read_here(|conn| {
            diesel::update(partners::table).set(partners::city.eq("Oslo")).execute(conn)?;
            Ok(())
        });
        if app.db().backend == Backend::Sqlite {
            assert!(write.is_err());
        }
    }

    async fn three_that_start_together_migrate_once(app: TestApp) {
        for _ in 0..3 {
            let db = TestDb::empty(app.db().backend);
            let start = Arc::new(Barrier::new(3));
            let starting: Vec<_> = (0..3)
                .map(|_| {
                    let (url, start) = (db.url.clone(), Arc::clone(&start));
                    thread::spawn(move || {
                        start.wait();
                        migrate(&url).unwrap().len()
                    })
                })
                .collect();
            let mut ran: Vec<usize> = starting.into_iter().map(|one| one.join().unwrap()).collect();
            ran.sort_unstable();
            assert_eq!(ran[..2], [0, 0], "{ran:?}");
            assert_eq!(db.count("SELECT count(*) FROM __diesel_schema_migrations"), i64::try_from(ran[2]).unwrap());
        }
    }

    async fn a_database_of_a_later_version_is_left_alone(app: TestApp) {
        app.db().run("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')").unwrap();
        let before = app.db().everything();
        let refused = migrate(&app.db().url);
        assert!(matches!(refused, Err(OpenError::Newer(..))), "{refused:?}");
        assert_eq!(app.db().everything(), before);
    }

    async fn when_every_connection_is_taken_one_waits_then_is_told_so(app: TestApp) {
        let marie = app.billing_admin().await;
        let db = app.state().db.clone();
        let hold = move || {
            let db = db.clone();
            async move {
                db.read(|_| {
                    thread::sleep(Duration::from_secs(9));
                    Ok(())
                }).await
            }
        };
        let taken = join_all((0..8).map(|_| hold()));
        let asked = async {
            actix_web::rt::time::sleep(Duration::from_millis(200)).await;
            let started = Instant::now();
            let live = app.anonymous().opens("/live").await;
            live.is(200);
            let style = app.anonymous().opens(entente::web::assets::APP_CSS).await;
            style.is(200);
            assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
            let pages = join_all((0..40).map(|_| marie.opens("/billing/invitations"))).await;
            let took = started.elapsed();
            for page in &pages {
                page.is(503).says("Entente is busy");
                let wait: u64 = page.header("retry-after").parse().unwrap();
                assert!((1..=10).contains(&wait), "{wait}");
            }
            assert!(took >= Duration::from_secs(4) && took < Duration::from_secs(15), "{took:?}");
        };
        let (freed, ()) = futures_util::future::join(taken, asked).await;
        assert!(freed.into_iter().all(|one| one.is_ok()));
        marie.opens("/billing/invitations").await.is(200);
    }
}

/// Signs in while another process holds the database for a while.
async fn while_held(app: &TestApp, hold: Duration) -> (u16, String, Duration) {
    let email = app.world().person(Persona::Member).email.clone();
    let mut other = app.db().connect();
    let (tell, told) = std::sync::mpsc::channel();
    let holder = thread::spawn(move || {
        match &mut other {
            DbConn::Sqlite(conn) => conn.batch_execute("BEGIN EXCLUSIVE").unwrap(),
            DbConn::Postgres(conn) => conn
                .batch_execute("BEGIN; LOCK TABLE sign_in_failures IN ACCESS EXCLUSIVE MODE")
                .unwrap(),
        }
        tell.send(()).unwrap();
        thread::sleep(hold);
        entente::on_each!(&mut other, c => c.batch_execute("ROLLBACK").unwrap());
    });
    told.recv().unwrap();
    let started = Instant::now();
    let browser = app.anonymous();
    let sign_in = browser.signs_in(&email);
    let live = async {
        actix_web::rt::time::sleep(Duration::from_millis(100)).await;
        let started = Instant::now();
        app.anonymous().opens("/live").await.is(200);
        assert!(started.elapsed() < Duration::from_secs(2));
    };
    let (page, ()) = futures_util::future::join(sign_in, live).await;
    let took = started.elapsed();
    holder.join().unwrap();
    (page.status, page.header("retry-after"), took)
}

on_both! {
    async fn a_database_that_is_locked_for_a_moment_is_waited_for(app: TestApp) {
        let (status, _, _) = while_held(&app, Duration::from_secs(2)).await;
        assert_eq!(status, 303);
    }

    async fn a_database_that_stays_locked_refuses_politely(app: TestApp) {
        let (status, wait, took) = while_held(&app, Duration::from_secs(9)).await;
        assert_eq!(status, 503);
        assert!((1..=10).contains(&wait.parse::<i64>().unwrap()), "{wait}");
        assert!(took < Duration::from_secs(9), "{took:?}");
        app.signed_in(Persona::Member).await;
    }
}

#[test]
fn transactions_that_lock_each_other_out_are_run_again() {
    crate::support::app::run(Backend::Postgres, |app: TestApp| async move {
        let (p, q) = (app.world().p.id, app.world().q.id);
        let start = Arc::new(Barrier::new(2));
        let writers: Vec<_> = [(p, q), (q, p)]
            .into_iter()
            .map(|(first, second)| {
                let (db, start) = (app.state().db.clone(), Arc::clone(&start));
                thread::spawn(move || {
                    let runs = std::sync::atomic::AtomicUsize::new(0);
                    db.write_here(|conn| {
                        let update = |conn: &mut DbConn, id| {
                            diesel::update(partners::table.find(id))
                                .set(partners::city.eq("Oslo"))
                                .execute(conn)
                        };
                        update(conn, first)?;
                        if runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {
                            start.wait();
                        }
                        update(conn, second)?;
                        Ok(())
                    })
                    .unwrap();
                    runs.into_inner()
                })
            })
            .collect();
        let runs: usize = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .sum();
        assert!(runs >= 3, "neither ran twice: {runs}");
    });
}

#[test]
fn a_lost_connection_is_replaced_without_a_restart() {
    crate::support::app::run(Backend::Postgres, |app: TestApp| async move {
        let marie = app.billing_admin().await;
        for _ in 0..5 {
            app.db().ask("SELECT pg_terminate_backend(pid)::text AS answer FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            let mut served = false;
            for _ in 0..20 {
                let page = marie.opens("/billing/invitations").await;
                assert!([200, 503].contains(&page.status), "{}", page.status);
                served = page.status == 200;
                if served {
                    break;
                }
                actix_web::rt::time::sleep(Duration::from_millis(50)).await;
            }
            assert!(served, "not back after twenty tries");
        }
    });
}

#[test]
fn on_postgres_the_serving_role_may_not_touch_evidence() {
    crate::support::app::run(Backend::Postgres, |app: TestApp| async move {
        app.related();
        let role = fresh_name("role");
        as_superuser(&format!("CREATE ROLE {role} LOGIN"));
        let url =
            app.db()
                .setting()
                .replacen("postgres://postgres@", &format!("postgres://{role}@"), 1);
        let serving = entente::db::connect::DatabaseUrl::parse(&url, false).unwrap();
        // What an earlier version gave is taken back.
        let owner = app.db();
        owner
            .run(&format!(
                "GRANT DELETE ON ALL TABLES IN SCHEMA public TO {role}"
            ))
            .unwrap();
        grant_to_serving_role(&owner.url, &serving).unwrap();
        assert!(!serving_role_owns_evidence(&serving).unwrap());
        assert!(serving_role_owns_evidence(&app.db().url).unwrap());
        let mut conn = PgConnection::establish(&url).unwrap();
        for sql in [
            "UPDATE events SET kind = kind",
            "DELETE FROM acceptances",
            "TRUNCATE authorizations",
            "ALTER TABLE events DISABLE TRIGGER ALL",
            "DROP TRIGGER events_append_only ON events",
            "DROP TABLE events",
            "UPDATE agreement_texts SET title = 'x'",
            "UPDATE personal_data SET commitment = commitment",
            "DELETE FROM agreement_versions",
            "DELETE FROM grants",
            "DELETE FROM invitations",
            "DELETE FROM invitation_roles",
            "DELETE FROM invitation_tokens",
            "DELETE FROM relationships",
            "DELETE FROM memberships",
            "DELETE FROM membership_roles",
            "DELETE FROM people",
            "DELETE FROM partners",
            "DELETE FROM tenants",
            "DELETE FROM chains",
            "DELETE FROM outgoing_mail",
            "TRUNCATE grants",
            "INSERT INTO __diesel_schema_migrations VALUES ('x')",
        ] {
            let error = diesel::sql_query(sql)
                .execute(&mut conn)
                .unwrap_err()
                .to_string();
            assert!(
                error.contains("permission denied") || error.contains("must be owner"),
                "{sql}: {error}"
            );
        }
        // And it can do its work.
        for passing in ["sessions", "sign_in_failures", "denials"] {
            diesel::sql_query(format!("DELETE FROM {passing}"))
                .execute(&mut conn)
                .unwrap();
        }
        let db = Db::open(&serving, 2).unwrap();
        let (own, now) = (app.world().own.id, app.now());
        db.write_here(|conn| chain::append(conn, &event(Some(own)), now))
            .unwrap();
        drop((db, conn));
        app.verified();
        app.db().run(&format!("DROP OWNED BY {role}")).unwrap();
        as_superuser(&format!("DROP ROLE {role}"));
    });
}
