//! The pages of invitations.

pub mod answer;
mod closed;
pub mod link;
pub mod list;
pub mod refusal;
pub mod review;
