//! Agreements: what a tenant accepts before partners may order for it.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Instant, InvalidTransition, Language, VersionId, country::Country, words};

words! {
    /// What an agreement is about.
    AgreementKind {
        /// The customer agreement.
        Customer = "customer",
    }
}

/// Which agreement is meant: what it is about, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    /// What it is about.
    pub kind: AgreementKind,
    /// The country whose tenants it is for; none for all that have none of their own.
    pub country: Option<Country>,
}

impl Which {
    /// The country's code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.country.as_ref().map(Country::as_str)
    }
}

words! {
    /// Where a version stands. A published text never changes by a byte.
    VersionState {
        /// Being written; nobody can accept it.
        Draft = "draft",
        /// In force.
        Published = "published",
        /// A later version took its place; kept for ever.
        Superseded = "superseded",
    }
}

impl VersionState {
    /// Puts a draft in force.
    ///
    /// # Errors
    /// Refuses what was published before.
    pub fn publish(self) -> Result<Self, InvalidTransition> {
        self.step(Self::Draft, Self::Published, "published")
    }

    /// Gives way to a later version.
    ///
    /// # Errors
    /// Refuses what is not in force.
    pub fn supersede(self) -> Result<Self, InvalidTransition> {
        self.step(Self::Published, Self::Superseded, "superseded")
    }

    fn step(self, from: Self, to: Self, step: &'static str) -> Result<Self, InvalidTransition> {
        if self == from {
            return Ok(to);
        }
        Err(InvalidTransition {
            what: "the agreement version",
            state: self.as_str(),
            step,
        })
    }
}

/// The text that a person was offered to accept. The form carries it back, so that what is
/// accepted is what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The version.
    pub version: VersionId,
    /// The language of the text.
    pub language: Language,
    /// SHA-256 of the text's bytes, in hex.
    pub sha256: String,
    /// The language of the page itself, which needn't be the text's.
    pub page_language: Language,
}

/// About how long a text of so many words takes to read, in minutes: 220 words a minute.
#[must_use]
pub fn reading_minutes(words: i32) -> i64 {
    (i64::from(words) + 219) / 220
}

/// What holds of a version beside its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The day that it is known by, and from which it counts.
    pub dated: NaiveDate,
    /// Whether it asks those who accepted an earlier version to accept anew.
    pub material: bool,
    /// Until when an earlier acceptance suffices.
    pub earlier_suffices_until: Option<Instant>,
}

/// Why terms can't be kept, or can't be published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsRefused {
    /// A date for those who accepted an earlier version, where nothing is asked of them.
    #[error("only a material version has a date until which an earlier acceptance suffices")]
    NotMaterial,
    /// That date has passed.
    #[error("the date until which an earlier acceptance suffices has passed")]
    Passed,
    /// The version counts from a later day.
    #[error("the version counts from {0} on: publish it then, and keep it as a draft until then")]
    NotYet(NaiveDate),
}

impl TermsRefused {
    /// The key of the message beside the field.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotMaterial => "agreements-until-not-material",
            Self::Passed => "agreements-until-passed",
            Self::NotYet(_) => "agreements-dated-later",
        }
    }
}

impl Terms {
    /// Makes sure that the terms make sense together at `now`.
    ///
    /// # Errors
    /// [`TermsRefused::NotMaterial`], [`TermsRefused::Passed`].
    pub fn check(&self, now: Instant) -> Result<(), TermsRefused> {
        match self.earlier_suffices_until {
            Some(_) if !self.material => Err(TermsRefused::NotMaterial),
            Some(until) if until <= now => Err(TermsRefused::Passed),
            _ => Ok(()),
        }
    }

    /// Makes sure that a version on these terms may be put in force at `now`: it counts from its
    /// day on, wherever on earth that day began first.
    ///
    /// # Errors
    /// [`TermsRefused::NotYet`], and as [`Terms::check`].
    pub fn check_publishable(&self, now: Instant) -> Result<(), TermsRefused> {
        self.check(now)?;
        if self.dated > (now + EARLIEST_DAY).date_naive() {
            return Err(TermsRefused::NotYet(self.dated));
        }
        Ok(())
    }
}

/// A day begins first fourteen hours ahead of UTC.
const EARLIEST_DAY: TimeDelta = TimeDelta::hours(14);

/// A material version: it asks those who accepted an earlier one to accept anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The version's number within the agreement.
    pub number: i32,
    /// Until when an acceptance of an earlier version suffices; none where it never did since.
    pub earlier_suffices_until: Option<Instant>,
}

