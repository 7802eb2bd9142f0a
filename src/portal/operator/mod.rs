//! What the operator does: registers tenants, people and partners, and publishes agreements.

pub mod agreements;
pub mod mail;
pub mod number;
pub mod partners;
pub mod tenants;
