//! Conditions in the words of one database, whose statement is prepared once.
//!
//! diesel's own `sql` has every statement that it is part of prepared anew at each run, since it
//! can't know what its text is made of. Here the text is static, and what varies is bound.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    prelude::QueryResult,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Bool, HasSqlType, Text},
};

/// A condition with one text bound to it. Made by [`condition`] only.
#[derive(Debug, Clone)]
pub struct Condition {
    before: &'static str,
    bound: String,
    after: &'static str,
}

/// The condition `before`, a value, `after`. Whoever writes it answers for the names in it: nothing
/// holds them against the schema.
#[must_use]
pub const fn condition(before: &'static str, bound: String, after: &'static str) -> Condition {
    Condition {
        before,
        bound,
        after,
    }
}

impl Expression for Condition {
    type SqlType = Bool;
}

impl<Table> AppearsOnTable<Table> for Condition {}

impl<Table> SelectableExpression<Table> for Condition {}

impl<GroupBy> ValidGrouping<GroupBy> for Condition {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for Condition {
    type QueryId = ();

    // The words are part of the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Condition
where
    DB: Backend + HasSqlType<Text>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.before);
        out.push_bind_param::<Text, String>(&self.bound)?;
        out.push_sql(self.after);
        Ok(())
    }
}
