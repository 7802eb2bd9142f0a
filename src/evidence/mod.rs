//! What proves it: the chains of events, acceptances and authorizations, and the personal data
//! that they commit to.

pub mod acceptance;
mod actor;
pub mod addressed;
pub mod agreed;
pub mod agreed_words;
pub mod agreement;
pub mod authorized;
pub mod bound;
pub mod chain;
pub mod checkpoint;
pub mod claims;
pub mod compared;
pub mod consent;
pub mod difference;
pub mod export;
pub mod exported_log;
pub mod gone;
pub mod grants;
pub mod history;
pub mod member;
pub mod personal;
pub mod ran_out;
pub mod receipt;
pub mod receipt_words;
pub mod recipient;
pub mod relationship;
pub mod renewed;
pub mod signed;
pub mod standing;
pub mod told;
pub mod verify;
