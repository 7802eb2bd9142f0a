//! Readiness: asked of the database once a second on a connection of its own, so that the answer
//! needs neither the pool nor patience.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant as Stopwatch},
};

use diesel::{RunQueryDsl, sql_query};

use crate::db::{DbConn, connect::DatabaseUrl};

/// How long an answer of the database counts.
const FRESH: Duration = Duration::from_secs(4);

/// Longer ago than any answer that counts, in milliseconds before the start.
const NEVER: i64 = -3_600_000;

/// Whether the database answered lately.
#[derive(Debug, Clone)]
pub struct Readiness {
    started: Stopwatch,
    answered: Arc<AtomicI64>,
}

impl Readiness {
    /// Starts to ask, on a thread that lives as long as the process.
    #[must_use]
    pub fn watch(url: DatabaseUrl) -> Self {
        let readiness = Self {
            started: Stopwatch::now(),
            answered: Arc::new(AtomicI64::new(NEVER)),
        };
        let watcher = readiness.clone();
        std::thread::spawn(move || {
            let mut conn = None;
            loop {
                conn = conn.or_else(|| url.connect_once().ok());
                if conn.as_mut().is_some_and(answers) {
                    watcher.answered.store(watcher.millis(), Ordering::Relaxed);
                } else {
                    conn = None;
                }
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        readiness
    }

    /// Whether requests can be served now.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let age = self.millis() - self.answered.load(Ordering::Relaxed);
        u128::try_from(age).is_ok_and(|age| age < FRESH.as_millis())
    }

    fn millis(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

/// A write lock isn't needed to be ready; the tables are.
fn answers(conn: &mut DbConn) -> bool {
    sql_query("SELECT 1 FROM chains LIMIT 1")
        .execute(conn)
        .is_ok()
}
