//! An event as a line of a log: the same for whoever reads it, save for where its names lead.

use super::{Around, Told, actor_words, around, capitalized, party_words, sentence, tone};
use crate::{domain::event::Outcome, web::locale::Locale};

/// One line of a log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its own page.
    pub page: String,
    /// The day.
    pub day: String,
    /// The time of day.
    pub time: String,
    /// Both, for machines.
    pub machine: String,
    /// The badge's tone.
    pub tone: &'static str,
    /// The badge's icon.
    pub icon: &'static str,
    /// The kind, in words.
    pub kind: String,
    /// What happened, around the partner's name.
    pub what: Around,
    /// Where the partner's name leads.
    pub href: Option<String>,
    /// What somebody typed.
    pub quote: Option<String>,
    /// Who did it.
    pub who: String,
    /// For whom.
    pub party: String,
    /// Where from.
    pub address: Option<String>,
    /// The customer in whose log it stands.
    pub customer: Option<String>,
}

impl Entry {
    /// The line of an event.
    #[must_use]
    pub fn of(l: Locale, event: &Told, page: String, href: Option<String>) -> Self {
        let (tone, icon) = if event.outcome == Outcome::Denied {
            ("warn", "warning")
        } else {
            tone(event.kind)
        };
        Self {
            page,
            day: l.short_date(&event.at),
            time: l.time(&event.at),
            machine: l.machine(&event.at),
            tone,
            icon,
            kind: l.word("event", event.kind.as_str()),
            what: around(event, &capitalized(&sentence(event, &l))),
            href,
            quote: event.text.clone(),
            who: actor_words(event, &l),
            party: party_words(event, &l),
            address: event.client_address.clone(),
            customer: event.tenant.clone(),
        }
    }

    /// Where the partner's name leads, where the sentence names it.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        if self.what.name.is_empty() {
            return None;
        }
        self.href.as_deref()
    }
}
