//! The partner's Home: what needs an answer, numbers, customers, what happened.

pub mod pages;
pub mod store;
pub mod todo;
