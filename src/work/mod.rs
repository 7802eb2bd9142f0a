//! What happens by itself, or waits for it.

pub mod checkpoints;
pub mod delivery;
pub mod ending;
pub mod letter;
pub mod mail;
pub mod outbox;
pub mod readiness;
pub mod receipt;
pub mod reminders;
pub mod renewals;
pub mod sweep;
