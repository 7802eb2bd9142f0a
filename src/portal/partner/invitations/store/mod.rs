//! Invitations of one partner as they are kept.

pub mod change;
pub mod filter;
pub mod list;
pub mod one;
pub mod staff;
