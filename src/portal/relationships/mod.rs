//! Partner relationships: the list, one partner, and taking its roles back.

pub mod pages;
pub mod store;
