//! What an error of the database means for whoever asked.

use diesel::result::{DatabaseErrorKind, Error as Query};

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
pub(super) fn is_in_the_way(error: &Query) -> bool {
    matches!(
        error,
        Query::DatabaseError(DatabaseErrorKind::SerializationFailure, _)
    ) || message(error)
        .is_some_and(|text| text.contains("deadlock detected") || text.contains("acceptances_once"))
}

/// The connection itself is gone, so that the next request needs another one.
pub(super) fn is_lost(error: &Query) -> bool {
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
