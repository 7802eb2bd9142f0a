//! One column among what several selects find.
//!
//! Postgres answers `a IN (..) OR b IN (..)` by reading the whole table. What is gathered instead by
//! one select for each way takes an index for each.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    prelude::QueryResult,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Bool, Nullable},
};

/// The condition that a column is what a select finds. Made by [`among()`].
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Among<C, Q> {
    column: C,
    select: Q,
}

/// What two selects find. Made by [`together()`].
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Together<A, B>(A, B);

/// The condition that a column is what a select finds, which selects nothing but values of the
/// column's type.
pub const fn among<C, Q>(column: C, select: Q) -> Among<C, Q>
where
    C: Expression,
    Q: Query<SqlType = C::SqlType>,
{
    Among { column, select }
}

/// All that one select finds and all that another one does: neither with an order or a limit.
pub const fn together<A, B>(one: A, other: B) -> Together<A, B>
where
    A: Query,
    B: Query<SqlType = A::SqlType>,
{
    Together(one, other)
}

/// The type of [`among()`], under the name by which `auto_type` looks for it.
#[expect(non_camel_case_types, reason = "named like the function")]
pub type among<C, Q> = Among<C, Q>;

/// The type of [`together()`], under the name by which `auto_type` looks for it.
#[expect(non_camel_case_types, reason = "named like the function")]
pub type together<A, B> = Together<A, B>;

impl<C, Q> Expression for Among<C, Q> {
    type SqlType = Nullable<Bool>;
}

impl<C: AppearsOnTable<T>, Q, T> AppearsOnTable<T> for Among<C, Q> {}

impl<C: SelectableExpression<T>, Q, T> SelectableExpression<T> for Among<C, Q> {}

impl<C, Q, GroupBy> ValidGrouping<GroupBy> for Among<C, Q> {
    type IsAggregate = is_aggregate::No;
}

impl<C, Q, DB> QueryFragment<DB> for Among<C, Q>
where
    C: QueryFragment<DB>,
    Q: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        self.select.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<A: Query, B: Query<SqlType = A::SqlType>> Query for Together<A, B> {
    type SqlType = A::SqlType;
}

impl<A: QueryFragment<DB>, B: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Together<A, B> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" UNION ALL ");
        self.1.walk_ast(out.reborrow())
    }
}
