//! How many rows several selects find, counted where they are.
//!
//! diesel can't select from a select: without that, counting up to a limit takes every row out of
//! the database.

use diesel::{
    RunQueryDsl,
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Integer},
};

use super::{DbConn, MultiBackend};

/// For each of several selects, its place and how many rows it finds.
struct Counted<'q, const N: usize>([&'q dyn QueryFragment<MultiBackend>; N]);

/// How many rows each of the selects finds, in one visit. A select's own limit is where its counting
/// stops.
///
/// # Errors
/// The database's.
pub fn counted<const N: usize>(
    conn: &mut DbConn,
    selects: [&dyn QueryFragment<MultiBackend>; N],
) -> QueryResult<[i64; N]> {
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

impl<const N: usize> Query for Counted<'_, N> {
    type SqlType = (Integer, BigInt);
}

impl<const N: usize> QueryId for Counted<'_, N> {
    type QueryId = ();

    // The selects may differ in their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<const N: usize> QueryFragment<MultiBackend> for Counted<'_, N> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
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

impl<const N: usize> RunQueryDsl<DbConn> for Counted<'_, N> {}
