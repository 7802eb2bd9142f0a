//! What the operator does with tenants.

pub mod pages;
pub mod store;
