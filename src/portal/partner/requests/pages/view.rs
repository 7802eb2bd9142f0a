//! What the list and one request say of a request in the same words.

use super::super::super::invitations::pages::view::Badge;
use crate::{
    contacting::{
        asker::{Asker, when},
        read::Request,
        thread::look,
    },
    domain::{ContactRequestId, Instant, contact_request::ContactRequestState},
    web::locale::Locale,
};

/// How much of a text the list shows, in characters.
const EXCERPT: usize = 140;

/// A request as a line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: ContactRequestId,
    /// Whoever wrote, and what.
    pub asker: Asker,
    /// The beginning of what was written, on one line.
    pub excerpt: String,
    /// Until when it can be answered.
    pub until: (String, String),
    /// How long that is from now, where it waits.
    pub left: Option<(String, bool)>,
    /// What became of it.
    pub state: Badge,
}

impl Line {
    /// A request in the reader's language.
    #[must_use]
    pub fn of(l: Locale, request: &Request, now: &Instant) -> Self {
        let asker = Asker::of(l, request);
        let days = l.days_until(&request.expires_at, now);
        let left = (l.t1("in-days", "days", days), days <= 3);
        Self {
            id: request.id,
            excerpt: excerpt(&asker.need.join(" ")),
            until: when(l, &request.expires_at),
            left: request.waits().then_some(left),
            state: state(l, request.state),
            asker,
        }
    }
}

/// The badge of a state.
#[must_use]
pub fn state(l: Locale, state: ContactRequestState) -> Badge {
    let (tone, icon) = look(state);
    Badge {
        tone,
        icon,
        words: l.word("request-state", state.as_str()),
    }
}

/// The beginning of a text, cut at a word.
fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(EXCERPT).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
