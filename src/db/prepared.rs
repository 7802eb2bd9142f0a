//! Changes whose prepared statement is prepared once.

use diesel::{
    QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment, QueryId},
};

use super::{DbConn, MultiBackend};

/// An `UPDATE` that is always spelled the same, whatever its values are.
///
/// diesel prepares every `UPDATE` anew, since it can't know whether all of its columns are written
/// each time: on Postgres another round trip and another plan for each, at every run.
#[derive(Debug)]
pub struct Prepared<Q>(Q);

/// Keeps the prepared statement of an `UPDATE`, for each connection. Only for what is spelled the
/// same at every run: no changeset that leaves columns out, no list of values of any length, or
/// statements pile up.
pub const fn prepared<Q>(query: Q) -> Prepared<Q> {
    Prepared(query)
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &MultiBackend) -> QueryResult<bool> {
        Ok(true)
    }
}

// Without an id of its own, the statement is found again by its words.
impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> RunQueryDsl<DbConn> for Prepared<Q> {}
