//! The program as processes of its own: killed, stopped, started together, out of disk, and over a
//! database that falls.

mod accounts;
mod chains;
mod clients;
mod crowd;
mod disk;
mod kills;
mod load;
mod log;
mod postgres_falls;
mod settings;
mod start;
mod stops;
mod whole;

use over_both;
use std::{
    thread,
    time::{Duration, Instant},
};
