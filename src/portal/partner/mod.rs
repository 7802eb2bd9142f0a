//! The partner's workspace: Home, the invitations that its staff makes, what customers write to it,
//! its customers, its staff, its profile in the directory.

pub mod audit_log;
pub mod customers;
pub mod home;
pub mod invitations;
pub mod profile;
pub mod requests;
pub mod staff;
