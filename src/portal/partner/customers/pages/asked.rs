//! What an address of the list asks for.

use serde::Deserialize;

use super::{
    super::store::list::{Filter, Sort, View},
    PATH,
};
use crate::{
    domain::{relationship::RelationshipType, standing::StandingFilter, text::fold},
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
    ends: Option<String>,
    sort: Option<String>,
    after: Option<String>,
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
    /// A role that ends within 30 days.
    pub soon: bool,
    /// The order.
    pub sort: Sort,
    after: Option<Cursor>,
}

/// The statuses on offer: whoever is merely invited is no customer yet.
pub fn statuses() -> impl Iterator<Item = StandingFilter> {
    let all = StandingFilter::ALL.iter().copied();
    all.filter(|status| *status != StandingFilter::Invited)
}

impl Asked {
    /// Reads what was asked. Filters that the page doesn't offer are left out.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a place in the list that isn't one.
    pub fn wanted(self) -> Result<Wanted, Error> {
        let status = self.status.and_then(|word| StandingFilter::parse(&word));
        Ok(Wanted {
            search: list::search(self.q.as_deref()),
            kind: self.r#type.and_then(|word| RelationshipType::parse(&word)),
            status: status.filter(|status| statuses().any(|offered| offered == *status)),
            soon: self.ends.as_deref() == Some("30"),
            sort: match self.sort.as_deref() {
                Some("end") => Sort::End,
                _ => Sort::Name,
            },
            after: list::place(self.after.as_deref())?,
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
    pub fn view(&self) -> View {
        View {
            filter: self.filter(),
            sort: self.sort,
            after: self.after.clone(),
        }
    }

    /// What the list is narrowed to.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            search: fold(&self.search),
            kind: self.kind,
            status: self.status,
            soon: self.soon,
        }
    }

    /// Whether the list is sorted by when roles end.
    #[must_use]
    pub fn by_end(&self) -> bool {
        self.sort == Sort::End
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

    /// The filters that are set, and the one that may be.
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
        let words = l.t("relationships-chip-soon").to_owned();
        chips.push(self.chip(words, self.soon, |w| w.soon = !w.soon));
        chips
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_does_not_offer_is_left_out_but_a_broken_place_is_refused() {
        let asked = Asked {
            q: Some("  a & b  ".into()),
            r#type: Some("nonsense".into()),
            status: Some("invited".into()),
            ends: Some("30".into()),
            ..Asked::default()
        };
        let wanted = asked.clone().wanted().unwrap();
        assert_eq!(wanted.address(), format!("{PATH}?q=a+%26+b&ends=30"));
        let broken = Asked {
            after: Some("?".into()),
            ..asked
        };
        assert!(matches!(broken.wanted(), Err(Error::BadRequest)));
    }
}
