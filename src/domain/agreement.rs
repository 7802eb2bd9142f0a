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

/// The version in force, as far as it decides whether an earlier acceptance still suffices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// Its number within the agreement.
    pub number: i32,
    /// Whether it asks everybody to accept anew.
    pub material: bool,
    /// Until when an acceptance of an earlier version suffices, where it is material.
    pub earlier_suffices_until: Option<Instant>,
}

/// Whether a tenant that accepted version `accepted` has accepted enough at `now`.
///
/// An acceptance suffices until the date of a later material version; a version that isn't
/// material asks nothing of those who accepted an earlier one.
#[must_use]
pub fn suffices(accepted: Option<i32>, in_force: InForce, now: Instant) -> bool {
    match accepted {
        None => false,
        Some(number) if number >= in_force.number || !in_force.material => true,
        Some(_) => in_force
            .earlier_suffices_until
            .is_some_and(|until| now < until),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

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
        let day = |n| Instant::UNIX_EPOCH + TimeDelta::days(n);
        let first = InForce {
            number: 1,
            material: true,
            earlier_suffices_until: None,
        };
        let typo = InForce {
            number: 2,
            material: false,
            earlier_suffices_until: None,
        };
        let strict = InForce {
            number: 2,
            material: true,
            earlier_suffices_until: None,
        };
        let dated = InForce {
            number: 2,
            material: true,
            earlier_suffices_until: Some(day(10)),
        };
        for (accepted, in_force, now, expected) in [
            (None, first, day(0), false),
            (Some(1), first, day(0), true),
            (Some(1), typo, day(0), true),
            (None, typo, day(0), false),
            (Some(1), strict, day(0), false),
            (Some(2), strict, day(0), true),
            (Some(1), dated, day(9), true),
            (Some(1), dated, day(10), false),
            (Some(2), dated, day(11), true),
        ] {
            assert_eq!(
                suffices(accepted, in_force, now),
                expected,
                "{accepted:?} {in_force:?}"
            );
        }
    }
}
