//! Words of the schema that are written into the statement instead of being bound to it.
//!
//! `SQLite` may use an index over some rows only (`WHERE state = 'open'`) for a bound word too, but
//! plans the statement anew at each run, in case another word was bound.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    prelude::QueryResult,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::Text,
};

/// A word in the text of a statement. Made by [`literal`] only.
#[derive(Debug, Clone, Copy)]
pub struct Literal(&'static str);

/// The word as a literal: lower-case letters and underscores, so that nothing needs a quote.
///
/// ```
/// const OPEN: entente::db::Literal = entente::db::literal("open");
/// ```
/// Anything else doesn't compile:
/// ```compile_fail
/// const WORD: entente::db::Literal = entente::db::literal("it's");
/// ```
///
/// # Panics
/// For any other word: while compiling, where it is a constant.
#[must_use]
pub const fn literal(word: &'static str) -> Literal {
    let mut rest = word.as_bytes();
    while let [first, others @ ..] = rest {
        assert!(
            matches!(first, b'a'..=b'z' | b'_'),
            "a literal is a word of the schema"
        );
        rest = others;
    }
    Literal(word)
}

impl Expression for Literal {
    type SqlType = Text;
}

impl<Table> AppearsOnTable<Table> for Literal {}

impl<Table> SelectableExpression<Table> for Literal {}

impl<GroupBy> ValidGrouping<GroupBy> for Literal {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for Literal {
    type QueryId = ();

    // The word is part of the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> QueryFragment<DB> for Literal {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("'");
        out.push_sql(self.0);
        out.push_sql("'");
        Ok(())
    }
}