/// What later versions ask of a tenant that accepted an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// Nothing: no later version is material.
    NotAsked,
    /// To accept anew before this time.
    Until(Instant),
    /// To accept anew; what was accepted doesn't suffice any more.
    Due,
}

/// What the material versions of an agreement ask of a tenant that accepted version `accepted`.
///
/// Each asks for itself: a later version that isn't material takes back nothing that an earlier
/// one asked for, and the first of several dates counts.
#[must_use]
pub fn renewal(accepted: i32, demands: &[Demand]) -> Renewal {
    let later = demands.iter().filter(|demand| demand.number > accepted);
    later.fold(Renewal::NotAsked, |asked, demand| {
        match (asked, demand.earlier_suffices_until) {
            (Renewal::Due, _) | (_, None) => Renewal::Due,
            (Renewal::NotAsked, Some(until)) => Renewal::Until(until),
            (Renewal::Until(first), Some(until)) => Renewal::Until(first.min(until)),
        }
    })
}

/// Whether a tenant that accepted version `accepted` has accepted enough at `now`.
///
/// An acceptance suffices until the date of a later material version; a version that isn't
/// material asks nothing of those who accepted an earlier one.
#[must_use]
pub fn suffices(accepted: Option<i32>, demands: &[Demand], now: Instant) -> bool {
    match accepted.map(|number| renewal(number, demands)) {
        None | Some(Renewal::Due) => false,
        Some(Renewal::NotAsked) => true,
        Some(Renewal::Until(until)) => now < until,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::days(n)
    }

    fn demand(number: i32, until: Option<i64>) -> Demand {
        Demand {
            number,
            earlier_suffices_until: until.map(day),
        }
    }

    #[test]
    fn a_version_goes_from_draft_to_published_to_superseded_and_nowhere_else() {
        use VersionState::{Draft, Published, Superseded};
        assert_eq!(Draft.publish(), Ok(Published));
        assert_eq!(Published.supersede(), Ok(Superseded));
        for state in [Published, Superseded] {
            assert!(state.publish().is_err());
        }
        for state in [Draft, Superseded] {
            assert!(state.supersede().is_err());
        }
    }

    #[test]
    fn an_acceptance_suffices_until_the_date_of_a_later_material_version() {
        let none: &[Demand] = &[];
        let strict = &[demand(2, None)][..];
        let dated = &[demand(2, Some(10))][..];
        for (accepted, demands, now, expected) in [
            (None, none, day(0), false),
            (Some(1), none, day(0), true),
            (Some(1), strict, day(0), false),
            (Some(2), strict, day(0), true),
            (Some(1), dated, day(9), true),
            (Some(1), dated, day(10), false),
            (Some(2), dated, day(11), true),
        ] {
            assert_eq!(
                suffices(accepted, demands, now),
                expected,
                "{accepted:?} {demands:?}"
            );
        }
    }

    #[test]
    fn what_one_material_version_asks_no_later_version_takes_back() {
        // Version 3 corrects a typing error and asks nothing: version 2 asks all the same.
        assert_eq!(renewal(1, &[demand(2, Some(10))]), Renewal::Until(day(10)));
        // The first of several dates counts, and what is due stays due.
        let two = [demand(2, Some(10)), demand(4, Some(5))];
        assert_eq!(renewal(1, &two), Renewal::Until(day(5)));
        assert_eq!(renewal(3, &two), Renewal::Until(day(5)));
        assert_eq!(renewal(4, &two), Renewal::NotAsked);
        let due = [demand(2, None), demand(4, Some(5))];
        assert_eq!(renewal(1, &due), Renewal::Due);
        assert_eq!(renewal(2, &due), Renewal::Until(day(5)));
    }

    #[test]
    fn a_version_counts_from_its_day_and_asks_by_a_date_ahead_only_where_it_is_material() {
        let terms = |day_of: i64, material, until: Option<i64>| Terms {
            dated: day(day_of).date_naive(),
            material,
            earlier_suffices_until: until.map(day),
        };
        let now = day(10);
        for (terms, expected) in [
            (terms(10, false, None), Ok(())),
            (terms(3, true, Some(11)), Ok(())),
            (terms(3, false, Some(11)), Err(TermsRefused::NotMaterial)),
            (terms(3, true, Some(10)), Err(TermsRefused::Passed)),
            (
                terms(11, true, None),
                Err(TermsRefused::NotYet(day(11).date_naive())),
            ),
        ] {
            assert_eq!(terms.check_publishable(now), expected, "{terms:?}");
        }
        // Somewhere it is tomorrow already.
        let evening = now + TimeDelta::hours(10);
        assert_eq!(terms(11, false, None).check_publishable(evening), Ok(()));
    }
}
