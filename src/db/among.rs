//! One column among what several selects find.
//!
//! Postgres answers `a IN (..) OR b IN (..)` by reading the whole table. What is gathered instead by
//! one select for each way takes an index for each.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    prelude::QueryResult,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Bool, Nullable},
};

/// The condition that a column is what one of the selects finds. Made by [`among`].
#[derive(Debug, Clone, Copy)]
pub struct Among<C, Q, const N: usize> {
    column: C,
    selects: [Q; N],
}

/// The condition that a column is what one of the selects finds. Each of them selects nothing but
/// values of the column's type.
pub fn among<C, Q, const N: usize>(column: C, selects: [Q; N]) -> Among<C, Q, N>
where
    C: Expression,
    Q: diesel::query_builder::Query<SqlType = C::SqlType>,
{
    Among { column, selects }
}

impl<C, Q, const N: usize> Expression for Among<C, Q, N> {
    type SqlType = Nullable<Bool>;
}

impl<C: AppearsOnTable<T>, Q, T, const N: usize> AppearsOnTable<T> for Among<C, Q, N> {}

impl<C: SelectableExpression<T>, Q, T, const N: usize> SelectableExpression<T> for Among<C, Q, N> {}

impl<C, Q, GroupBy, const N: usize> ValidGrouping<GroupBy> for Among<C, Q, N> {
    type IsAggregate = is_aggregate::No;
}

impl<C, Q, const N: usize> QueryId for Among<C, Q, N> {
    type QueryId = ();

    // The selects may differ in their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, Q, DB, const N: usize> QueryFragment<DB> for Among<C, Q, N>
where
    C: QueryFragment<DB>,
    Q: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for (place, select) in self.selects.iter().enumerate() {
            if place > 0 {
                out.push_sql(" UNION ALL ");
            }
            select.walk_ast(out.reborrow())?;
        }
        out.push_sql(")");
        Ok(())
    }
}
