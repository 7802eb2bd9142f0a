//! Invitations as they are kept.

pub mod addressee;
pub mod answer;
pub mod create;
pub mod find;
pub mod invitation;
mod letter;
mod row;
mod sender;
mod token;
pub mod withdraw;
