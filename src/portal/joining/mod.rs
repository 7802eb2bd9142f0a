//! Joining a partner's staff by a link.

pub mod account;
pub mod pages;
pub mod store;
