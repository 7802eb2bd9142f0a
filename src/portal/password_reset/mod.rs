//! A forgotten password: asked for by address, set by a mailed link.

pub mod ask;
pub mod set;
pub mod store;
