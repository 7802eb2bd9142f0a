//! A mail in the fewest words.

use crate::{
    error::Error,
    web::site::Site,
    work::outbox::{Letter, Waiting},
};

/// What it is about, and its link.
///
/// # Errors
/// None.
pub fn letter(waiting: &Waiting, site: &Site) -> Result<Letter, Error> {
    let link = waiting.link.clone().unwrap_or_else(|| site.link("/"));
    Ok(Letter {
        subject: waiting.kind.to_string(),
        html: format!("<p><a href=\"{link}\">{}</a></p>", waiting.kind),
        text: link,
    })
}
