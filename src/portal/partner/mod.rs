//! The partner's workspace: Home, the invitations that its staff makes, what customers write to it,
//! its customers, its staff.

pub mod customers;
pub mod home;
pub mod invitations;
pub mod requests;
pub mod staff;
