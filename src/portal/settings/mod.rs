//! A person's own settings, and the tenant's one.

pub mod pages;
pub mod password;
pub mod sessions;
pub mod store;
