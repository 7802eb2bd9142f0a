//! Work for the database without its types. What runs it is compiled once: otherwise anew for each
//! of some hundreds of kinds of work, which made up a tenth of the program.

use std::any::Any;

use super::DbConn;
use crate::error::Error;

/// What came of it.
pub(super) type Outcome = Result<Box<dyn Any + Send>, Error>;
/// Work that is done once.
pub(super) type Once = Box<dyn FnOnce(&mut DbConn) -> Outcome + Send>;
/// Work that may be done again.
pub(super) type Again = Box<dyn Fn(&mut DbConn) -> Outcome + Send>;

/// Takes the types from work that is done once.
pub(super) fn once<T, F>(work: F) -> Once
where
    T: Send + 'static,
    F: FnOnce(&mut DbConn) -> Result<T, Error> + Send + 'static,
{
    Box::new(move |conn| Ok(Box::new(work(conn)?)))
}

/// Takes the types from work that may be done again.
pub(super) fn again<T, F>(work: F) -> Again
where
    T: Send + 'static,
    F: Fn(&mut DbConn) -> Result<T, Error> + Send + 'static,
{
    Box::new(move |conn| Ok(Box::new(work(conn)?)))
}

/// Gives what came of it its type back.
pub(super) fn typed<T: 'static>(outcome: Outcome) -> Result<T, Error> {
    let came = outcome?.downcast::<T>();
    came.map(|came| *came)
        .map_err(|_| Error::internal("work came to something else"))
}
