//! Tenants in the browser: the list, one tenant, its domains.

pub mod domains;
pub mod list;
pub mod tenant;

/// Where the list is.
pub const PATH: &str = "/operator/tenants";
