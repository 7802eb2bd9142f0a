//! What the list, one request and the form of an invitation say of a request in the same words.

use super::{super::super::invitations::pages::view::Badge, PATH};
use crate::{
    contacting::{read::Request, thread::look},
    domain::{ContactRequestId, Instant, contact_request::ContactRequestState},
    web::{locale::Locale, page::Avatar},
};

/// How much of a text the list shows, in characters.
const EXCERPT: usize = 140;

/// Whoever wrote, and what.
#[derive(Debug, Clone)]
pub struct Asker {
    /// The request's page.
    pub href: String,
    /// The organization.
    pub organization: String,
    /// Its avatar.
    pub avatar: Avatar,
    /// Whether an administrator wrote for a tenant, rather than somebody unknown.
    pub known: bool,
    /// Who wrote.
    pub name: String,
    /// Where replies go.
    pub email: String,
    /// A number to call.
    pub phone: Option<String>,
    /// How many people the organization has.
    pub size: String,
    /// When to start.
    pub start: String,
    /// What is needed, line by line.
    pub need: Vec<String>,
    /// The language that it is written in.
    pub language: &'static str,
    /// When it was sent, for machines and for people.
    pub sent: (String, String),
}

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

impl Asker {
    /// Whoever wrote a request, in the reader's language.
    #[must_use]
    pub fn of(l: Locale, request: &Request) -> Self {
        let written = &request.written;
        let erased = || l.t("told-erased").to_owned();
        let organization = request.organization().map_or_else(erased, str::to_owned);
        let need = written.need.clone().unwrap_or_else(erased);
        Self {
            href: format!("{PATH}/{}", request.id),
            avatar: Avatar::company(&organization),
            organization,
            known: written.tenant.is_some(),
            name: written.name.clone().unwrap_or_else(erased),
            email: written.email.clone().unwrap_or_else(erased),
            phone: written.phone.clone(),
            size: l.word("size", written.size.as_str()),
            start: l.word("contact-start", written.start.as_str()),
            need: need.lines().map(str::to_owned).collect(),
            language: written.language.as_str(),
            sent: when(l, &request.created_at),
        }
    }
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

fn when(l: Locale, at: &Instant) -> (String, String) {
    (l.machine(at), l.short_date(at))
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
