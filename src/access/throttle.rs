//! Guessing is slowed down per account, whichever way it comes, and never for good.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::{
    db::{
        DbConn, prepared,
        schema::sign_in_failures::{self, dsl},
        types::Ts,
    },
    domain::{Instant, email::Email},
    error::Error,
    on_each,
};

/// How many wrong passwords are looked at within a window.
pub const TRIES: i32 = 10;
/// How long a window lasts. It isn't made longer by further tries, so that the owner gets in after
/// at most this long.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// The longest window that anything is counted in.
pub const LONGEST: TimeDelta = TimeDelta::hours(1);
/// How far apart the clocks of replicas may be.
const APART: TimeDelta = TimeDelta::seconds(5);

/// What an account is counted by: the folded address, known or not.
#[must_use]
pub fn account(email: &Email) -> Vec<u8> {
    Sha256::digest(email.folded().as_bytes()).to_vec()
}

/// What tries are counted by that come from browsers, or sessions, of the account's own: guessing
/// from elsewhere doesn't use these up.
#[must_use]
pub fn at_home(email: &Email) -> Vec<u8> {
    Sha256::new()
        .chain_update(b"at home\0")
        .chain_update(email.folded().as_bytes())
        .finalize()
        .to_vec()
}

/// What links for a new password are counted by that are asked for an address, known or not.
#[must_use]
pub fn reset_of(email: &Email) -> Vec<u8> {
    Sha256::new()
        .chain_update(b"reset of\0")
        .chain_update(email.folded().as_bytes())
        .finalize()
        .to_vec()
}

/// What links for a new password are counted by that one client asks for.
#[must_use]
pub fn reset_by(client: IpAddr) -> Vec<u8> {
    Sha256::new()
        .chain_update(b"reset by\0")
        .chain_update(client.to_string().as_bytes())
        .finalize()
        .to_vec()
}

/// What somebody is counted by who writes to partners: the kind of count, and whose it is.
#[must_use]
pub fn contact(kind: &str, whose: &str) -> Vec<u8> {
    Sha256::new()
        .chain_update(b"contact\0")
        .chain_update(kind.as_bytes())
        .chain_update(b"\0")
        .chain_update(whose.as_bytes())
        .finalize()
        .to_vec()
}

/// Counts a try before it is looked at, so that a burst can't slip through.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until the window ends.
pub fn count(conn: &mut DbConn, account: &[u8], now: Instant) -> Result<(), Error> {
    count_to(conn, account, TRIES, now)
}

/// Counts as [`count`] does, of at most so many within a window.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until the window ends.
pub fn count_to(conn: &mut DbConn, account: &[u8], most: i32, now: Instant) -> Result<(), Error> {
    count_within(conn, account, (most, WINDOW), now)
}

/// Counts as [`count`] does, of at most so many within a window of that length.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until the window ends.
pub fn count_within(
    conn: &mut DbConn,
    account: &[u8],
    (most, window): (i32, TimeDelta),
    now: Instant,
) -> Result<(), Error> {
    on_each!(conn, c => diesel::insert_into(dsl::sign_in_failures)
        .values((
            sign_in_failures::account_hash.eq(account),
            sign_in_failures::failures.eq(0),
            sign_in_failures::window_ends_at.eq(Ts::from(now + window)),
        ))
        .on_conflict_do_nothing()
        .execute(c)?);
    let row = dsl::sign_in_failures.find(account.to_vec());
    let columns = (sign_in_failures::failures, sign_in_failures::window_ends_at);
    let (failures, ends): (i32, Ts) = match conn {
        DbConn::Postgres(c) => row.select(columns).for_update().first(c)?,
        DbConn::Sqlite(c) => row.select(columns).first(c)?,
    };
    // A window that ends later than one that began now was counted by a clock that was ahead.
    let over = now >= ends.instant() || ends.instant() > now + window + APART;
    if !over && failures >= most {
        return Err(Error::TooMany(
            (ends.instant() - now)
                .num_seconds()
                .clamp(1, window.num_seconds()),
        ));
    }
    let (failures, ends) = if over {
        (1, Ts::from(now + window))
    } else {
        (failures + 1, ends)
    };
    prepared(
        diesel::update(dsl::sign_in_failures.find(account.to_vec())).set((
            sign_in_failures::failures.eq(failures),
            sign_in_failures::window_ends_at.eq(ends),
        )),
    )
    .execute(conn)?;
    Ok(())
}

/// Forgets the tries, after the right password.
///
/// # Errors
/// The database's.
pub fn forget(conn: &mut DbConn, account: &[u8]) -> Result<(), Error> {
    diesel::delete(dsl::sign_in_failures.find(account.to_vec())).execute(conn)?;
    Ok(())
}

/// Forgets all tries at an account, where its password is set anew.
///
/// # Errors
/// The database's.
pub fn forget_all(conn: &mut DbConn, email: &Email) -> Result<(), Error> {
    forget(conn, &account(email))?;
    forget(conn, &at_home(email))
}
