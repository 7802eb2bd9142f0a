//! The partner's workspace: Home, the invitations that its staff makes, its customers, its staff.

pub mod audit_log;
pub mod customers;
pub mod home;
pub mod invitations;
pub mod staff;
