//! A session as it is kept: the columns of its row, and what they say.

use std::collections::HashMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    acting,
    session::{CLIENT, Claim, MEMBERSHIP, RENEW, SESSION, SINCE, USER_AGENT, VERIFIED},
    session_store::Limits,
};
use crate::{
    db::{
        DbConn, prepared,
        schema::{
            people,
            sessions::{self, dsl},
        },
        types::Ts,
    },
    domain::{Instant, MembershipId, PersonId, SessionId},
    error::Error,
};

/// Where `actix-identity` keeps who signed in.
const IDENTITY: &str = "actix_identity.user_id";

/// How far ahead of our clock a session may have been made or used: replicas differ by seconds.
/// One from further ahead was made by a clock that was wrong, and would outlive its limits.
pub const AHEAD: TimeDelta = TimeDelta::minutes(5);

pub(super) type State = HashMap<String, String>;

pub(super) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

pub(super) fn json(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

pub(super) fn unjson(value: Option<String>) -> Option<String> {
    value.and_then(|value| serde_json::from_str(&value).ok())
}

/// What of the state goes into columns.
pub(super) struct Columns {
    pub(super) person: Option<PersonId>,
    pub(super) membership: Option<MembershipId>,
    pub(super) agent: Option<String>,
    pub(super) client: Option<String>,
    pub(super) since: Option<Instant>,
    /// The row that the state was read from.
    pub(super) session: Option<SessionId>,
    /// By which password somebody was let in just now.
    pub(super) verified: Option<String>,
    /// The key has to change.
    pub(super) renew: bool,
    pub(super) state: String,
}

impl Columns {
    pub(super) fn of(mut state: State) -> Result<Self, anyhow::Error> {
        let person = unjson(state.get(IDENTITY).cloned()).and_then(|id| id.parse().ok());
        let membership = unjson(state.get(MEMBERSHIP).cloned()).and_then(|id| id.parse().ok());
        let since = unjson(state.remove(SINCE)).and_then(|at| at.parse().ok());
        let session = unjson(state.remove(SESSION)).and_then(|id| id.parse().ok());
        let verified = unjson(state.remove(VERIFIED));
        let renew = state.remove(RENEW).is_some();
        let agent = unjson(state.get(USER_AGENT).cloned());
        let client = unjson(state.get(CLIENT).cloned());
        Ok(Self {
            person,
            membership,
            agent,
            client,
            since,
            session,
            verified,
            renew,
            state: serde_json::to_string(&state)?,
        })
    }
}

/// What is read of a session: its id, its state, when it was made, used last and ends, and whether
/// its key has to change.
pub(super) type Row = (SessionId, String, Ts, Ts, Ts, bool);

/// The columns of [`Row`].
pub(super) const COLUMNS: (
    sessions::id,
    sessions::state,
    sessions::created_at,
    sessions::last_seen_at,
    sessions::expires_at,
    sessions::renew,
) = (
    sessions::id,
    sessions::state,
    sessions::created_at,
    sessions::last_seen_at,
    sessions::expires_at,
    sessions::renew,
);

/// A session as it is kept.
pub(super) struct Kept {
    pub(super) id: SessionId,
    pub(super) state: Result<State, anyhow::Error>,
    pub(super) since: Instant,
    pub(super) seen: Instant,
    pub(super) expires: Instant,
    pub(super) renew: bool,
}

impl Kept {
    pub(super) fn is_over(&self, limits: Limits, now: Instant) -> bool {
        let ahead = self.since.max(self.seen) - now > AHEAD;
        ahead || now >= self.expires || now - self.seen >= limits.idle
    }

    /// What the session says, where somebody is signed in.
    pub(super) fn claim(&self) -> Option<Claim> {
        let state = self.state.as_ref().ok()?;
        let word = |key: &str| unjson(state.get(key).cloned());
        Some(Claim {
            person: word(IDENTITY)?.parse().ok()?,
            membership: word(MEMBERSHIP)?.parse().ok()?,
            session: Some(self.id),
            authenticated_at: self.since,
        })
    }
}

/// A session by the hash of its key, and the membership that acts by it.
///
/// # Errors
/// The database's.
pub(super) fn find(
    conn: &mut DbConn,
    hash: &[u8],
) -> Result<Option<(Kept, Vec<acting::Row>)>, Error> {
    let (mut sessions, memberships): (Vec<Row>, Vec<_>) =
        acting::with_session(conn, hash)?.into_iter().unzip();
    if sessions.is_empty() {
        // Nobody acts by it: it is there still, or it isn't.
        sessions = dsl::sessions
            .filter(sessions::key_hash.eq(hash))
            .select(COLUMNS)
            .load(conn)?;
    }
    let kept = sessions.pop().map(Kept::from);
    Ok(kept.map(|kept| (kept, memberships.into_iter().flatten().collect())))
}

impl From<Row> for Kept {
    fn from((id, state, since, seen, expires, renew): Row) -> Self {
        Self {
            id,
            state: serde_json::from_str(&state).map_err(Into::into),
            since: since.instant(),
            seen: seen.instant(),
            expires: expires.instant(),
            renew,
        }
    }
}

/// Whether the password is still the one that somebody was let in by. Holds it until the end of
/// the transaction: a change waits for the session to be there, and ends it, or is seen here.
///
/// # Errors
/// The database's.
pub(super) fn still_verified(
    conn: &mut DbConn,
    person: PersonId,
    verified: &str,
) -> Result<bool, Error> {
    let row = people::table.find(person);
    let changed: Option<Option<Ts>> = match conn {
        DbConn::Postgres(c) => row
            .select(people::password_changed_at)
            .for_share()
            .first(c)
            .optional()?,
        DbConn::Sqlite(c) => row
            .select(people::password_changed_at)
            .first(c)
            .optional()?,
    };
    Ok(changed.is_some_and(|at| word(at.map(Ts::instant)) == verified))
}

/// A password as a session remembers it until it is kept: by when it was set.
pub(super) fn word(changed: Option<Instant>) -> String {
    changed.map_or_else(|| "never".to_owned(), |at| Ts::from(at).text())
}

/// Makes a session of somebody's the only one that its next answer belongs to: under another id,
/// and under a key that nobody has. Who else holds its cookie, or is on the way with it, is out.
///
/// # Errors
/// [`Error::SignedOut`] where it was ended meanwhile.
pub fn take_over(
    conn: &mut DbConn,
    session: Option<SessionId>,
    now: Instant,
) -> Result<SessionId, Error> {
    let (old, new) = (session.ok_or(Error::SignedOut)?, SessionId::at(now));
    let taken = prepared(diesel::update(dsl::sessions.find(old)).set((
        sessions::id.eq(new),
        sessions::key_hash.eq(nobodys(new)),
        sessions::last_seen_at.eq(Ts::from(now)),
    )))
    .execute(conn)?;
    if taken == 0 {
        return Err(Error::SignedOut);
    }
    Ok(new)
}

/// Stands for the key of a session that was taken over, until its answer brings one. No cookie
/// says it, since none is signed over an id.
pub(super) fn nobodys(session: SessionId) -> Vec<u8> {
    hash(&session.to_string())
}
