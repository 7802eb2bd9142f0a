//! Mail as the operator sees it: what waits, what is parked and why, and trying it again.

pub mod pages;
