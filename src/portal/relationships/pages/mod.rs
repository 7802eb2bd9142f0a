//! The pages about partner relationships.

pub mod asked;
pub mod gone;
pub mod history;
pub mod list;
pub mod partner;
pub mod removal;
pub mod terms;
pub mod view;

/// Where the pages live.
pub const PATH: &str = "/billing/partner-relationships";
