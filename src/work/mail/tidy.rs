//! What concerns many mails at once: what is in the way of all, and what has waited too long.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    db::{
        DbConn, literal,
        schema::{mail_setups, outgoing_mail},
        types::Ts,
    },
    domain::{Instant, MailId, MailLeaseId},
    error::Error,
    on_each,
    work::delivery::Fault,
};

/// How long a mail may wait altogether.
pub const LONGEST: TimeDelta = TimeDelta::days(3);
/// How long a mail may have waited when mail is first set up.
const LONGEST_AT_FIRST: TimeDelta = TimeDelta::days(1);

/// Tells of every mail that is due what is in the way of all of them.
///
/// # Errors
/// The database's.
pub fn all_wait(conn: &mut DbConn, why: &str, now: Instant) -> Result<(), Error> {
    let untold = outgoing_mail::last_error
        .is_null()
        .or(outgoing_mail::last_error.ne(why));
    diesel::update(
        outgoing_mail::table
            .filter(outgoing_mail::state.eq(literal("queued")))
            .filter(outgoing_mail::run_at.le(Ts::from(now)))
            .filter(outgoing_mail::lease.is_null())
            .filter(untold),
    )
    .set(outgoing_mail::last_error.eq(Some(why)))
    .execute(conn)?;
    Ok(())
}

/// Parks what has waited too long, with what was in the way. How many that were.
///
/// # Errors
/// The database's.
pub fn park_overdue(conn: &mut DbConn, now: Instant) -> Result<usize, Error> {
    let overdue = outgoing_mail::table
        .filter(outgoing_mail::state.eq(literal("queued")))
        .filter(outgoing_mail::run_at.le(Ts::from(now - LONGEST)))
        .filter(
            outgoing_mail::leased_until
                .is_null()
                .or(outgoing_mail::leased_until.le(Ts::from(now))),
        )
        .select(outgoing_mail::id);
    let ids: Vec<MailId> = overdue.load(conn)?;
    park(conn, &ids, now)
}

/// Notes that mail is set up, and the first time parks what had waited for more than a day: it
/// tells of a past that nobody expects mail from. How many that were.
///
/// # Errors
/// The database's.
pub fn set_up(conn: &mut DbConn, now: Instant) -> Result<usize, Error> {
    let row = (
        mail_setups::transport.eq("smtp"),
        mail_setups::first_at.eq(Ts::from(now)),
    );
    let first = on_each!(conn, c => diesel::insert_into(mail_setups::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c)?);
    if first == 0 {
        return Ok(0);
    }
    let stale: Vec<MailId> = outgoing_mail::table
        .filter(outgoing_mail::state.eq(literal("queued")))
        .filter(outgoing_mail::created_at.lt(Ts::from(now - LONGEST_AT_FIRST)))
        .select(outgoing_mail::id)
        .load(conn)?;
    park(conn, &stale, now)
}

fn park(conn: &mut DbConn, ids: &[MailId], now: Instant) -> Result<usize, Error> {
    let mut parked = 0;
    for some in ids.chunks(500) {
        let these = outgoing_mail::table
            .filter(outgoing_mail::id.eq_any(some.to_vec()))
            .filter(outgoing_mail::state.eq(literal("queued")));
        let untold = these.clone().filter(outgoing_mail::last_error.is_null());
        diesel::update(untold)
            .set(outgoing_mail::last_error.eq(Some(Fault::Stale.as_str())))
            .execute(conn)?;
        parked += diesel::update(these)
            .set((
                outgoing_mail::state.eq("parked"),
                outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
                outgoing_mail::closed_at.eq(Some(Ts::from(now))),
                outgoing_mail::lease.eq(None::<MailLeaseId>),
                outgoing_mail::leased_until.eq(None::<Ts>),
            ))
            .execute(conn)?;
    }
    Ok(parked)
}
