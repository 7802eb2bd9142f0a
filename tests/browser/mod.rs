//! What a person sees and does, in a real browser, against the real program with sample data.
//!
//! Run by `scripts/test`, or alone: `scripts/with-services cargo test --test suite browser`.

mod decisions;
mod demo;
mod driven;
mod every_page;
mod french;
mod keyboard;
mod lists;
mod pages;
mod without_script;

use demo::{Demo, Person};
use driven::{Browser, run, run_without_script};

const LIST: &str = "/billing/partner-relationships";
const SCHOOL: &str = "Hautmont School Group";
const COMPANY: &str = "Northwind Harbour Ltd";
const BILLING: &str = "billing_administrator";
