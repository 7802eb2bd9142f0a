//! The tests: one binary that mirrors the portal.

#![cfg(test)]
#![recursion_limit = "256"]

#[macro_use]
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unused_self,
    clippy::too_many_lines,
    reason = "support offers more than the tests of one day ask for, and seeds in one place"
)]
mod support;

mod agreement_drafts;
mod agreements;
mod answers;
mod authority;
mod browser;
mod checkpoints;
mod claims;
mod clock;
mod contact_requests;
mod customers;
mod directory;
mod erasure;
mod evidence;
mod exported_logs;
mod history;
mod house_rules;
mod invitations;
mod letters;
mod machine;
mod mail;
mod matrix;
mod operator;
mod password_reset;
mod program;
mod proxies;
mod races;
mod receipts;
mod relationship_history;
mod relationships;
mod reminders;
mod renewals;
mod schema;
mod sessions;
mod settings;
mod sign_in;
mod staff;
mod staff_invitations;
mod storage;
mod web;
mod wire;
mod workspace;
