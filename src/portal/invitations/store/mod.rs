//! Invitations as they are kept.

pub mod answer;
pub mod create;
pub mod find;
