//! The tenant's audit log.

pub mod pages;
pub mod store;
