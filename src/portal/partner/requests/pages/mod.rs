//! The pages of a partner's contact requests.

pub mod list;
pub mod one;
pub mod refusal;
pub mod view;

/// Where the pages live.
pub const PATH: &str = "/partner/requests";
