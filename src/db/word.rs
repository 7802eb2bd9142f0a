//! Words of the schema for statements that are known by their type: the word is written into the
//! statement, as a [`literal()`] is, and its type says which.

use diesel::{
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    prelude::QueryResult,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::Text,
};

use super::{Literal, literal};
use crate::domain::{
    agreement::VersionState, invitation::InvitationStatus, membership::MemberRole,
    relationship::RelationshipState,
};

macro_rules! words { ($($(#[$doc:meta])* $name:ident = $word:expr;)*) => { $(
    $(#[$doc])*
    #[derive(Debug, Clone, Copy, QueryId)]
    pub struct $name;

    impl $name {
        const WORD: Literal = literal($word.as_str());
    }

    impl Expression for $name {
        type SqlType = Text;
    }

    impl<Table> AppearsOnTable<Table> for $name {}

    impl<Table> SelectableExpression<Table> for $name {}

    impl<GroupBy> ValidGrouping<GroupBy> for $name {
        type IsAggregate = is_aggregate::Never;
    }

    impl<DB: Backend> QueryFragment<DB> for $name {
        fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
            const { &Self::WORD }.walk_ast(out)
        }
    }
)* } }

words! {
    /// A relationship in force.
    Active = RelationshipState::Active;
    /// An invitation that waits for an answer.
    Open = InvitationStatus::Open;
    /// A version of an agreement that isn't published.
    Draft = VersionState::Draft;
    /// The role of a Global administrator.
    GlobalAdministrator = MemberRole::GlobalAdministrator;
    /// The role of a Billing administrator.
    BillingAdministrator = MemberRole::BillingAdministrator;
}
