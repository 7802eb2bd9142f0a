//! What the operator does with people.

pub mod store;
