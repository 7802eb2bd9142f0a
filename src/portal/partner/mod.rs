//! The partner's side: what it sent, and whom it works with.

pub mod customers;
pub mod pages;
pub mod staff;
pub mod store;
