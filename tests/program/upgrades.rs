//! Upgrades from the first schema, killed and failing on the way: every fact is kept.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use diesel::connection::SimpleConnection;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use entente::{
    db::{DbConn, migrate::migrate},
    domain::relationship::RelationshipType,
    on_each,
};

use super::{
    PATIENCE, any, times, waits_until,
    whole::{settles, verifies},
};
use crate::support::{
    TestApp,
    cast::Persona,
    db::{Backend, TestDb},
    program::{Program, SECRET, Start, command, tells},
    scene::Ask,
};

/// What the harness of migrations keeps for itself.
const VERSIONS: &str = "__diesel_schema_migrations";

/// The columns of each table.
type Columns = BTreeMap<String, Vec<String>>;
/// The rows of each table, as text.
type Rows = BTreeMap<String, Vec<String>>;

fn columns(db: &TestDb) -> Columns {
    let of = |table: &String| {
        db.ask(&match db.backend {
            Backend::Sqlite => format!(
                "SELECT '\"' || name || '\"' AS answer FROM pragma_table_info('{table}') ORDER BY cid"
            ),
            Backend::Postgres => format!(
                "SELECT quote_ident(column_name) AS answer FROM information_schema.columns WHERE \
                 table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        })
    };
    let tables = db.tables().into_iter().filter(|table| table != VERSIONS);
    tables.map(|table| (table.clone(), of(&table))).collect()
}

/// Every row, as far as these columns go.
fn rows(db: &TestDb, columns: &Columns) -> Rows {
    let of = |(table, columns): (&String, &Vec<String>)| {
        let row = match db.backend {
            Backend::Sqlite => {
                let quoted: Vec<String> =
                    columns.iter().map(|one| format!("quote({one})")).collect();
                quoted.join(" || ', ' || ")
            }
            Backend::Postgres => format!("ROW({})::text", columns.join(", ")),
        };
        let rows = db.ask(&format!("SELECT {row} AS answer FROM {table} ORDER BY 1"));
        (table.clone(), rows)
    };
    columns.iter().map(of).collect()
}

/// Everything that a database says of its tables, indexes, constraints and triggers.
fn schema(db: &TestDb) -> Vec<String> {
    db.ask(match db.backend {
        Backend::Sqlite => {
            "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS answer FROM sqlite_master \
             ORDER BY 1"
        }
        Backend::Postgres => {
            "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' \
               || is_nullable || ' ' || coalesce(column_default, '') || ' ' \
               || coalesce(collation_name, '') AS answer \
               FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' \
               || pg_get_constraintdef(oid) FROM pg_constraint \
               WHERE connamespace = 'public'::regnamespace \
             UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
             UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc \
               WHERE pronamespace = 'public'::regnamespace \
             ORDER BY 1"
        }
    })
}

/// The versions that were run.
fn versions(db: &TestDb) -> usize {
    db.ask(&format!("SELECT version AS answer FROM {VERSIONS}"))
        .len()
}

/// A database of the first schema with the facts of another one, as far as it has room for them.
fn at_first(with: &TestDb) -> TestDb {
    let db = TestDb::empty(with.backend);
    let folder = match db.backend {
        Backend::Sqlite => "migrations/sqlite",
        Backend::Postgres => "migrations/postgres",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let source = FileBasedMigrations::from_path(folder).unwrap();
    let mut conn = db.connect();
    on_each!(&mut conn, c => drop(c.run_next_migration(source).unwrap()));
    let all = columns(&db);
    match &mut conn {
        DbConn::Sqlite(conn) => {
            let wanted = |what: &str| {
                db.ask(&format!("SELECT {what} AS answer FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
            };
            let (names, triggers) = (wanted("name"), wanted("sql"));
            let mut script = format!(
                "PRAGMA foreign_keys = OFF; ATTACH '{}' AS source;",
                with.path().display()
            );
            script.extend(names.iter().map(|name| format!("DROP TRIGGER {name};")));
            script.extend(all.iter().map(|(table, columns)| {
                let columns = columns.join(", ");
                format!(
                    "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table};"
                )
            }));
            script += "DETACH source;";
            script.extend(triggers.iter().map(|trigger| format!("{trigger};")));
            conn.batch_execute(&script).unwrap();
        }
        DbConn::Postgres(conn) => {
            conn.batch_execute("SET session_replication_role = replica")
                .unwrap();
            for (table, columns) in &all {
                let columns = columns.join(", ");
                let rows = with.ask(&format!("SELECT coalesce(json_agg(r), '[]')::text AS answer FROM (SELECT {columns} FROM {table}) r")).concat();
                let rows = rows.replace('\'', "''");
                let script = format!(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, '{rows}')"
                );
                conn.batch_execute(&script).unwrap();
            }
        }
    }
    drop(conn);
    assert_eq!(rows(&db, &all), rows(with, &all));
    db
}

/// What an upgrade starts from, and comes to.
struct Upgrade {
    columns: Columns,
    rows: Rows,
    first: Vec<String>,
    newest: Vec<String>,
    new_tables: Vec<String>,
    versions: usize,
}

impl Upgrade {
    fn of(app: &TestApp) -> Self {
        let (db, fresh) = (at_first(app.db()), TestDb::empty(app.db().backend));
        migrate(&fresh.url).unwrap();
        let columns = columns(&db);
        let known = |table: &String| table != VERSIONS && !columns.contains_key(table);
        Self {
            rows: rows(&db, &columns),
            first: schema(&db),
            newest: schema(&fresh),
            new_tables: fresh.tables().into_iter().filter(known).collect(),
            versions: versions(&fresh),
            columns,
        }
    }

    /// Whatever happened, the database is at a version, whole, with every fact. Returns whether it
    /// is the newest.
    #[track_caller]
    fn is_done(&self, db: &TestDb) -> bool {
        settles(db);
        let ran = versions(db);
        assert_eq!(rows(db, &self.columns), self.rows, "after {ran} migrations");
        if ran == self.versions {
            assert_eq!(schema(db), self.newest);
        } else if ran == 1 {
            assert_eq!(schema(db), self.first);
        }
        ran == self.versions
    }

    /// Started again, the upgrade comes to its end, and the program goes on where it was.
    #[track_caller]
    fn ends(&self, app: &TestApp, db: &TestDb) {
        let told = tells(&db.setting(), &["migrate"]);
        assert!(told.status.success(), "{told:?}");
        assert!(self.is_done(db));
        verifies(db);
        let program = Program::serve(db);
        let cookie = program.signs_in(&app.world().person(Persona::BillingAdmin).email);
        let list = program
            .gets("/billing/partner-relationships", &cookie)
            .unwrap();
        assert!(
            list.status == 200 && list.body.contains("Fjord Managed IT"),
            "{list:?}"
        );
    }
}

/// Decisions of every kind, with what belongs to them.
async fn has_a_history(app: &TestApp) {
    let related = app.related();
    app.accepted_by(
        Persona::BillingAdmin,
        &app.invites(&app.ask_for(RelationshipType::Reseller)),
    );
    let people = vec![Persona::SalesAgent];
    app.accepted_by(
        Persona::GlobalAdmin,
        &app.invites(&Ask {
            people,
            ..app.ask_for(RelationshipType::Partner)
        }),
    );
    app.withdraws(&app.invites(&app.ask_for(RelationshipType::MpsaPartner)));
    let declined = app.invites(&app.ask_for(RelationshipType::Advisor));
    let marie = app.billing_admin().await;
    let page = marie.opens(&declined.refusal()).await;
    marie
        .presses(
            &page,
            "Decline invitation",
            &[("reason", "Non, merci\u{a0}: l\u{2019}an prochain")],
        )
        .await
        .is(303);
    let page = marie
        .opens(&format!(
            "/billing/partner-relationships/{related}/role-removal"
        ))
        .await;
    marie.presses(&page, "Yes, remove roles", &[]).await.is(303);
    app.member()
        .await
        .posts(&declined.acceptance(), &[("terms", "")])
        .await
        .is(403);
    app.invites(&app.ask());
    app.accepted_by(
        Persona::GlobalAdmin,
        &app.invites(&Ask {
            days: 90,
            ..app.ask_for(RelationshipType::ResellerAndDelegatedAdministrator)
        }),
    );
    let filled = [
        "tenants",
        "acceptances",
        "authorizations",
        "grants",
        "events",
        "personal_data",
        "invitations",
        "invitation_tokens",
        "outgoing_mail",
        "sessions",
        "denials",
    ];
    for table in filled {
        assert!(
            app.db().count(&format!("SELECT count(*) FROM {table}")) > 0,
            "{table}"
        );
    }
}

/// `entente migrate`, on its way.
fn migrating(db: &TestDb) -> Child {
    command(&["migrate"])
        .env("ENTENTE_DATA_DIR", std::env::temp_dir())
        .env("ENTENTE_DATABASE_URL", db.setting())
        .env("ENTENTE_SECRET", SECRET)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// As a power cut would.
fn kills(mut process: Child) {
    let _ = process.kill();
    process.wait().unwrap();
}

on_both! {
    async fn an_upgrade_that_is_killed_at_any_moment_keeps_every_fact(app: TestApp) {
        has_a_history(&app).await;
        let upgrade = Upgrade::of(&app);
        let started = Instant::now();
        let undisturbed = at_first(app.db());
        let before = Instant::now();
        assert!(migrating(&undisturbed).wait().unwrap().success());
        let took = u64::try_from(before.elapsed().as_millis()).unwrap();
        upgrade.ends(&app, &undisturbed);
        let (mut killed, mut not_begun) = (0, 0);
        for _ in 0..times("ENTENTE_TEST_UPGRADES", 4) {
            let db = at_first(app.db());
            for _ in 0..5 {
                let process = migrating(&db);
                thread::sleep(any(0, took.max(2)));
                kills(process);
                killed += 1;
                if upgrade.is_done(&db) {
                    break;
                }
                not_begun += 1;
            }
            upgrade.ends(&app, &db);
        }
        eprintln!("{killed} kills within {took} ms, {not_begun} before the end, {:?}", started.elapsed());
    }

    async fn an_upgrade_that_fails_on_the_way_leaves_everything_as_it_was(app: TestApp) {
        has_a_history(&app).await;
        let (upgrade, db) = (Upgrade::of(&app), at_first(app.db()));
        // Of the first step after the first schema: what comes before a step that fails is kept.
        let in_the_way = "password_resets";
        assert!(upgrade.new_tables.iter().any(|table| table == in_the_way));
        db.run(&format!("CREATE TABLE {in_the_way} (x INTEGER)")).unwrap();
        for _ in 0..2 {
            let told = tells(&db.setting(), &["migrate"]);
            assert!(!told.status.success(), "{told:?}");
            let said = String::from_utf8_lossy(&told.stderr).into_owned();
            assert!(said.contains(in_the_way), "{said}");
            let refused = Start::over(&db.setting()).tries();
            assert!(refused.is_err(), "it serves over half a schema");
        }
        db.run(&format!("DROP TABLE {in_the_way}")).unwrap();
        assert!(!upgrade.is_done(&db));
        assert_eq!(versions(&db), 1);
        upgrade.ends(&app, &db);
    }
}

#[test]
fn an_upgrade_that_is_killed_before_its_last_step_is_undone_on_postgres() {
    crate::support::app::run(Backend::Postgres, |app: TestApp| async move {
        has_a_history(&app).await;
        let (upgrade, db) = (Upgrade::of(&app), at_first(app.db()));
        // An index on grants comes last: it waits for whoever writes there.
        let mut writes = db.connect();
        on_each!(&mut writes, c => c.batch_execute("BEGIN; UPDATE grants SET ends_at = ends_at"))
            .unwrap();
        let process = migrating(&db);
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        waits_until("waiting", PATIENCE, || db.count(waiting) == 1);
        kills(process);
        on_each!(&mut writes, c => c.batch_execute("ROLLBACK")).unwrap();
        waits_until("gone", PATIENCE, || db.count(waiting) == 0);
        thread::sleep(Duration::from_millis(50));
        assert!(!upgrade.is_done(&db));
        assert_eq!(versions(&db), 1);
        upgrade.ends(&app, &db);
    });
}
