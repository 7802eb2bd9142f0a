//! How the pool makes, tries and drops connections.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use diesel::r2d2::{Error as R2d2Error, R2D2Connection};

use super::{DbConn, WAIT, connect::DatabaseUrl, trouble::is_lost};
use crate::error::Error;

/// Connections of a kind.
#[derive(Clone)]
pub struct Pool {
    connections: r2d2::Pool<Manager>,
    /// Counts lost connections: a connection made before the newest loss is tried before use.
    epoch: Arc<AtomicU64>,
}

impl Pool {
    /// Opens it, with one connection.
    ///
    /// # Errors
    /// The database can't be opened.
    pub fn open(url: &DatabaseUrl, size: u32, read_only: bool) -> Result<Self, r2d2::Error> {
        let epoch = Arc::new(AtomicU64::new(0));
        let connections = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(WAIT)
            .error_handler(Box::new(LogErrors))
            .build(Manager::new(url.clone(), read_only, Arc::clone(&epoch)))?;
        Ok(Self { connections, epoch })
    }

    fn slot(&self) -> Result<r2d2::PooledConnection<Manager>, Error> {
        self.connections.get().map_err(|error| {
            tracing::error!(%error, "no database connection");
            Error::Busy
        })
    }

    /// Runs `work` with a connection. Where the connection is lost, it and all others are tried
    /// before they are used again.
    ///
    /// # Errors
    /// [`Error::Busy`] where there is no connection, or what `work` returned.
    pub fn with<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T, Error>) -> Result<T, Error> {
        let mut slot = self.slot()?;
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

    /// Runs `work` with a connection that isn't used again if anything goes wrong with it.
    ///
    /// # Errors
    /// As [`Self::with`].
    pub fn with_afresh(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut slot = self.slot()?;
        let result = work(&mut slot.conn);
        slot.broken |= result.is_err();
        result
    }
}

/// A pooled connection, and whether it was seen to be lost.
pub struct Slot {
    /// The connection.
    pub conn: DbConn,
    /// Set when an error shows that the connection is gone.
    pub broken: bool,
    epoch: u64,
}

/// Makes connections by the address's scheme alone. The derived manager would try both databases
/// in turn, hide the real error, and make a `SQLite` file from a mistyped address.
pub struct Manager {
    url: DatabaseUrl,
    read_only: bool,
    epoch: Arc<AtomicU64>,
}

impl Manager {
    /// A manager whose connections are tried before use once `epoch` has moved on.
    #[must_use]
    pub fn new(url: DatabaseUrl, read_only: bool, epoch: Arc<AtomicU64>) -> Self {
        Self {
            url,
            read_only,
            epoch,
        }
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = Slot;
    type Error = R2d2Error;

    fn connect(&self) -> Result<Slot, Self::Error> {
        let epoch = self.epoch.load(Ordering::Relaxed);
        Ok(Slot {
            conn: self.url.connect(self.read_only)?,
            broken: false,
            epoch,
        })
    }

    fn is_valid(&self, slot: &mut Slot) -> Result<(), Self::Error> {
        let epoch = self.epoch.load(Ordering::Relaxed);
        if slot.epoch != epoch {
            slot.conn.ping().map_err(R2d2Error::QueryError)?;
            slot.epoch = epoch;
        }
        Ok(())
    }

    fn has_broken(&self, slot: &mut Slot) -> bool {
        std::thread::panicking() || slot.broken || slot.conn.is_broken()
    }
}

/// Sends r2d2's errors to the log, without the address, which may hold a password.
#[derive(Debug)]
pub struct LogErrors;

impl r2d2::HandleError<R2d2Error> for LogErrors {
    fn handle_error(&self, error: R2d2Error) {
        tracing::error!(%error, "database connection");
    }
}
