//! The pages of the directory.

pub mod asked;
pub mod list;
pub mod partner;

/// Where the directory is.
pub const PATH: &str = "/partners";
/// Where chosen partners are written to.
pub const CONTACT: &str = "/partners/contact";
