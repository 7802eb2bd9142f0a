//! The log beside a `SQLite` file.

use diesel::{QueryResult, RunQueryDsl, SqliteConnection, sql_query, sql_types::Integer};

#[derive(diesel::QueryableByName)]
struct Outcome {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Writes the log into the file and cuts it to nothing. Says whether it could: not while somebody
/// reads from it, for whom it waits five seconds.
///
/// # Errors
/// The database's.
pub(super) fn empty(conn: &mut SqliteConnection) -> QueryResult<bool> {
    let outcome: Outcome = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
    Ok(outcome.busy == 0)
}
