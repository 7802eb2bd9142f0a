//! What an address of the list asks for, and addresses that ask for something else.

use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{
    super::store::{filter::Filter, found::View, list::Sort},
    PATH,
};
use crate::{
    domain::{
        RelationshipId, relationship::RelationshipType, standing::StandingFilter, text::fold,
    },
    error::Error,
    web::{locale::Locale, paginate::Cursor},
};

/// The longest search, in characters.
const LONGEST: usize = 100;

/// The query of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: Option<String>,
    r#type: Option<String>,
    status: Option<String>,
    reach: Option<String>,
    ends: Option<String>,
    sort: Option<String>,
    after: Option<String>,
    accepted: Option<String>,
    agreement: Option<String>,
}

/// What is asked for, as far as it is something that the page offers.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What was typed, trimmed and cut.
    pub search: String,
    /// One type.
    pub kind: Option<RelationshipType>,
    /// One status.
    pub status: Option<StandingFilter>,
    /// Full control only.
    pub full: bool,
    /// A role that ends within 30 days.
    pub soon: bool,
    /// The order.
    pub sort: Sort,
    /// The agreement was accepted a moment ago: say so.
    pub agreed: bool,
    after: Option<Cursor>,
    accepted: Option<RelationshipId>,
}

/// A filter that can be set or taken away with one click.
#[derive(Debug, Clone)]
pub struct Chip {
    /// The address with that change.
    pub href: String,
    /// The filter.
    pub words: String,
    /// Whether it is set now.
    pub set: bool,
}

impl Asked {
    /// Reads what was asked. Filters that the page doesn't offer are left out.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a place in the list that isn't one.
    pub fn wanted(self) -> Result<Wanted, Error> {
        let word = |value: &Option<String>, is: &str| value.as_deref() == Some(is);
        let search: String = self.q.unwrap_or_default();
        let search = search.trim().chars().take(LONGEST).collect::<String>();
        let after = match self.after.as_deref() {
            None | Some("") => None,
            Some(after) => Some(Cursor::decode(after).ok_or(Error::BadRequest)?),
        };
        Ok(Wanted {
            search: search.trim_end().to_owned(),
            kind: self.r#type.and_then(|word| RelationshipType::parse(&word)),
            status: self.status.and_then(|word| StandingFilter::parse(&word)),
            full: word(&self.reach, "full"),
            soon: word(&self.ends, "30"),
            sort: if word(&self.sort, "end") {
                Sort::End
            } else {
                Sort::Name
            },
            agreed: word(&self.agreement, "accepted"),
            after,
            accepted: self.accepted.and_then(|id| id.parse().ok()),
        })
    }
}

impl Wanted {
    /// The same for the store.
    #[must_use]
    pub fn view(&self, waits: bool) -> View {
        View {
            filter: self.filter(),
            sort: self.sort,
            after: self.after.clone(),
            accepted: self.accepted,
            waits,
        }
    }

