//! The partner's side of the audit logs: what concerns it, in every customer's.

pub mod pages;
pub mod store;
