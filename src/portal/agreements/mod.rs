//! Agreements: reading them, and accepting the customer agreement alone.

pub mod changes;
pub mod claims;
pub mod pages;
pub mod store;
pub mod text;
