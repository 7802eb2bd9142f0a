//! What proves it: the chains of events, acceptances and authorizations, and the personal data
//! that they commit to.

pub mod acceptance;
pub mod addressed;
pub mod agreement;
pub mod chain;
pub mod export;
pub mod grants;
pub mod member;
pub mod personal;
pub mod recipient;
pub mod told;
pub mod verify;
