//! The partner's customers: the list, one of them, giving roles back, ending a relationship.

pub mod pages;
pub mod store;
