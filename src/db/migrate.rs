//! Migrations: at start and by command, once, whoever else starts at the same time.

use std::{fs::File, path::Path};

use diesel::{Connection, RunQueryDsl, connection::SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{
    DbConn, MultiBackend,
    connect::{DatabaseUrl, OpenError},
};
use crate::private;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The key of the advisory lock that one migration at a time holds on Postgres.
const LOCK: i64 = 0x0045_6e74_656e_7465;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Brings the database up to date and returns the names of what was run. Others that start at the
/// same time wait, then find nothing to do.
///
/// # Errors
/// Refuses a database that a later version migrated.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, OpenError> {
    // SQLite has no lock that spans several transactions, so a file beside it serves as one.
    let lock = match url {
        DatabaseUrl::Sqlite(path) => {
            url.check()?;
            let mut beside = path.clone().into_os_string();
            beside.push(".lock");
            let made = private::create(Path::new(&beside));
            let file = made.and_then(|_| File::options().append(true).open(&beside));
            let file = file.map_err(|e| OpenError::Connect(url.shown(), e.to_string()))?;
            file.lock()
                .map_err(|e| OpenError::Connect(url.shown(), e.to_string()))?;
            Some(file)
        }
        DatabaseUrl::Postgres { .. } => None,
    };
    let mut conn = url.connect_once()?;
    if nothing_is_pending(&mut conn) {
        return Ok(Vec::new());
    }
    let failed = |error: Failure| OpenError::Migrate(url.shown(), error.to_string());
    let ran = match &mut conn {
        DbConn::Sqlite(conn) => run(conn, SQLITE, url)?,
        DbConn::Postgres(conn) => {
            conn.batch_execute(&format!(
                "SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock({LOCK})"
            ))
            .map_err(|e| failed(e.into()))?;
            let ran = run(conn, POSTGRES, url);
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))
                .map_err(|e| failed(e.into()))?;
            ran?
        }
    };
    drop(lock);
    Ok(ran)
}

fn run<C>(
    conn: &mut C,
    source: EmbeddedMigrations,
    url: &DatabaseUrl,
) -> Result<Vec<String>, OpenError>
where
    C: Connection + MigrationHarness<C::Backend> + 'static,
{
    let failed = |error: Failure| OpenError::Migrate(url.shown(), error.to_string());
    let known: Vec<String> = diesel::migration::MigrationSource::<C::Backend>::migrations(&source)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let applied = conn.applied_migrations().map_err(failed)?;
    if let Some(later) = applied
        .iter()
        .map(ToString::to_string)
        .find(|v| !known.contains(v))
    {
        return Err(OpenError::Newer(url.shown(), later));
    }
    let ran = conn.run_pending_migrations(source).map_err(failed)?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// Whether everything known was run, asked without the right to make the table that says so: the
/// serving role starts on a database that its owner migrated.
fn nothing_is_pending(conn: &mut DbConn) -> bool {
    let known = diesel::migration::MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE);
    let known: Vec<String> = known
        .map(|all| {
            all.iter()
                .map(|one| one.name().version().to_string())
                .collect()
        })
        .unwrap_or_default();
    let question = "SELECT version FROM __diesel_schema_migrations";
    let rows: Result<Vec<Applied>, _> = diesel::sql_query(question).load(conn);
    rows.is_ok_and(|rows| {
        rows.len() == known.len() && rows.iter().all(|row| known.contains(&row.version))
    })
}

#[derive(diesel::QueryableByName)]
#[diesel(check_for_backend(MultiBackend))]
struct Applied {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// The tables that only ever grow: the serving role may insert and read them, nothing more.
const EVIDENCE: &str = "events, acceptances, authorizations";

/// The tables whose rows go once they have served, or are written anew with what they belong to.
/// Everywhere else rows end and stay, so the serving role has no right to delete them.
const PASSING: &str = "sessions, sign_in_failures, denials, password_resets, staff_invitations, \
                        directory_locations, directory_choices, \
                        directory_entries, directory_cards, \
                        agreement_drafts, agreement_draft_texts";

/// On Postgres with a separate owner: gives the serving role what it needs and no more.
///
/// # Errors
/// The owner may not grant, or the role isn't there.
pub fn grant_to_serving_role(owner: &DatabaseUrl, serving: &DatabaseUrl) -> Result<(), OpenError> {
    let failed =
        |error: diesel::result::Error| OpenError::Migrate(owner.shown(), error.to_string());
    let role = current_role(serving)?;
    let DbConn::Postgres(mut conn) = owner.connect_once()? else {
        return Ok(());
    };
    let role = role.replace('"', "\"\"");
    // Two that grant at once would get in each other's way. The lock goes with the connection.
    conn.batch_execute(&format!(
        "SET lock_timeout = 0; SELECT pg_advisory_lock({LOCK})"
    ))
    .map_err(failed)?;
    conn.batch_execute(&format!(
        "GRANT USAGE ON SCHEMA public TO \"{role}\"; \
         REVOKE DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public FROM \"{role}\"; \
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO \"{role}\"; \
         GRANT DELETE ON {PASSING} TO \"{role}\"; \
         REVOKE UPDATE ON {EVIDENCE}, personal_data, agreement_texts FROM \"{role}\"; \
         GRANT UPDATE (data, salt, erased_at) ON personal_data TO \"{role}\"; \
         REVOKE INSERT, UPDATE ON __diesel_schema_migrations FROM \"{role}\";"
    ))
    .map_err(failed)
}

#[derive(diesel::QueryableByName)]
struct Answer {
    #[diesel(sql_type = diesel::sql_types::Text)]
    answer: String,
}

fn ask(url: &DatabaseUrl, question: &str) -> Result<String, OpenError> {
    let DbConn::Postgres(mut conn) = url.connect_once()? else {
        return Ok(String::new());
    };
    let answer: Answer = diesel::sql_query(question)
        .get_result(&mut conn)
        .map_err(|error| OpenError::Connect(url.shown(), error.to_string()))?;
    Ok(answer.answer)
}

fn current_role(url: &DatabaseUrl) -> Result<String, OpenError> {
    ask(url, "SELECT current_user::text AS answer")
}

/// Whether the serving role could change evidence if it tried: it owns the tables, so that only
/// triggers stand in its way. Always so on `SQLite`.
///
/// # Errors
/// The database can't be asked.
pub fn serving_role_owns_evidence(url: &DatabaseUrl) -> Result<bool, OpenError> {
    if url.is_sqlite() {
        return Ok(true);
    }
    let question = "SELECT has_table_privilege('events', 'UPDATE')::text AS answer";
    Ok(ask(url, question)? == "true")
}
