//! The partner's staff: who is there, with which roles, and who has left.

pub mod pages;
pub mod store;
