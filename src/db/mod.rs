//! Where it is kept: one connection type over both databases, reading and writing.

pub mod among;
mod both;
mod condition;
mod conn;
pub mod connect;
mod counted;
mod either;
pub mod like;
mod literal;
mod manager;
pub mod migrate;
mod prepared;
pub mod schema;
mod threads;
mod trouble;
pub mod types;
mod untyped;
mod wal;
pub mod word;
mod writer;

use std::{sync::Arc, time::Duration};

use diesel::{
    Connection,
    connection::{AnsiTransactionManager, TransactionManager},
};

pub use both::load_both;
pub use condition::{Condition, condition};
pub use conn::{DbConn, MultiBackend};
pub use counted::{Counted, Selects, counted};
pub use either::Either;
pub use literal::{Literal, literal};
pub use prepared::{Prepared, prepared};
pub use trouble::{is_busy, is_taken};

use crate::error::Error;
use connect::{DatabaseUrl, OpenError};
use manager::Pool;
use threads::Threads;
use trouble::is_in_the_way;
use untyped::{Again, Once, Outcome, again, once, typed};
use writer::Writer;

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
    readers: Pool,
    writers: Pool,
    threads: Threads,
    /// The one writer on `SQLite`; on Postgres whoever reads may write.
    writer: Option<Writer>,
}

impl Db {
    /// Opens the pools. `SQLite` gets several readers and one writer; Postgres one pool for both.
    ///
    /// # Errors
    /// Says in words why the database can't be opened.
    pub fn open(url: &DatabaseUrl, connections: u32) -> Result<Self, OpenError> {
        url.check()?;
        let failed =
            |error: &dyn std::error::Error| OpenError::Connect(url.shown(), error.to_string());
        let readers =
            Pool::open(url, connections, url.is_sqlite()).map_err(|error| failed(&error))?;
        let (writers, writer) = if url.is_sqlite() {
            let writers = Pool::open(url, 1, false).map_err(|error| failed(&error))?;
            let writer = Writer::start(writers.clone()).map_err(|error| failed(&error))?;
            (writers, Some(writer))
        } else {
            (readers.clone(), None)
        };
        let threads = Threads::new(connections as usize).map_err(|error| failed(&error))?;
        Ok(Self(Arc::new(Inner {
            url: url.clone(),
            readers,
            writers,
            threads,
            writer,
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
        typed(self.reading(once(work)).await)
    }

    async fn reading(&self, work: Once) -> Outcome {
        self.blocking(Box::new(|inner| inner.readers.with(work)))
            .await
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
        typed(self.writing(again(work)).await)
    }

    async fn writing(&self, work: Again) -> Outcome {
        if let Some(writer) = &self.0.writer {
            return writer.write(work).await;
        }
        let write = move |inner: &Inner| inner.writers.with(|conn| in_transaction(conn, &*work));
        self.blocking(Box::new(write)).await
    }

    /// Runs `work` in one transaction on the calling thread, for the command line.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn write_here<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: Fn(&mut DbConn) -> Result<T, Error>,
    {
        self.0.writers.with(|conn| in_transaction(conn, &work))
    }

    /// Runs `work` with a reading connection on the calling thread, for the command line.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn read_here<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut DbConn) -> Result<T, Error>,
    {
        self.0.readers.with(work)
    }

    /// Empties the log beside a `SQLite` file into it, so that the log holds nothing that was
    /// overwritten since. Says whether it could: not while somebody reads from it. On Postgres there
    /// is nothing to do.
    ///
    /// # Errors
    /// The database's.
    pub fn empty_log_here(&self) -> Result<bool, Error> {
        self.0.writers.with(|conn| match conn {
            DbConn::Sqlite(conn) => Ok(wal::empty(conn)?),
            DbConn::Postgres(_) => Ok(true),
        })
    }

    /// Runs something on a blocking thread, when its turn comes.
    async fn blocking(&self, work: Box<dyn FnOnce(&Inner) -> Outcome + Send>) -> Outcome {
        let inner = Arc::clone(&self.0);
        let done = self.0.threads.run(Box::new(move || work(&inner)), WAIT);
        done.await
    }
}

/// Opens the transaction, tries again where another one got in the way, commits or rolls back.
fn in_transaction<T>(
    conn: &mut DbConn,
    work: &dyn Fn(&mut DbConn) -> Result<T, Error>,
) -> Result<T, Error> {
    for _ in 1..TRIES {
        match attempt(conn, work) {
            Err(Error::Database(error)) if is_in_the_way(&error) => {}
            result => return result,
        }
    }
    attempt(conn, work)
}

/// Begins a transaction: immediate on `SQLite`, since a deferred one that reads first can't wait
/// for the write lock and fails at once.
fn begin(conn: &mut DbConn) -> diesel::QueryResult<()> {
    match conn {
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
    }
}

/// One transaction.
fn attempt<T>(
    conn: &mut DbConn,
    work: &dyn Fn(&mut DbConn) -> Result<T, Error>,
) -> Result<T, Error> {
    begin(conn)?;
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
