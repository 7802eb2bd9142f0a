//! Home: what needs an answer, how things stand, what happened lately.

pub mod pages;
pub mod store;
pub mod todo;
