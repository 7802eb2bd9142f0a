//! Agreements in the browser: every version, drafts, and publishing one.

pub mod changes;
pub mod draft;
pub mod form;
mod found;
pub mod list;
mod typed;
pub mod version;
mod words;

/// Where the list is.
pub const PATH: &str = "/operator/agreements";
/// Where drafts are.
pub const DRAFTS: &str = "/operator/agreements/drafts";
