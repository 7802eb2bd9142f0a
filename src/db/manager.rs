//! How the pool makes, tries and drops connections.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use diesel::r2d2::{Error as R2d2Error, R2D2Connection};

use super::{DbConn, connect::DatabaseUrl};

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
