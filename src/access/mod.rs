//! Who may: the only author of scopes, and the only place that knows sessions.

pub mod acting;
mod arrival;
pub mod asking;
pub mod at_customer;
pub mod common;
pub mod denials;
pub mod directory;
pub mod employer;
pub mod enquirer;
pub mod guards;
pub mod holders;
pub mod joining;
pub mod known_browser;
pub mod nav;
pub mod over_staff;
pub mod password;
pub mod people;
pub mod scope;
pub mod seen;
pub mod session;
pub mod session_row;
pub mod session_store;
pub mod throttle;
