//! What an address of the list asks for, and addresses that ask for something else.

use serde::Deserialize;

use super::{
    super::store::{filter::Filter, found::View, list::Sort},
    PATH,
};
use crate::{
    domain::{
        RelationshipId, relationship::RelationshipType, standing::StandingFilter, text::fold,
    },
    error::Error,
    web::{
        list::{self, Asks, Chip},
        locale::Locale,
        paginate::Cursor,
    },
};

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

impl Asked {
    /// Reads what was asked. Filters that the page doesn't offer are left out.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a place in the list that isn't one.
    pub fn wanted(self) -> Result<Wanted, Error> {
        let word = |value: &Option<String>, is: &str| value.as_deref() == Some(is);
        Ok(Wanted {
            search: list::search(self.q.as_deref()),
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
            after: list::place(self.after.as_deref())?,
            accepted: self.accepted.and_then(|id| id.parse().ok()),
        })
    }
}

impl Asks for Wanted {
    const PATH: &'static str = PATH;

    fn asked(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("q", Some(self.search.clone())),
            ("type", self.kind.map(|kind| kind.to_string())),
            ("status", self.status.map(|status| status.to_string())),
            ("reach", self.full.then(|| "full".to_owned())),
            ("ends", self.soon.then(|| "30".to_owned())),
            ("sort", self.by_end().then(|| "end".to_owned())),
        ]
    }

    fn after(&self) -> Option<&Cursor> {
        self.after.as_ref()
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

    /// Whether the list is sorted by when roles end.
    #[must_use]
    pub fn by_end(&self) -> bool {
        self.sort == Sort::End
    }

    /// The address of the list as a file.
    #[must_use]
    pub fn download(&self) -> String {
        list::address(&format!("{PATH}.csv"), self.asked())
    }

    /// The address sorted otherwise.
    #[must_use]
    pub fn sorted(&self, by_end: bool) -> String {
        let sort = if by_end { Sort::End } else { Sort::Name };
        Self {
            sort,
            ..self.clone()
        }
        .address()
    }

    /// The filters that are set, and the two that may be.
    #[must_use]
    pub fn chips(&self, l: Locale) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.search.is_empty() {
            let words = l.t1("relationships-chip-search", "text", &self.search);
            chips.push(self.chip(words, true, |w| w.search.clear()));
        }
        if let Some(kind) = self.kind {
            let name = l.word("type", kind.as_str());
            let words = l.t1("relationships-chip-type", "type", &name);
            chips.push(self.chip(words, true, |w| w.kind = None));
        }
        if let Some(status) = self.status {
            let name = l.word("relationships-status", status.as_str());
            let words = l.t1("relationships-chip-status", "status", &name);
            chips.push(self.chip(words, true, |w| w.status = None));
        }
        let words = l.t("relationships-chip-full").to_owned();
        chips.push(self.chip(words, self.full, |w| w.full = !w.full));
        let words = l.t("relationships-chip-soon").to_owned();
        chips.push(self.chip(words, self.soon, |w| w.soon = !w.soon));
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
            wanted.download(),
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
        assert!(again.soon && again.by_end() && again.kind == Some(RelationshipType::Advisor));
    }
}
