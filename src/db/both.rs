//! Two selects of the same columns in one statement.
//!
//! diesel's own `union_all` knows nothing of our connection over both databases.

use diesel::{
    RunQueryDsl,
    backend::Backend,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    query_dsl::LoadQuery,
};

use super::DbConn;

/// What two selects find, one behind the other.
#[derive(Debug, Clone, Copy)]
pub struct Both<Q>(Q, Q);

/// All that one select finds, and all that another one does: each with its own order and limit. In
/// which order they come together isn't said, so that a column has to tell them apart.
///
/// On Postgres that is one visit instead of two. On `SQLite` there is no way to save, and passing
/// rows through another select costs more than a statement.
///
/// # Errors
/// The database's.
pub fn load_both<'q, Q, U>(conn: &mut DbConn, one: Q, other: Q) -> QueryResult<Vec<U>>
where
    Q: RunQueryDsl<DbConn> + LoadQuery<'q, DbConn, U>,
    Both<Q>: LoadQuery<'q, DbConn, U>,
{
    if let DbConn::Postgres(_) = conn {
        return Both(one, other).load(conn);
    }
    let mut found = one.load(conn)?;
    found.extend(other.load(conn)?);
    Ok(found)
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
