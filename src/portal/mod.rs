//! What people see: one folder a feature, each with its pages and its store.

pub mod acceptances;
pub mod agreements;
pub mod audit_log;
pub mod contact;
pub mod directory;
pub mod health;
pub mod home;
pub mod invitations;
pub mod joining;
pub mod operator;
pub mod partner;
pub mod password_reset;
pub mod relationships;
pub mod settings;
pub mod sign_in;
