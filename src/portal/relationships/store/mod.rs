//! Relationships as they are kept: read within one tenant, and their roles taken back.

pub mod counts;
pub mod filter;
pub mod found;
pub mod invited;
pub mod list;
pub mod removal;
