//! What a person sees and does, in a real browser, against the real program with sample data.
//!
//! Run by `scripts/test`, or alone: `scripts/with-services cargo test --test suite browser`.

mod consent;
mod contact;
mod decisions;
mod demo;
mod directory;
mod driven;
mod elsewhere;
mod every_page;
mod french;
mod hostile;
mod installation;
mod keyboard;
mod link;
mod lists;
mod pages;
mod tap;
mod triangle;
mod without_script;
mod workspace;

use demo::{Demo, Person};
use driven::{Browser, run, run_at, run_without_script};

const LIST: &str = "/billing/partner-relationships";
const CUSTOMERS: &str = "/partner/customers";
const SENT: &str = "/partner/invitations";
const SCHOOL: &str = "Hautmont School Group";
const COMPANY: &str = "Northwind Harbour Ltd";
const BILLING: &str = "billing_administrator";
