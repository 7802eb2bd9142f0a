//! Two selects of the same columns in one statement.
//!
//! diesel's own `union_all` knows neither our connection over both databases nor, on `SQLite`, a
//! part with a limit of its own.

use diesel::{
    RunQueryDsl,
    backend::Backend,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

use super::DbConn;

/// What two selects find, one behind the other. Made by [`both`].
#[derive(Debug, Clone, Copy)]
pub struct Both<Q>(Q, Q);

/// All that one select finds, and all that another one does: each with its own order and limit, in
/// one visit. In which order they come isn't said, so that a column has to tell them apart.
pub const fn both<Q: Query>(one: Q, other: Q) -> Both<Q> {
    Both(one, other)
}

impl<Q: Query> Query for Both<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> QueryId for Both<Q> {
    type QueryId = ();

    // The selects may differ in their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Both<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT * FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS one UNION ALL SELECT * FROM (");
        self.1.walk_ast(out.reborrow())?;
        out.push_sql(") AS other");
        Ok(())
    }
}

impl<Q> RunQueryDsl<DbConn> for Both<Q> {}
