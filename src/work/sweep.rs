//! Sweeping: rows that mean nothing any more are taken out now and then. Nothing depends on it:
//! every limit is decided at use, by the clock.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    db::{
        Db, DbConn,
        schema::{denials, sessions, sign_in_failures},
        types::Ts,
    },
    domain::Instant,
    error::Error,
    web::now::Clock,
};

/// Takes out sessions and counters whose time is over.
///
/// # Errors
/// The database's.
pub fn sweep(conn: &mut DbConn, now: Instant) -> Result<(), Error> {
    let over = Ts::from(now);
    diesel::delete(sessions::table.filter(sessions::expires_at.le(over))).execute(conn)?;
    let failures = sign_in_failures::window_ends_at;
    diesel::delete(sign_in_failures::table.filter(failures.le(over))).execute(conn)?;
    let hour_ago = Ts::from(now - TimeDelta::hours(1));
    diesel::delete(denials::table.filter(denials::minute.lt(hour_ago))).execute(conn)?;
    Ok(())
}

/// Sweeps every ten minutes for as long as the server runs.
pub async fn keep_sweeping(db: Db, clock: Clock) {
    loop {
        tokio::time::sleep(Duration::from_mins(10)).await;
        let now = clock.now();
        if let Err(error) = db.write_unattended(move |conn| sweep(conn, now)).await {
            tracing::warn!(%error, "sweep");
        }
    }
}
