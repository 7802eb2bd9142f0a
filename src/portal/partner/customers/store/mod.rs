//! Relationships as their partner reads and gives them up.

pub mod claim;
pub mod customer;
pub mod end;
pub mod give_back;
pub mod list;
mod tell;
