//! Writing to partners, and what they answer: the customer's side.

pub mod pages;
