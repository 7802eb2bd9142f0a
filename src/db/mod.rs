//! Where it is kept: one connection type over both databases, reading and writing.

mod conn;
pub mod connect;
pub mod like;
mod literal;
mod manager;
pub mod migrate;
pub mod schema;
pub mod types;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use diesel::{
    Connection,
    connection::{AnsiTransactionManager, TransactionManager},
    result::{DatabaseErrorKind, Error as Query},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use conn::{DbConn, MultiBackend};
pub use literal::{Literal, literal};

use crate::error::Error;
use connect::{DatabaseUrl, OpenError};
use manager::{LogErrors, Manager, Slot};

/// Runs one expression with the concrete connection, for what the two have in common by name only.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::db::DbConn::Postgres($inner) => $body,
            $crate::db::DbConn::Sqlite($inner) => $body,
        }
    };
}

/// Who a change is made for. Guards are, and prove it again inside the transaction.
pub trait Actor: Sized + Send + Sync {
    /// Reads the actor's right anew, locking it where the database locks rows, so that nobody acts
    /// after being demoted. Returns the same actor with the roles held now: those go on record.
    ///
    /// # Errors
    /// The error that the guard itself would have given.
    fn recheck(&self, conn: &mut DbConn) -> Result<Self, Error>;
}

/// How long a request waits for a connection before it is refused politely.
const WAIT: Duration = Duration::from_secs(5);
/// How often a transaction is tried again that another one got in the way of.
const TRIES: usize = 5;

/// The database: cheap to clone, shared by every worker.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    url: DatabaseUrl,
    readers: r2d2::Pool<Manager>,
    writers: r2d2::Pool<Manager>,
    reading: Arc<Semaphore>,
    writing: Arc<Semaphore>,
    /// Counts lost connections: a connection made before the newest loss is tried before use.
    epoch: Arc<AtomicU64>,
}

impl Db {
    /// Opens the pools. `SQLite` gets several readers and one writer; Postgres one pool for both.
    ///
    /// # Errors
    /// Says in words why the database can't be opened.
    pub fn open(url: &DatabaseUrl, connections: u32) -> Result<Self, OpenError> {
        let epoch = Arc::new(AtomicU64::new(0));
        let pool = |size: u32, read_only: bool| {
            r2d2::Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(WAIT)
                .error_handler(Box::new(LogErrors))
                .build(Manager::new(url.clone(), read_only, Arc::clone(&epoch)))
                .map_err(|error| OpenError::Connect(url.shown(), error.to_string()))
        };
        url.check()?;
        let (readers, writers, writing) = if url.is_sqlite() {
            (pool(connections, true)?, pool(1, false)?, 1)
        } else {
            let both = pool(connections, false)?;
            (both.clone(), both, connections as usize)
        };
        let reading = Arc::new(Semaphore::new(connections as usize));
        let writing = if url.is_sqlite() {
            Arc::new(Semaphore::new(writing))
        } else {
            Arc::clone(&reading)
        };
        Ok(Self(Arc::new(Inner {
            url: url.clone(),
            readers,
            writers,
            reading,
            writing,
            epoch,
        })))
    }

    /// The address that it was opened by.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.0.url
    }

    /// Runs `work` on a blocking thread with a connection that only reads.
    ///
    /// # Errors
    /// [`Error::Busy`] where no connection came free in time, or what `work` returned.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut DbConn) -> Result<T, Error> + Send + 'static,
    {
        let permit = Self::permit(&self.0.reading).await?;
        let inner = Arc::clone(&self.0);
        actix_web::web::block(move || {
            let _permit = permit;
            inner.with(&inner.readers, work)
        })
        .await
        .map_err(|_| Error::Busy)?
    }

    /// Runs `work` in one transaction that first reads the actor's right again, and hands the actor
    /// on as it is now. `work` may run more than once, each time from a clean start, where another
    /// transaction got in the way. It may have waited: what depends on the time asks the clock
    /// inside.
    ///
    /// # Errors
    /// [`Error::Busy`], the guard's own refusal, or what `work` returned; then nothing is written.
    pub async fn write<A, T, F>(&self, by: &A, work: F) -> Result<T, Error>
    where
        A: Actor + Clone + 'static,
        T: Send + 'static,
        F: Fn(&mut DbConn, &A) -> Result<T, Error> + Send + 'static,
    {
        let by = by.clone();
        self.write_unattended(move |conn| {
            let by = by.recheck(conn)?;
            work(conn, &by)
        })
        .await
    }

    /// Runs `work` in one transaction for nobody in particular: sessions, sign-in, what happens by
    /// itself.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_unattended<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut DbConn) -> Result<T, Error> + Send + 'static,
    {
        let permit = Self::permit(&self.0.writing).await?;
        let inner = Arc::clone(&self.0);
        actix_web::web::block(move || {
            let _permit = permit;
            inner.with(&inner.writers, |conn| in_transaction(conn, &work))
        })
        .await
        .map_err(|_| Error::Busy)?
    }

    /// Runs `work` in one transaction on the calling thread, for the command line.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn write_here<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: Fn(&mut DbConn) -> Result<T, Error>,
    {
        self.0
            .with(&self.0.writers, |conn| in_transaction(conn, &work))
    }

    /// Runs `work` with a reading connection on the calling thread, for the command line.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn read_here<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut DbConn) -> Result<T, Error>,
    {
        self.0.with(&self.0.readers, work)
    }

    async fn permit(of: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Error> {
        match tokio::time::timeout(WAIT, Arc::clone(of).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Error::Busy),
        }
    }
}

