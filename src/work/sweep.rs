//! Sweeping: rows that mean nothing any more are taken out now and then. Nothing depends on it:
//! every limit is decided at use, by the clock.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    access::{session_row::AHEAD, throttle::LONGEST},
    db::{
        Db, DbConn,
        schema::{denials, password_resets, sessions, sign_in_failures, staff_invitations},
        types::Ts,
    },
    domain::Instant,
    error::Error,
    web::now::Clock,
};

/// Takes out sessions, counters and links for a new password whose time is over, and those of a
/// clock that was ahead; and a month later, whom a partner asked to join its staff.
///
/// # Errors
/// The database's.
pub fn sweep(conn: &mut DbConn, now: Instant) -> Result<(), Error> {
    let over = Ts::from(now);
    let ahead = Ts::from(now + AHEAD);
    let dead = sessions::expires_at
        .le(over)
        .or(sessions::created_at.gt(ahead))
        .or(sessions::last_seen_at.gt(ahead));
    diesel::delete(sessions::table.filter(dead)).execute(conn)?;
    let (ends, never) = (
        sign_in_failures::window_ends_at,
        Ts::from(now + LONGEST + AHEAD),
    );
    let done = ends.le(over).or(ends.gt(never));
    diesel::delete(sign_in_failures::table.filter(done)).execute(conn)?;
    let hour_ago = Ts::from(now - TimeDelta::hours(1));
    diesel::delete(denials::table.filter(denials::minute.lt(hour_ago))).execute(conn)?;
    let used = password_resets::closed_at
        .is_not_null()
        .or(password_resets::expires_at.le(over));
    diesel::delete(password_resets::table.filter(used)).execute(conn)?;
    let month_ago = Ts::from(now - TimeDelta::days(30));
    let long_over = staff_invitations::expires_at.le(month_ago);
    diesel::delete(staff_invitations::table.filter(long_over)).execute(conn)?;
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
