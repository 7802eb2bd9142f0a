//! What the operator does with agreements.

pub mod markdown;
pub mod pages;
pub mod store;
