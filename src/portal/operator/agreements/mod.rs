//! What the operator does with agreements.

pub mod store;
