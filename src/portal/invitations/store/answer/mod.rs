//! Answering an invitation: one transaction each, with the state and the right read again inside.

mod accept;
mod close;
mod decline;
mod terms;

pub use accept::{Accepting, Acted, Wish, accept};
pub use decline::{decline, request_renewal};
pub use terms::{accepters, terms};
