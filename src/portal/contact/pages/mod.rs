//! The pages by which customers write to partners.

pub mod form;
pub mod list;
pub mod request;
pub mod sent;
pub mod typed;

/// Where messages are written.
pub const PATH: &str = "/partners/contact";
/// Where an administrator finds what the tenant wrote.
pub const REQUESTS: &str = "/partners/requests";
/// The directory in which partners are chosen.
pub const DIRECTORY: &str = "/partners";
