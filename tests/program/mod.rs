//! The program as processes of its own: killed, stopped, started together, out of disk.

mod accounts;
mod log;
mod settings;
mod stops;
