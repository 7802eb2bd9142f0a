//! Two selects of the same columns in one statement.
//!
//! diesel's own `union_all` knows nothing of our connection over both databases.

use diesel::{
    PgConnection, RunQueryDsl, SqliteConnection,
    backend::Backend,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    query_dsl::LoadQuery,
};

use super::DbConn;

/// What two selects find, one behind the other.
#[derive(Debug, Clone, Copy)]
pub struct Both<A, B>(A, B);

/// All that one select finds, and all that another one does: each with its own order and limit. In
/// which order they come together isn't said, so that a column has to tell them apart.
///
/// On Postgres that is one visit instead of two. On `SQLite` there is no way to save, and passing
/// rows through another select costs more than a statement.
///
/// # Errors
/// The database's.
pub fn load_both<'q, A, B, U>(conn: &mut DbConn, one: A, other: B) -> QueryResult<Vec<U>>
where
    A: RunQueryDsl<SqliteConnection> + LoadQuery<'q, SqliteConnection, U>,
    B: RunQueryDsl<SqliteConnection> + LoadQuery<'q, SqliteConnection, U>,
    Both<A, B>: LoadQuery<'q, PgConnection, U>,
{
    match conn {
        DbConn::Postgres(conn) => Both(one, other).load(conn),
        DbConn::Sqlite(conn) => {
            let mut found = one.load(conn)?;
            found.extend(other.load(conn)?);
            Ok(found)
        }
    }
}

impl<A: Query, B: Query<SqlType = A::SqlType>> Query for Both<A, B> {
    type SqlType = A::SqlType;
}

impl<A: QueryId, B: QueryId> QueryId for Both<A, B> {
    type QueryId = Both<A::QueryId, B::QueryId>;

    const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && B::HAS_STATIC_QUERY_ID;
}

impl<A: QueryFragment<DB>, B: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Both<A, B> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT * FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS one UNION ALL SELECT * FROM (");
        self.1.walk_ast(out.reborrow())?;
        out.push_sql(") AS other");
        Ok(())
    }
}

impl<A, B, C> RunQueryDsl<C> for Both<A, B> {}
