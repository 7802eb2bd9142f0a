//! What happens by itself, or waits for it.

pub mod delivery;
pub mod letter;
pub mod outbox;
pub mod readiness;
pub mod sweep;
