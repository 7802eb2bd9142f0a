//! What the operator does with tenants.

pub mod store;
