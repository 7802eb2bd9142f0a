//! What settings read and write.

pub mod profile;
pub mod secrets;
