//! How one relationship or invitation is said in a line: the same on the page and in the download.

use super::{
    super::store::{invited::Invited, list::Row},
    PATH,
};
use crate::{
    domain::{
        Instant,
        role::Reach,
        standing::{Kept, StandingFilter},
    },
    web::{
        locale::Locale,
        page::Avatar,
        standing::{Badge, Bars, End},
    },
};

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it leads.
    pub href: String,
    /// The partner's name.
    pub name: String,
    /// Its avatar.
    pub avatar: Avatar,
    /// The public partner id.
    pub number: String,
    /// The partner's domain.
    pub domain: String,
    /// The type, in words.
    pub kind: String,
    /// How far it reaches.
    pub reach: Bars,
    /// The status.
    pub badge: Badge,
    /// Since when; not yet for an invitation.
    pub since: Option<Instant>,
    /// When it ends.
    pub end: End,
}

impl Line {
    /// The line of a relationship.
    #[must_use]
    pub fn related(l: Locale, row: &Row, now: Instant) -> Self {
        let kept: &Kept = &row.kept;
        let standing = kept.standing(now);
        Self {
            href: format!("{PATH}/{}", row.id),
            name: row.name.clone(),
            avatar: Avatar::company(&row.name),
            number: row.number.clone(),
            domain: row.domain.clone().unwrap_or_default(),
            kind: l.word("type", row.kind.as_str()),
            reach: Bars::of(l, kept.reach(row.kind, now)),
            badge: Badge::of(l, standing),
            since: Some(row.since),
            end: End::of(l, standing, now),
        }
    }

    /// The line of an invitation that waits.
    #[must_use]
    pub fn invited(l: Locale, invited: &Invited) -> Self {
        let reach = invited.reach();
        let mut bars = Bars::of(l, reach);
        if reach == Reach::FullControl {
            l.t("reach-asks-full").clone_into(&mut bars.words);
        }
        Self {
            href: format!("/billing/invitations/{}", invited.id),
            name: invited.name.clone(),
            avatar: Avatar::company(&invited.name),
            number: invited.number.clone(),
            domain: invited.domain.clone().unwrap_or_default(),
            kind: l.word("type", invited.kind.as_str()),
            reach: bars,
            badge: Badge::status(l, StandingFilter::Invited),
            since: None,
            end: End {
                at: Some(invited.until),
                words: l.t("relationships-last-day").to_owned(),
                soon: false,
            },
        }
    }

    /// The cells of the download.
    #[must_use]
    pub fn cells(self, l: Locale) -> [String; 9] {
        let day = |at: Instant| l.machine(&at).chars().take(10).collect::<String>();
        [
            self.name,
            self.number,
            self.domain,
            self.kind,
            self.reach.words,
            self.badge.words,
            self.since.map(day).unwrap_or_default(),
            self.end.at.map(day).unwrap_or_default(),
            self.end.words,
        ]
    }
}
