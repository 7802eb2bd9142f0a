//! The directory as it is kept: profiles, the index of their words, what a search asks of it. Pages
//! for customers and for partners, and whoever writes to a partner, have it in common.

mod index;
mod kept;
mod listed;
mod own;
mod place;
mod save;
mod search;
mod view;
mod words;

pub use kept::{Published, published};
pub use listed::{Listed, contact_address, listed};
pub use own::{Own, history, own};
pub use place::{Spot, spots};
pub use save::{Refused, indexed, save, set_state};
pub use search::{Found, Wanted, count, search};
pub use view::{Card, Details, size_words, spoken_by_name, spoken_words};
