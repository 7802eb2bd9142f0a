//! The audit log: the list, one event, and downloads of all.

pub mod event;
pub mod export;
pub mod exporting;
pub mod list;
