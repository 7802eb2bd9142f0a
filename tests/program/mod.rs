//! The program as processes of its own: killed, stopped, started together, out of disk.

mod stops;
