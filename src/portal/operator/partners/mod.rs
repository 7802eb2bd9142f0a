//! What the operator does with partners.

pub mod store;
