//! One connection type over both databases.

#![expect(missing_docs, reason = "the derive makes public items without any")]

use diesel::{PgConnection, SqliteConnection};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    /// Postgres, from libpq's version 12 on.
    Postgres(PgConnection),
    /// The bundled `SQLite`.
    Sqlite(SqliteConnection),
}
