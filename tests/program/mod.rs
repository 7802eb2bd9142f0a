//! The program as processes of its own: killed, stopped, started together, out of disk, and over a
//! database that falls.

mod accounts;
mod agreements;
mod chains;
mod clients;
mod crowd;
mod disk;
mod kills;
mod load;
mod log;
mod mail;
mod partners;
mod postgres_falls;
mod settings;
mod start;
mod stops;
mod tenants;
mod upgrades;
mod whole;

use std::{
    thread,
    time::{Duration, Instant},
};

/// Within what time the program has to serve again. No measure of speed: it takes a small part of
/// this.
const SOON: Duration = Duration::from_secs(5);

/// Within what time anything happens at all, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often something is done: what the variable says, or else this.
fn times(variable: &str, usually: usize) -> usize {
    let set = std::env::var(variable).ok();
    set.map_or(usually, |text| text.parse().unwrap())
}

/// Different from run to run, like a power cut.
fn any(from: u64, to: u64) -> Duration {
    let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
    Duration::from_millis(from + random % (to - from))
}

/// Waits until something holds.
fn waits_until(what: &str, within: Duration, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < within, "not {what} within {within:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Runs a test over each database.
macro_rules! over_both {
    ($($(#[$meta:meta])* fn $name:ident($db:ident: $kind:ty) $body:block)*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a body may need nothing from outside")]
            use super::*;

            fn told($db: $kind) $body

            #[test]
            fn sqlite() {
                told($crate::support::db::Backend::Sqlite);
            }

            #[test]
            fn postgres() {
                told($crate::support::db::Backend::Postgres);
            }
        }
    )* };
}
use over_both;
