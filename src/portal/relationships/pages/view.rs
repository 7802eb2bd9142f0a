//! How one relationship or invitation is said in a line: the same on the page and in the download.

use super::{
    super::store::{invited::Invited, list::Row},
    PATH,
};
use crate::{
    domain::{
        Instant,
        role::Reach,
        standing::{Kept, Standing, StandingFilter},
    },
    web::{locale::Locale, page::Avatar},
};

/// A status: an adjective with an icon and a colour.
#[derive(Debug, Clone)]
pub struct Badge {
    /// The colour's meaning, or nothing.
    pub kind: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The word.
    pub words: String,
}

impl Badge {
    /// The badge of a relationship.
    #[must_use]
    pub fn of(l: Locale, standing: Standing) -> Self {
        Self::status(l, standing.status())
    }

    /// The badge of a status, named as the list's filter names it.
    #[must_use]
    pub fn status(l: Locale, status: StandingFilter) -> Self {
        let (kind, icon) = match status {
            StandingFilter::Active => ("good", "check"),
            StandingFilter::Invited => ("info", "mail"),
            StandingFilter::EndsSoon => ("warn", "clock"),
            StandingFilter::RolesEnded => ("", "clock"),
            StandingFilter::RolesRemoved | StandingFilter::Ended => ("", "minus-circle"),
        };
        Self {
            kind,
            icon,
            words: l.word("relationships-status", status.as_str()),
        }
    }
}

/// How far a partner reaches: bars and words.
#[derive(Debug, Clone)]
pub struct Bars {
    /// How many of four.
    pub bars: u8,
    /// The words.
    pub words: String,
}

impl Bars {
    /// The bars of a reach.
    #[must_use]
    pub fn of(l: Locale, reach: Reach) -> Self {
        Self {
            bars: reach.bars(),
            words: l.word("reach", reach.as_str()),
        }
    }
}

/// When something ends, with what that means.
#[derive(Debug, Clone)]
pub struct End {
    /// When, if it has a date.
    pub at: Option<Instant>,
    /// What it means; the words that stand alone where there is no date.
    pub words: String,
    /// Whether it is close.
    pub soon: bool,
}

impl End {
    /// The end of a relationship's roles, or of itself.
    #[must_use]
    pub fn of(l: Locale, standing: Standing, now: Instant) -> Self {
        let (at, key) = match standing {
            Standing::Active(None) => (None, "relationships-no-end"),
            Standing::Active(at) => (at, ""),
            Standing::EndsSoon(at) => {
                return Self {
                    at: Some(at),
                    words: when(l, at, now),
                    soon: true,
                };
            }
            Standing::RolesRemoved(at) => (Some(at), "relationships-end-removed"),
            Standing::RolesEnded(at) => (at, "relationships-end-ended"),
            Standing::Ended(at) => (Some(at), "relationships-end-over"),
        };
        Self {
            at,
            words: l.t(key).to_owned(),
            soon: false,
        }
    }
}

/// How far away a day is: in 20 days.
#[must_use]
pub fn when(l: Locale, at: Instant, now: Instant) -> String {
    l.t1("in-days", "days", l.days_until(&at, &now))
}

/// The end of a grant, written out: Until 12 December 2026 (in 20 days).
#[must_use]
pub fn until(l: Locale, at: Instant, now: Instant) -> String {
    let when = when(l, at, now);
    l.t2("relationships-until", "date", &l.date(&at), "when", &when)
}

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
