//! Sessions in the database, so that ending one ends it at once and everywhere.

use std::collections::HashMap;

use actix_session::storage::{
    LoadError, SaveError, SessionKey, SessionStore, UpdateError, generate_session_key,
};
use actix_web::cookie::time::Duration as Ttl;
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    asking,
    session::{CLIENT, Claim, MEMBERSHIP, RENEW, SESSION, SINCE, USER_AGENT, text},
};
use crate::{
    db::{
        Db, DbConn,
        schema::sessions::{self, dsl},
        types::Ts,
    },
    domain::{Instant, PersonId, SessionId},
    error::Error,
    web::{fault, now::Clock},
};

/// Where `actix-identity` keeps who signed in.
const IDENTITY: &str = "actix_identity.user_id";

/// How long a session lives.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Without a request.
    pub idle: TimeDelta,
    /// From sign-in on, whatever happens.
    pub absolute: TimeDelta,
}

/// The store: keeps SHA-256 of the key, enforces the limits by our own clock.
#[derive(Clone)]
pub struct DbSessionStore {
    db: Db,
    clock: Clock,
    limits: Limits,
}

type State = HashMap<String, String>;

fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

fn json(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

fn unjson(value: Option<String>) -> Option<String> {
    value.and_then(|value| serde_json::from_str(&value).ok())
}

/// The layer above keeps the words of an error alone: the error itself is noted for the door.
fn noted(error: Error) -> anyhow::Error {
    let words = anyhow::Error::msg(error.to_string());
    fault::note(error);
    words
}

/// What of the state goes into columns.
struct Columns {
    person: Option<PersonId>,
    agent: Option<String>,
    client: Option<String>,
    since: Option<Instant>,
    state: String,
}

impl Columns {
    fn of(mut state: State) -> Result<Self, anyhow::Error> {
        let person = unjson(state.get(IDENTITY).cloned()).and_then(|id| id.parse().ok());
        let since = unjson(state.remove(SINCE)).and_then(|at| at.parse().ok());
        state.remove(SESSION);
        state.remove(RENEW);
        let agent = unjson(state.get(USER_AGENT).cloned());
        let client = unjson(state.get(CLIENT).cloned());
        Ok(Self {
            person,
            agent,
            client,
            since,
            state: serde_json::to_string(&state)?,
        })
    }
}

impl DbSessionStore {
    /// A store with its limits.
    #[must_use]
    pub const fn new(db: Db, clock: Clock, limits: Limits) -> Self {
        Self { db, clock, limits }
    }

    /// How stale `last_seen_at` may be: a minute, or a tenth of the idle limit.
    fn step(&self) -> TimeDelta {
        (self.limits.idle / 10).min(TimeDelta::seconds(60))
    }

    /// Writes aside, so that the request needn't wait for it.
    fn aside(&self, id: SessionId, seen: Option<Instant>) {
        let db = self.db.clone();
        actix_web::rt::spawn(async move {
            let write = db.write_unattended(move |conn| {
                match seen {
                    Some(now) => diesel::update(dsl::sessions.find(id))
                        .set(sessions::last_seen_at.eq(Ts::from(now)))
                        .execute(conn)?,
                    None => diesel::delete(dsl::sessions.find(id)).execute(conn)?,
                };
                Ok(())
            });
            if let Err(error) = write.await {
                tracing::warn!(%error, "session not touched");
            }
        });
    }
}

type Row = (SessionId, String, Ts, Ts, Ts, bool);

/// A session as it is kept.
struct Kept {
    id: SessionId,
    state: Result<State, anyhow::Error>,
    since: Instant,
    seen: Instant,
    expires: Instant,
    renew: bool,
}

impl Kept {
    fn is_over(&self, limits: Limits, now: Instant) -> bool {
        now >= self.expires || now - self.seen >= limits.idle
    }

    /// What the session says, where somebody is signed in.
    fn claim(&self) -> Option<Claim> {
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

fn find(conn: &mut DbConn, hash: Vec<u8>) -> Result<Option<Kept>, Error> {
    let row: Option<Row> = dsl::sessions
        .filter(sessions::key_hash.eq(hash))
        .select((
            sessions::id,
            sessions::state,
            sessions::created_at,
            sessions::last_seen_at,
            sessions::expires_at,
            sessions::renew,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, state, since, seen, expires, renew)| Kept {
        id,
        state: serde_json::from_str(&state).map_err(Into::into),
        since: since.instant(),
        seen: seen.instant(),
        expires: expires.instant(),
        renew,
    }))
}

impl SessionStore for DbSessionStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let (hash, now, limits) = (hash(key.as_ref()), self.clock.now(), self.limits);
        let wish = asking::wish();
        let read = self.db.read(move |conn| {
            let Some(kept) = find(conn, hash)? else {
                return Ok(None);
            };
            let claim = kept.claim().filter(|_| !kept.is_over(limits, now));
            let found = match (claim, wish) {
                (Some(claim), Some(wish)) => Some(wish.read(conn, claim, now)?),
                _ => None,
            };
            Ok(Some((kept, found)))
        });
        let read = read.await.map_err(|error| LoadError::Other(noted(error)))?;
        let Some((kept, found)) = read else {
            return Ok(None);
        };
        if kept.is_over(limits, now) {
            // Gone for good: a clock that is set back must not bring it back.
            self.aside(kept.id, None);
            return Ok(None);
        }
        if now - kept.seen >= self.step() {
            self.aside(kept.id, Some(now));
        }
        asking::keep(found);
        let mut state = kept.state.map_err(LoadError::Deserialization)?;
        state.insert(SESSION.into(), json(&kept.id.to_string()));
        state.insert(SINCE.into(), json(&text(kept.since)));
        if kept.renew {
            state.insert(RENEW.into(), json("yes"));
        }
        Ok(Some(state))
    }

    async fn save(&self, state: State, _: &Ttl) -> Result<SessionKey, SaveError> {
        let key = generate_session_key();
        let columns = Columns::of(state).map_err(SaveError::Serialization)?;
        let (now, hash) = (self.clock.now(), hash(key.as_ref()));
        let since = columns.since.unwrap_or(now);
        let expires = since + self.limits.absolute;
        let write = self.db.write_unattended(move |conn| {
            diesel::insert_into(dsl::sessions)
                .values((
                    sessions::id.eq(SessionId::at(now)),
                    sessions::key_hash.eq(&hash),
                    sessions::person_id.eq(columns.person),
                    sessions::state.eq(&columns.state),
                    sessions::user_agent.eq(columns.agent.as_deref()),
                    sessions::client_address.eq(columns.client.as_deref()),
                    sessions::created_at.eq(Ts::from(since)),
                    sessions::last_seen_at.eq(Ts::from(now)),
                    sessions::renew.eq(false),
                    sessions::expires_at.eq(Ts::from(expires)),
                ))
                .execute(conn)?;
            Ok(())
        });
        write
            .await
            .map_err(|error| SaveError::Other(noted(error)))?;
        Ok(key)
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        _: &Ttl,
    ) -> Result<SessionKey, UpdateError> {
        let columns = Columns::of(state).map_err(UpdateError::Serialization)?;
        let hash = hash(key.as_ref());
        // A session that was ended meanwhile has no row: nothing is written, and it stays ended.
        let write = self.db.write_unattended(move |conn| {
            diesel::update(dsl::sessions.filter(sessions::key_hash.eq(&hash)))
                .set((
                    sessions::state.eq(&columns.state),
                    sessions::person_id.eq(columns.person),
                ))
                .execute(conn)?;
            Ok(())
        });
        write
            .await
            .map_err(|error| UpdateError::Other(noted(error)))?;
        Ok(key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Ttl) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = hash(key.as_ref());
        let write = self.db.write_unattended(move |conn| {
            diesel::delete(dsl::sessions.filter(sessions::key_hash.eq(&hash))).execute(conn)?;
            Ok(())
        });
        write.await.map_err(noted)
    }
}
