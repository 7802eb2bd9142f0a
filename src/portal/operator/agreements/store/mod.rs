//! Versions of agreements: written as drafts, published, and listed.

pub mod drafts;
pub mod list;
pub mod publish;
