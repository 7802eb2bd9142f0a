//! The pages of a partner's contact requests.

pub mod list;
pub mod one;
pub mod refusal;
pub mod view;

pub use crate::contacting::asker::REQUESTS as PATH;