    /// What the list is narrowed to.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            search: fold(&self.search),
            kind: self.kind,
            status: self.status,
            full: self.full,
            soon: self.soon,
        }
    }

    /// Whether the page begins further down.
    #[must_use]
    pub const fn is_further(&self) -> bool {
        self.after.is_some()
    }

    /// Whether the list is sorted by when roles end.
    #[must_use]
    pub fn by_end(&self) -> bool {
        self.sort == Sort::End
    }

    /// Whether this type is asked for.
    #[must_use]
    pub fn is_kind(&self, kind: &RelationshipType) -> bool {
        self.kind == Some(*kind)
    }

    /// Whether this status is asked for.
    #[must_use]
    pub fn is_status(&self, status: &StandingFilter) -> bool {
        self.status == Some(*status)
    }

    /// The address of the first page with these filters, under a suffix of the path.
    #[must_use]
    pub fn address(&self, suffix: &str) -> String {
        self.address_after(suffix, None)
    }

    /// The address of the page after a row.
    #[must_use]
    pub fn next(&self, after: &Cursor) -> String {
        self.address_after("", Some(after))
    }

    fn address_after(&self, suffix: &str, after: Option<&Cursor>) -> String {
        let pairs = [
            ("q", (!self.search.is_empty()).then(|| self.search.clone())),
            ("type", self.kind.map(|kind| kind.to_string())),
            ("status", self.status.map(|status| status.to_string())),
            ("reach", self.full.then(|| "full".to_owned())),
            ("ends", self.soon.then(|| "30".to_owned())),
            ("sort", self.by_end().then(|| "end".to_owned())),
            ("after", after.map(Cursor::encode)),
        ];
        let mut query = Serializer::new(String::new());
        for (name, value) in pairs {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        match query.finish() {
            query if query.is_empty() => format!("{PATH}{suffix}"),
            query => format!("{PATH}{suffix}?{query}"),
        }
    }

    /// The address sorted otherwise.
    #[must_use]
    pub fn sorted(&self, by_end: bool) -> String {
        let sort = if by_end { Sort::End } else { Sort::Name };
        Self {
            sort,
            ..self.clone()
        }
        .address("")
    }

    /// The filters that are set, and the two that may be.
    #[must_use]
    pub fn chips(&self, l: Locale) -> Vec<Chip> {
        let but = |change: fn(&mut Self)| {
            let mut other = self.clone();
            change(&mut other);
            other.address("")
        };
        let mut chips = Vec::new();
        let mut add = |href, words, set| chips.push(Chip { href, words, set });
        if !self.search.is_empty() {
            let words = l.t1("relationships-chip-search", "text", &self.search);
            add(but(|w| w.search.clear()), words, true);
        }
        if let Some(kind) = self.kind {
            let name = l.word("type", kind.as_str());
            let words = l.t1("relationships-chip-type", "type", &name);
            add(but(|w| w.kind = None), words, true);
        }
        if let Some(status) = self.status {
            let name = l.word("relationships-status", status.as_str());
            let words = l.t1("relationships-chip-status", "status", &name);
            add(but(|w| w.status = None), words, true);
        }
        let words = l.t("relationships-chip-full").to_owned();
        add(but(|w| w.full = !w.full), words, self.full);
        let words = l.t("relationships-chip-soon").to_owned();
        add(but(|w| w.soon = !w.soon), words, self.soon);
        chips
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn what_the_page_does_not_offer_is_left_out_but_a_broken_place_is_refused() {
        let asked = Asked {
            q: Some("  a & b  ".into()),
            r#type: Some("nonsense".into()),
            status: Some("ends-soon".into()),
            reach: Some("half".into()),
            accepted: Some("x".into()),
            ..Asked::default()
        };
        let wanted = asked.clone().wanted().unwrap();
        assert_eq!(
            wanted.address(".csv"),
            format!("{PATH}.csv?q=a+%26+b&status=ends-soon")
        );
        assert!(wanted.kind.is_none() && !wanted.full && wanted.accepted.is_none());
        let broken = Asked {
            after: Some("?".into()),
            ..asked
        };
        assert!(matches!(broken.wanted(), Err(Error::BadRequest)));
    }

    #[test]
    fn the_next_page_keeps_the_filters_and_reads_back() {
        let cursor = Cursor {
            key: "émile".into(),
            id: Id::<()>::at(crate::domain::Instant::UNIX_EPOCH).uuid(),
        };
        let asked = Asked {
            r#type: Some("advisor".into()),
            ends: Some("30".into()),
            sort: Some("end".into()),
            ..Asked::default()
        };
        let next = asked.wanted().unwrap().next(&cursor);
        let query = next.split_once('?').unwrap().1;
        let again: Asked = serde_urlencoded::from_str(query).unwrap();
        let again = again.wanted().unwrap();
        assert_eq!(again.after, Some(cursor));
        assert!(again.soon && again.by_end() && again.is_kind(&RelationshipType::Advisor));
    }
}
