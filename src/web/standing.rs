//! How a relationship stands, in the parts that pages show it by: a badge, bars, an end.

use super::locale::Locale;
use crate::domain::{
    Instant,
    role::Reach,
    standing::{Standing, StandingFilter},
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

    /// The badge of a relationship on its own page: with how far away a near end is.
    #[must_use]
    pub fn dated(l: Locale, standing: Standing, now: Instant) -> Self {
        let badge = Self::of(l, standing);
        match standing {
            Standing::EndsSoon(at) => Self {
                words: l.t1("relationships-badge-ends", "when", &when(l, at, now)),
                ..badge
            },
            _ => badge,
        }
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
