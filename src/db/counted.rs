//! How many rows several selects find, counted where they are.
//!
//! diesel can't select from a select: without that, counting up to a limit takes every row out of
//! the database.

use diesel::{
    RunQueryDsl,
    backend::Backend,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    query_dsl::LoadQuery,
    sql_types::{BigInt, Integer},
};

use super::DbConn;

/// For each of several selects, its place and how many rows it finds.
#[derive(Debug, Clone, Copy)]
pub struct Counted<Q, const N: usize>([Q; N]);

/// How many rows each of the selects finds, in one visit. A select's own limit is where its counting
/// stops.
///
/// # Errors
/// The database's.
pub fn counted<'q, Q, const N: usize>(conn: &mut DbConn, selects: [Q; N]) -> QueryResult<[i64; N]>
where
    Counted<Q, N>: LoadQuery<'q, DbConn, (i32, i64)>,
{
    let found: Vec<(i32, i64)> = Counted(selects).load(conn)?;
    let mut counts = [0; N];
    for (place, count) in found {
        let slot = usize::try_from(place)
            .ok()
            .and_then(|at| counts.get_mut(at));
        *slot.ok_or(diesel::result::Error::NotFound)? = count;
    }
    Ok(counts)
}

impl<Q: Query, const N: usize> Query for Counted<Q, N> {
    type SqlType = (Integer, BigInt);
}

impl<Q, const N: usize> QueryId for Counted<Q, N> {
    type QueryId = ();

    // The selects may differ in their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, DB: Backend, const N: usize> QueryFragment<DB> for Counted<Q, N> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (place, select) in self.0.iter().enumerate() {
            if place > 0 {
                out.push_sql(" UNION ALL ");
            }
            out.push_sql(&format!("SELECT {place}, count(*) FROM ("));
            select.walk_ast(out.reborrow())?;
            out.push_sql(") AS counted");
        }
        Ok(())
    }
}

impl<Q, const N: usize> RunQueryDsl<DbConn> for Counted<Q, N> {}
