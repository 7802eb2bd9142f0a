//! The pages about a partner's customers.

pub mod asked;
pub mod claim;
pub mod customer;
pub mod end;
pub mod give_back;
pub mod history;
pub mod list;
pub mod words;

use crate::domain::RelationshipId;

/// Where the pages live.
pub const PATH: &str = "/partner/customers";

/// A customer's page.
#[must_use]
pub fn path(id: RelationshipId) -> String {
    format!("{PATH}/{id}")
}
