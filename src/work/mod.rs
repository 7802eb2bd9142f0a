//! What happens by itself, or waits for it.

pub mod ending;
pub mod letter;
pub mod outbox;
pub mod readiness;
pub mod reminders;
pub mod sweep;
