//! What a tenant accepted: the receipt.

pub mod pages;
