//! Invitations: the link, the review, the answer.

pub mod store;
