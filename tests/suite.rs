//! The tests: one binary that mirrors the portal.

#![cfg(test)]
