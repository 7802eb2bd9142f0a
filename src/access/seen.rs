//! When sessions were last seen: gathered for some seconds and written together, since each
//! transaction waits for the disk once, however much is in it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::rt::{spawn, task::JoinHandle, time::sleep};
use diesel::prelude::*;

use crate::{
    db::{
        Db, prepared,
        schema::sessions::{self, dsl},
        types::Ts,
    },
    domain::{Instant, SessionId},
    error::Error,
};

/// How many are written in one transaction, so that others needn't wait long for their turn.
const TOGETHER: usize = 100;

/// What was seen and isn't written yet. Shared by all workers. Where the program ends before it is
/// written, a session looks idle some seconds longer than it was.
#[derive(Debug, Clone)]
pub struct Seen(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    within: Duration,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// By session, so that two processes lock rows in the same order.
    at: BTreeMap<SessionId, Instant>,
    /// What was written last: who read the row before that still finds it here.
    written: BTreeMap<SessionId, Instant>,
    /// What writes it. A worker that ends takes it along.
    writer: Option<JoinHandle<()>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self::within(Duration::from_secs(5))
    }
}

impl Seen {
    /// Gathers for so long before it writes.
    #[must_use]
    pub fn within(within: Duration) -> Self {
        let waiting = Mutex::default();
        Self(Arc::new(Inner { within, waiting }))
    }

    /// When a session was seen, where that isn't written yet.
    pub(super) fn of(&self, session: SessionId) -> Option<Instant> {
        let waiting = self.waiting();
        let noted = waiting.at.get(&session);
        noted.or_else(|| waiting.written.get(&session)).copied()
    }

    /// Notes that a session was seen. It is written soon; nobody waits for it.
    pub(super) fn note(&self, db: &Db, session: SessionId, now: Instant) {
        let mut waiting = self.waiting();
        waiting.at.insert(session, now);
        let writes = |task: &JoinHandle<()>| !task.is_finished();
        if !waiting.writer.as_ref().is_some_and(writes) {
            waiting.writer = Some(spawn(self.clone().write(db.clone())));
        }
    }

    /// Writes until nothing waits.
    async fn write(self, db: Db) {
        loop {
            sleep(self.0.within).await;
            let gathered: Vec<(SessionId, Instant)> =
                self.waiting().at.iter().map(|(s, at)| (*s, *at)).collect();
            let mut done = BTreeMap::new();
            for some in gathered.chunks(TOGETHER) {
                match written(&db, some.to_vec()).await {
                    Ok(()) => done.extend(some.iter().copied()),
                    // They stay, and are tried again with the next.
                    Err(error) => tracing::warn!(%error, "sessions not touched"),
                }
            }
            let mut waiting = self.waiting();
            waiting
                .at
                .retain(|session, at| done.get(session) != Some(at));
            waiting.written = done;
            if waiting.at.is_empty() {
                waiting.writer = None;
                return;
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        let waiting = self.0.waiting.lock();
        waiting.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes some of them, where no other process saw them later. A session that was ended meanwhile has
/// no row: it stays ended.
async fn written(db: &Db, seen: Vec<(SessionId, Instant)>) -> Result<(), Error> {
    let write = db.write_unattended(move |conn| {
        for (session, at) in &seen {
            let at = Ts::from(*at);
            let row = dsl::sessions
                .find(*session)
                .filter(sessions::last_seen_at.lt(at));
            prepared(diesel::update(row).set(sessions::last_seen_at.eq(at))).execute(conn)?;
        }
        Ok(())
    });
    write.await
}
