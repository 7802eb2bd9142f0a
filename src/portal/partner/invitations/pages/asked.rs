//! What an address of the list asks for, and addresses that ask for something else.

use serde::Deserialize;

use super::{super::store::filter::Filter, PATH};
use crate::{
    domain::{
        MembershipId, invitation::InvitationStatus, relationship::RelationshipType, text::fold,
    },
    error::Error,
    web::{
        days::Days,
        list::{self, Asks, Chip},
        locale::Locale,
        paginate::Cursor,
    },
    work::delivery::Stage,
};

/// The query of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: Option<String>,
    state: Option<String>,
    r#type: Option<String>,
    by: Option<String>,
    mail: Option<String>,
    link: Option<String>,
    created_from: Option<String>,
    created_to: Option<String>,
    ends_from: Option<String>,
    ends_to: Option<String>,
    after: Option<String>,
}

/// What is asked for, as far as it is something that the page offers.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What was typed, trimmed and cut.
    pub search: String,
    /// One state.
    pub status: Option<InvitationStatus>,
    /// One type.
    pub kind: Option<RelationshipType>,
    /// Who made it.
    pub by: Option<MembershipId>,
    /// How far the mail has come.
    pub mail: Option<Stage>,
    /// Only those for which a new link is asked.
    pub asked: bool,
    /// When it was made.
    pub created: Days,
    /// When it ends.
    pub ends: Days,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

impl Asked {
    /// Reads what was asked. Filters that the page doesn't offer are left out.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a place in the list that isn't one.
    pub fn wanted(self) -> Result<Wanted, Error> {
        Ok(Wanted {
            search: list::search(self.q.as_deref()),
            status: self.state.and_then(|word| InvitationStatus::parse(&word)),
            kind: self.r#type.and_then(|word| RelationshipType::parse(&word)),
            by: self.by.and_then(|id| id.parse().ok()),
            mail: self.mail.and_then(|word| Stage::parse(&word)),
            asked: self.link.as_deref() == Some("asked"),
            created: Days::asked(self.created_from.as_deref(), self.created_to.as_deref()),
            ends: Days::asked(self.ends_from.as_deref(), self.ends_to.as_deref()),
            after: list::place(self.after.as_deref())?,
        })
    }
}

impl Asks for Wanted {
    const PATH: &'static str = PATH;

    fn asked(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("q", Some(self.search.clone())),
            ("state", self.status.map(|status| status.to_string())),
            ("type", self.kind.map(|kind| kind.to_string())),
            ("by", self.by.map(|member| member.to_string())),
            ("mail", self.mail.map(|stage| stage.to_string())),
            ("link", self.asked.then(|| "asked".to_owned())),
            ("created_from", self.created.first()),
            ("created_to", self.created.last()),
            ("ends_from", self.ends.first()),
            ("ends_to", self.ends.last()),
        ]
    }

    fn after(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }
}

impl Wanted {
    /// What the list is narrowed to.
    #[must_use]
    pub fn filter(&self, l: Locale) -> Filter {
        Filter {
            search: fold(&self.search),
            status: self.status,
            kind: self.kind,
            by: self.by,
            mail: self.mail,
            asked: self.asked,
            created: self.created.span(l),
            ends: self.ends.span(l),
        }
    }

    /// The filters that are set, and the one that may be.
    #[must_use]
    pub fn chips(&self, l: Locale, makers: &[(MembershipId, String)]) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.search.is_empty() {
            let words = l.t1("sent-chip-search", "text", &self.search);
            chips.push(self.chip(words, true, |w| w.search.clear()));
        }
        if let Some(status) = self.status {
            let name = l.word("invitation-state", status.as_str());
            let words = l.t1("sent-chip-state", "state", &name);
            chips.push(self.chip(words, true, |w| w.status = None));
        }
        if let Some(kind) = self.kind {
            let name = l.word("type", kind.as_str());
            let words = l.t1("sent-chip-type", "type", &name);
            chips.push(self.chip(words, true, |w| w.kind = None));
        }
        if let Some(by) = self.by {
            let name = makers.iter().find(|(member, _)| *member == by);
            let name = name.map_or_else(|| l.t("told-somebody"), |(_, name)| name);
            let words = l.t1("sent-chip-by", "person", name);
            chips.push(self.chip(words, true, |w| w.by = None));
        }
        if let Some(stage) = self.mail {
            let name = l.word("sent-mail", stage.as_str());
            let words = l.t1("sent-chip-mail", "stage", &name);
            chips.push(self.chip(words, true, |w| w.mail = None));
        }
        if self.created.narrow() {
            let words = l.t1("sent-chip-created", "days", &self.created.words(l));
            chips.push(self.chip(words, true, |w| w.created = Days::default()));
        }
        if self.ends.narrow() {
            let words = l.t1("sent-chip-ends", "days", &self.ends.words(l));
            chips.push(self.chip(words, true, |w| w.ends = Days::default()));
        }
        let words = l.t("sent-chip-asked").to_owned();
        chips.push(self.chip(words, self.asked, |w| w.asked = !w.asked));
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
            state: Some("expired".into()),
            r#type: Some("nonsense".into()),
            by: Some("somebody".into()),
            mail: Some("failed".into()),
            link: Some("asked".into()),
            ..Asked::default()
        };
        let wanted = asked.clone().wanted().unwrap();
        assert_eq!(
            wanted.address(),
            format!("{PATH}?q=a+%26+b&state=expired&mail=failed&link=asked")
        );
        let broken = Asked {
            after: Some("?".into()),
            ..asked
        };
        assert!(matches!(broken.wanted(), Err(Error::BadRequest)));
    }

    #[test]
    fn the_next_page_keeps_the_filters_and_reads_back() {
        let id = Id::<()>::at(crate::domain::Instant::UNIX_EPOCH).uuid();
        let cursor = Cursor {
            key: "2026-11-22T09:00:00.000000Z".into(),
            id,
        };
        let member = MembershipId::from_uuid(id);
        let asked = Asked {
            r#type: Some("advisor".into()),
            by: Some(member.to_string()),
            ..Asked::default()
        };
        let next = asked.wanted().unwrap().next(&cursor);
        let query = next.split_once('?').unwrap().1;
        let again: Asked = serde_urlencoded::from_str(query).unwrap();
        let again = again.wanted().unwrap();
        assert_eq!(again.after, Some(cursor));
        assert!(again.by == Some(member) && again.kind == Some(RelationshipType::Advisor));
    }
}
