//! The partner's workspace: Home, and the invitations that its staff makes.

pub mod home;
pub mod invitations;
