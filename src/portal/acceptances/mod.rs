//! What a tenant accepted and whom it authorized: the receipts.

pub mod pages;
