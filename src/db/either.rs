//! One of two columns, whichever is asked for.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping},
    prelude::QueryResult,
    query_builder::{AstPass, QueryFragment, QueryId},
};

/// The first of two columns of one SQL type, or the other one.
#[derive(Debug, Clone, Copy)]
pub enum Either<A, B> {
    /// The first.
    One(A),
    /// The other.
    Other(B),
}

impl<A: Expression, B: Expression<SqlType = A::SqlType>> Expression for Either<A, B> {
    type SqlType = A::SqlType;
}

impl<A, B, Table> AppearsOnTable<Table> for Either<A, B>
where
    Self: Expression,
    A: AppearsOnTable<Table>,
    B: AppearsOnTable<Table>,
{
}

impl<A, B, Table> SelectableExpression<Table> for Either<A, B>
where
    Self: AppearsOnTable<Table>,
    A: SelectableExpression<Table>,
    B: SelectableExpression<Table>,
{
}

impl<A, B, GroupBy> ValidGrouping<GroupBy> for Either<A, B>
where
    A: ValidGrouping<GroupBy>,
    B: ValidGrouping<GroupBy, IsAggregate = A::IsAggregate>,
{
    type IsAggregate = A::IsAggregate;
}

impl<A, B> QueryId for Either<A, B> {
    type QueryId = ();

    // Which of them it is, is part of the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<A: QueryFragment<DB>, B: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Either<A, B> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::One(column) => column.walk_ast(out),
            Self::Other(column) => column.walk_ast(out),
        }
    }
}
