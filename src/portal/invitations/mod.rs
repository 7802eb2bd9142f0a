//! Invitations: the link, the review, the answer.

pub mod pages;
pub mod store;