impl Inner {
    fn with<T>(
        &self,
        pool: &r2d2::Pool<Manager>,
        work: impl FnOnce(&mut DbConn) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut slot = pool.get().map_err(|error| {
            tracing::error!(%error, "no database connection");
            Error::Busy
        })?;
        let slot: &mut Slot = &mut slot;
        let result = work(&mut slot.conn);
        if let Err(Error::Database(error)) = &result
            && is_lost(error)
        {
            slot.broken = true;
            self.epoch.fetch_add(1, Ordering::Relaxed);
            tracing::error!(%error, "database connection lost");
            return Err(Error::Busy);
        }
        result
    }
}

/// Opens the transaction, tries again where another one got in the way, commits or rolls back.
fn in_transaction<T>(
    conn: &mut DbConn,
    work: &impl Fn(&mut DbConn) -> Result<T, Error>,
) -> Result<T, Error> {
    for _ in 1..TRIES {
        match once(conn, work) {
            Err(Error::Database(error)) if is_in_the_way(&error) => {}
            result => return result,
        }
    }
    once(conn, work)
}

/// One transaction: immediate on `SQLite`, since a deferred one that reads first can't wait for
/// the write lock and fails at once.
fn once<T>(conn: &mut DbConn, work: &impl Fn(&mut DbConn) -> Result<T, Error>) -> Result<T, Error> {
    match conn {
        DbConn::Sqlite(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")?;
        }
        DbConn::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN")?,
    }
    match work(conn) {
        Ok(value) => {
            <DbConn as Connection>::TransactionManager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            let _ = <DbConn as Connection>::TransactionManager::rollback_transaction(conn);
            Err(error)
        }
    }
}

fn message(error: &Query) -> Option<&str> {
    match error {
        Query::DatabaseError(_, info) => Some(info.message()),
        Query::RollbackErrorOnCommit {
            rollback_error: inner,
            ..
        } => message(inner),
        _ => None,
    }
}

/// A serialization failure, a deadlock, or two of a tenant's administrators accepting the same
/// agreement at the same moment: the transaction may simply be run again.
fn is_in_the_way(error: &Query) -> bool {
    matches!(
        error,
        Query::DatabaseError(DatabaseErrorKind::SerializationFailure, _)
    ) || message(error)
        .is_some_and(|text| text.contains("deadlock detected") || text.contains("acceptances_once"))
}

/// The connection itself is gone, so that the next request needs another one.
fn is_lost(error: &Query) -> bool {
    matches!(
        error,
        Query::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _
        ) | Query::BrokenTransactionManager
            | Query::RollbackErrorOnCommit { .. }
    ) || message(error).is_some_and(|text| {
        [
            "server closed the connection",
            "terminating connection",
            "no connection to the server",
            "the database system is",
            "connection to server",
            "SSL connection has been closed",
        ]
        .iter()
        .any(|sign| text.contains(sign))
    })
}

/// The database is there but can't serve now: locked by another, out of disk, out of time.
#[must_use]
pub fn is_busy(error: &Query) -> bool {
    message(error).is_some_and(|text| {
        [
            "database is locked",
            "database table is locked",
            "disk is full",
            "disk I/O error",
            "lock timeout",
            "statement timeout",
            "No space left",
            "too many clients",
        ]
        .iter()
        .any(|sign| text.contains(sign))
    })
}

/// Whether a constraint said that the row is there already.
#[must_use]
pub fn is_taken(error: &Query) -> bool {
    matches!(
        error,
        Query::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}
