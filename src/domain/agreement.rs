//! Agreements: what a tenant accepts before partners may order for it.

use serde::{Deserialize, Serialize};

use super::{Instant, InvalidTransition, Language, VersionId, words};

words! {
    /// What an agreement is about.
    AgreementKind {
        /// The customer agreement.
        Customer = "customer",
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
    use chrono::TimeDelta;

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
}
