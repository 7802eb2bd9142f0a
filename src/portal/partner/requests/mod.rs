//! Contact requests, from the partner's side: the list, one, and saying no. An invitation says yes.

pub mod pages;
