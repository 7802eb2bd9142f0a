//! The password, and the sessions that it opened.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use crate::{
    access::{
        guards::{Guard, SignedIn},
        people::password,
        session_row::{AHEAD, take_over},
        throttle,
    },
    db::{
        DbConn,
        schema::{people, sessions},
        types::Ts,
    },
    domain::{Instant, Language, SessionId, email::Email, event::EventKind},
    error::Error,
    evidence::chain::{self, NewEvent},
    work::outbox::MailKind,
};

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The session.
    pub id: SessionId,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// Where the sign-in came from.
    pub client_address: Option<String>,
    /// When the person signed in.
    pub since: Instant,
    /// When the last request came, to the minute.
    pub seen: Instant,
}

type BrowserRow = (SessionId, Option<String>, Option<String>, Ts, Ts);

/// The sessions of the person who asks that still live, the latest used first.
///
/// # Errors
/// The database's.
pub fn browsers(
    conn: &mut DbConn,
    by: &SignedIn,
    idle: TimeDelta,
    now: Instant,
) -> Result<Vec<Browser>, Error> {
    let rows: Vec<BrowserRow> = sessions::table
        .filter(sessions::person_id.eq(by.acting().person))
        .filter(sessions::expires_at.gt(Ts::from(now)))
        .filter(sessions::last_seen_at.gt(Ts::from(now - idle)))
        .filter(sessions::last_seen_at.le(Ts::from(now + AHEAD)))
        .filter(sessions::created_at.le(Ts::from(now + AHEAD)))
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .limit(100)
        .select((
            sessions::id,
            sessions::user_agent,
            sessions::client_address,
            sessions::created_at,
            sessions::last_seen_at,
        ))
        .load(conn)?;
    let browser = |(id, user_agent, client_address, since, seen): (_, _, _, Ts, Ts)| Browser {
        id,
        user_agent,
        client_address,
        since: since.instant(),
        seen: seen.instant(),
    };
    Ok(rows.into_iter().map(browser).collect())
}

/// Ends one session of the person who asks, with its event.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is somebody else's.
pub fn end(conn: &mut DbConn, by: &SignedIn, id: SessionId, now: Instant) -> Result<(), Error> {
    let own = sessions::table
        .filter(sessions::id.eq(id))
        .filter(sessions::person_id.eq(by.acting().person));
    let ended = diesel::delete(own).execute(conn)?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    note(conn, by, ended, now)
}

/// Ends every session of the person who asks but the one that asks, with its event. That one is
/// taken over, so that a copy of its cookie ends too; it goes on by the id returned. The owner gets
/// a mail.
///
/// # Errors
/// [`Error::SignedOut`] where it was ended meanwhile itself.
pub fn end_others(
    conn: &mut DbConn,
    by: &SignedIn,
    language: Language,
    now: Instant,
) -> Result<SessionId, Error> {
    let here = take_over(conn, by.acting().session, now)?;
    let ended = delete_others(conn, by, here)?;
    if ended > 0 {
        let told = (MailKind::SessionsEnded, ended);
        password::tell_owner(conn, by.acting(), told, language, now)?;
        note(conn, by, ended, now)?;
    }
    Ok(here)
}

fn note(conn: &mut DbConn, by: &SignedIn, ended: usize, now: Instant) -> Result<(), Error> {
    let facts = json!({ "count": ended });
    let event = NewEvent::by(by.acting(), EventKind::SessionEnded, facts);
    chain::append(conn, &event, now).map(drop)
}

fn delete_others(conn: &mut DbConn, by: &SignedIn, here: SessionId) -> Result<usize, Error> {
    let others = sessions::table
        .filter(sessions::person_id.eq(by.acting().person))
        .filter(sessions::id.ne(here));
    Ok(diesel::delete(others).execute(conn)?)
}

/// Counts a try at the password of the person who asks, and says by what hash to verify it.
///
/// # Errors
/// [`Error::TooMany`].
pub fn try_password(
    conn: &mut DbConn,
    by: &SignedIn,
    now: Instant,
) -> Result<Option<String>, Error> {
    throttle::count(conn, &throttle::at_home(&address(by)?), now)?;
    Ok(people::table
        .find(by.acting().person)
        .select(people::password_hash)
        .first(conn)?)
}

fn address(by: &SignedIn) -> Result<Email, Error> {
    Email::parse(&by.acting().email).map_err(Error::internal)
}

/// Forgets the tries at the password of the person who asks, after the right one.
///
/// # Errors
/// The database's.
pub fn forget_tries(conn: &mut DbConn, by: &SignedIn) -> Result<(), Error> {
    throttle::forget(conn, &throttle::at_home(&address(by)?))
}

/// Sets a new password in place of the one that was verified: ends the other sessions, takes the
/// one that asks over as [`end_others`] does, writes the event, and the mail to the owner.
///
/// # Errors
/// [`Error::Conflict`] where the password was changed meanwhile, [`Error::SignedOut`] where the
/// session was ended.
pub fn set_password(
    conn: &mut DbConn,
    by: &SignedIn,
    (verified, hash): (Option<&str>, &str),
    language: Language,
    now: Instant,
) -> Result<SessionId, Error> {
    let acting = by.acting();
    let unchanged = people::table
        .find(acting.person)
        .filter(people::password_hash.eq(verified));
    let changed = diesel::update(unchanged)
        .set((
            people::password_hash.eq(Some(hash)),
            people::password_changed_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict("the password was changed meanwhile".into()));
    }
    let here = take_over(conn, acting.session, now)?;
    let ended = delete_others(conn, by, here)?;
    let noted = (EventKind::PasswordChanged, ended);
    password::note(conn, acting, noted, language, now)?;
    Ok(here)
}
