//! Entente: where an organization sees which partners may act for it, decides it, proves it and
//! takes it back at once.
//!
//! A tour of the code follows one request: [`routes`] binds the address, a guard of [`access`]
//! proves who asks, the slice in [`portal`] answers with [`domain`]'s rules and its own queries,
//! and [`evidence`] keeps what happened.

#![recursion_limit = "256"]

pub mod access;
pub mod app;
pub mod command;
pub mod config;
pub mod contacting;
pub mod db;
pub mod directory;
pub mod domain;
pub mod error;
pub mod evidence;
pub mod id;
pub mod inviting;
pub mod portal;
pub mod private;
pub mod routes;
pub mod secret;
pub mod signing;
pub mod web;
pub mod work;
