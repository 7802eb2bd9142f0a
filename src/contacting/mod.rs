//! Contact requests: what a customer writes to partners that it found, and what becomes of it. What
//! the customer's pages, the partner's and invitations have in common; who writes how is the
//! customer's side and stays in `portal/contact`.

pub mod asker;
pub mod budget;
pub mod close;
pub mod letter;
pub mod list;
pub mod message;
pub mod read;
pub mod send;
pub mod thread;
pub mod ticket;
