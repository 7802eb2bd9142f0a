//! Sessions in the database, so that ending one ends it at once and everywhere.

use actix_session::storage::{
    LoadError, SaveError, SessionKey, SessionStore, UpdateError, generate_session_key,
};
use actix_web::cookie::time::Duration as Ttl;
use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    asking,
    seen::Seen,
    session::{RENEW, SESSION, SINCE, text},
    session_row::{Columns, State, find, hash, json, nobodys, still_verified},
};
use crate::{
    db::{
        Db, prepared,
        schema::sessions::{self, dsl},
        types::Ts,
    },
    domain::SessionId,
    error::Error,
    web::{fault, now::Clock},
};

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
    seen: Seen,
}

/// The layer above keeps the words of an error alone: the error itself is noted for the door.
fn noted(error: Error) -> anyhow::Error {
    let words = anyhow::Error::msg(error.to_string());
    fault::note(error);
    words
}

impl DbSessionStore {
    /// A store with its limits, and what was seen of its sessions.
    #[must_use]
    pub const fn new(db: Db, clock: Clock, limits: Limits, seen: Seen) -> Self {
        Self {
            db,
            clock,
            limits,
            seen,
        }
    }

    /// How stale `last_seen_at` may be before it is noted: a minute, or a tenth of the idle limit.
    fn step(&self) -> TimeDelta {
        (self.limits.idle / 10).min(TimeDelta::seconds(60))
    }

    /// Takes out a session that is over, aside: the request needn't wait for it.
    fn ends(&self, id: SessionId) {
        let db = self.db.clone();
        actix_web::rt::spawn(async move {
            let write = db.write_unattended(move |conn| {
                diesel::delete(dsl::sessions.find(id)).execute(conn)?;
                Ok(())
            });
            if let Err(error) = write.await {
                tracing::warn!(%error, "session not taken out");
            }
        });
    }

    /// Changes the key of the row that is there: who still has the old one is out. There is never
    /// a second row, so that what was ended on the way isn't brought back.
    async fn moved(&self, old: &SessionKey, columns: Columns) -> Result<SessionKey, Error> {
        let key = generate_session_key();
        let (old, new) = (hash(old.as_ref()), hash(key.as_ref()));
        let id = columns.session.ok_or(Error::SignedOut)?;
        let write = self.db.write_unattended(move |conn| {
            let ours = sessions::key_hash.eq(&old);
            let row = dsl::sessions
                .find(id)
                .filter(ours.or(sessions::key_hash.eq(nobodys(id))));
            let moved = prepared(diesel::update(row).set((
                sessions::key_hash.eq(&new),
                sessions::state.eq(&columns.state),
                sessions::membership_id.eq(columns.membership),
                sessions::renew.eq(false),
            )))
            .execute(conn)?;
            if moved == 0 {
                return Err(Error::SignedOut);
            }
            Ok(())
        });
        write.await.map(|()| key)
    }

    /// Writes the state. A session that was ended meanwhile has no row: it stays ended.
    async fn written(&self, key: &SessionKey, columns: Columns) -> Result<(), Error> {
        let hash = hash(key.as_ref());
        let write = self.db.write_unattended(move |conn| {
            prepared(
                diesel::update(dsl::sessions.filter(sessions::key_hash.eq(&hash))).set((
                    sessions::state.eq(&columns.state),
                    sessions::person_id.eq(columns.person),
                    sessions::membership_id.eq(columns.membership),
                )),
            )
            .execute(conn)?;
            Ok(())
        });
        write.await
    }
}

impl SessionStore for DbSessionStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let (hash, now, limits) = (hash(key.as_ref()), self.clock.now(), self.limits);
        let (wish, seen) = (asking::wish(), self.seen.clone());
        let read = self.db.read(move |conn| {
            let Some((mut kept, rows)) = find(conn, &hash)? else {
                return Ok(None);
            };
            kept.seen = seen.of(kept.id).map_or(kept.seen, |at| at.max(kept.seen));
            let claim = kept.claim().filter(|_| !kept.is_over(limits, now));
            let found = match (claim, wish) {
                (Some(claim), Some(wish)) => Some(wish.beside(conn, claim, rows, now)?),
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
            self.ends(kept.id);
            return Ok(None);
        }
        if now - kept.seen >= self.step() && !asking::foreign() {
            self.seen.note(&self.db, kept.id, now);
        }
        asking::opened(kept.id);
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
            if let (Some(person), Some(verified)) = (columns.person, &columns.verified)
                && !still_verified(conn, person, verified)?
            {
                return Err(Error::SignedOut);
            }
            diesel::insert_into(dsl::sessions)
                .values((
                    sessions::id.eq(SessionId::at(now)),
                    sessions::key_hash.eq(&hash),
                    sessions::person_id.eq(columns.person),
                    sessions::membership_id.eq(columns.membership),
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
        let kept = if columns.renew {
            self.moved(&key, columns).await
        } else {
            self.written(&key, columns).await.map(|()| key)
        };
        kept.map_err(|error| UpdateError::Other(noted(error)))
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Ttl) -> Result<(), anyhow::Error> {
        Ok(())
    }

    /// By the row's id too: meanwhile another request may have changed the key.
    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let (hash, id) = (hash(key.as_ref()), asking::session());
        let write = self.db.write_unattended(move |conn| {
            diesel::delete(dsl::sessions.filter(sessions::key_hash.eq(&hash))).execute(conn)?;
            if let Some(id) = id {
                diesel::delete(dsl::sessions.find(id)).execute(conn)?;
            }
            Ok(())
        });
        write.await.map_err(noted)
    }
}
