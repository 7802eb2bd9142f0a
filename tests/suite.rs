//! The tests: one binary that mirrors the portal.

#![cfg(test)]
#![recursion_limit = "256"]

#[macro_use]
mod support;

mod agreements;
mod house_rules;
mod invitations;
mod matrix;
mod relationships;
mod schema;
mod settings;
mod sign_in;
mod web;
