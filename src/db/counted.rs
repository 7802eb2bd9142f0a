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

/// Several selects, and as many counts.
pub trait Selects {
    /// A count for each.
    type Counts: Default + AsMut<[i64]>;
}

/// For each of several selects, its place and how many rows it finds. Made by [`counted`].
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Counted<S>(S);

/// How many rows each of the selects finds, in one visit. A select's own limit is where its counting
/// stops.
///
/// # Errors
/// The database's.
pub fn counted<'q, C, S>(conn: &mut C, selects: S) -> QueryResult<S::Counts>
where
    S: Selects,
    Counted<S>: LoadQuery<'q, C, (i32, i64)>,
{
    let found: Vec<(i32, i64)> = Counted(selects).load(conn)?;
    let mut counts = S::Counts::default();
    for (place, count) in found {
        let slot = usize::try_from(place)
            .ok()
            .and_then(|at| counts.as_mut().get_mut(at));
        *slot.ok_or(diesel::result::Error::NotFound)? = count;
    }
    Ok(counts)
}

impl<S> Query for Counted<S> {
    type SqlType = (Integer, BigInt);
}

impl<S, C> RunQueryDsl<C> for Counted<S> {}

macro_rules! selects { ($count:literal: $($select:ident $place:tt),*) => {
    impl<$($select),*> Selects for ($($select,)*) {
        type Counts = [i64; $count];
    }

    impl<DB: Backend, $($select: QueryFragment<DB>),*> QueryFragment<DB> for Counted<($($select,)*)> {
        fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
            $(
                let between = if $place == 0 { "" } else { " UNION ALL " };
                out.push_sql(between);
                out.push_sql(concat!("SELECT ", $place, ", count(*) FROM ("));
                self.0.$place.walk_ast(out.reborrow())?;
                out.push_sql(") AS counted");
            )*
            Ok(())
        }
    }
} }
selects!(3: A 0, B 1, C 2);
selects!(4: A 0, B 1, C 2, D 3);
