//! Invitations from the partner's side: made, followed, sent again, taken back.

pub mod pages;
pub mod store;
