//! Invitations as they are kept.

pub mod answer;
pub mod find;
pub mod invitation;
mod row;
