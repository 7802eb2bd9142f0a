//! A grant: one admin role given to a partner under a relationship, from a time until a time.

use chrono::TimeDelta;

use super::{GrantId, Instant, InvalidTransition, MembershipId, role::AdminRole};

/// The longest that a grant may last, in days.
pub const LONGEST_DAYS: i64 = 730;

/// How long granted roles last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GrantDuration(i32);

/// A duration that is none of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("roles last 90, 180, 365 or 730 days, not {0}")]
pub struct DurationRefused(pub i32);

impl GrantDuration {
    /// The durations that can be chosen, in days.
    pub const CHOICES: [i32; 4] = [90, 180, 365, 730];
    /// What is taken where nothing is said: 365 days.
    pub const DEFAULT: Self = Self(365);

    /// One of [`Self::CHOICES`].
    ///
    /// # Errors
    /// [`DurationRefused`] for any other number.
    pub fn days(days: i32) -> Result<Self, DurationRefused> {
        if Self::CHOICES.contains(&days) {
            Ok(Self(days))
        } else {
            Err(DurationRefused(days))
        }
    }

    /// The number of days.
    #[must_use]
    pub const fn in_days(self) -> i32 {
        self.0
    }

    /// When a grant that starts at `start` ends.
    #[must_use]
    pub fn end_from(self, start: Instant) -> Instant {
        start + TimeDelta::days(i64::from(self.0))
    }
}

/// What became of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantState {
    /// Given, and in force until its end.
    Live,
    /// Taken back before its end.
    Removed {
        /// Who took it back.
        by: MembershipId,
        /// When.
        at: Instant,
    },
    /// A later authorization gave the same role anew.
    Replaced {
        /// When.
        at: Instant,
    },
    /// Its time ran out.
    Expired {
        /// When: the end that was agreed.
        at: Instant,
    },
}

impl GrantState {
    /// The word that is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Removed { .. } => "removed",
            Self::Replaced { .. } => "replaced",
            Self::Expired { .. } => "expired",
        }
    }
}

/// One role, from when until when, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// The role given.
    pub role: AdminRole,
    /// In force from then on.
    pub starts_at: Instant,
    /// In force until just before then. Always after the start, at most 730 days.
    pub ends_at: Instant,
    /// What became of it.
    pub state: GrantState,
}

/// An end that a grant can't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a grant ends after it starts and within 730 days")]
pub struct EndRefused;

impl Grant {
    /// A new live grant.
    ///
    /// # Errors
    /// Refuses an end that isn't after the start, or more than 730 days away.
    pub fn give(
        id: GrantId,
        role: AdminRole,
        starts_at: Instant,
        ends_at: Instant,
    ) -> Result<Self, EndRefused> {
        let length = ends_at - starts_at;
        if length <= TimeDelta::zero() || length > TimeDelta::days(LONGEST_DAYS) {
            return Err(EndRefused);
        }
        Ok(Self {
            id,
            role,
            starts_at,
            ends_at,
            state: GrantState::Live,
        })
    }

    /// The state by the clock: a live grant whose end has come is expired, whoever has noticed.
    #[must_use]
    pub fn state_at(&self, now: Instant) -> GrantState {
        match self.state {
            GrantState::Live if now >= self.ends_at => GrantState::Expired { at: self.ends_at },
            state => state,
        }
    }

    /// Whether the role may be used at `now`.
    #[must_use]
    pub fn is_live(&self, now: Instant) -> bool {
        now >= self.starts_at && self.state_at(now) == GrantState::Live
    }

    /// Whether it was neither closed nor has come to its end by this clock. One that hasn't begun
    /// counts: a clock that is behind would otherwise hide it, and it begins all the same.
    #[must_use]
    pub fn may_be_used(&self, now: Instant) -> bool {
        self.state_at(now) == GrantState::Live
    }

    /// Takes the role back, whether or not it has begun by this clock. One that ran out is recorded
    /// as expired, so that it stays so when the clock turns out to have been ahead.
    ///
    /// # Errors
    /// Refuses a grant that was closed before.
    pub fn remove(self, by: MembershipId, now: Instant) -> Result<Self, InvalidTransition> {
        self.leave_live(now, "removed", GrantState::Removed { by, at: now })
    }

    /// Makes room for a later grant of the same role; one that ran out is recorded as expired.
    ///
    /// # Errors
    /// Refuses a grant that was closed before.
    pub fn replace(self, now: Instant) -> Result<Self, InvalidTransition> {
        self.leave_live(now, "replaced", GrantState::Replaced { at: now })
    }

    /// Records that the time ran out.
    ///
    /// # Errors
    /// Refuses a grant whose end has not come, or that was closed before.
    pub fn expire(self, now: Instant) -> Result<Self, InvalidTransition> {
        match (self.state, self.state_at(now)) {
            (GrantState::Live, state @ GrantState::Expired { .. }) => Ok(Self { state, ..self }),
            (state, _) => Err(InvalidTransition {
                what: "the grant",
                state: state.as_str(),
                step: "expired",
            }),
        }
    }

    fn leave_live(
        self,
        now: Instant,
        step: &'static str,
        next: GrantState,
    ) -> Result<Self, InvalidTransition> {
        match (self.state, self.state_at(now)) {
            (GrantState::Live, GrantState::Live) => Ok(Self {
                state: next,
                ..self
            }),
            (GrantState::Live, expired) => Ok(Self {
                state: expired,
                ..self
            }),
            (state, _) => Err(InvalidTransition {
                what: "the grant",
                state: state.as_str(),
                step,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn at(days: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::days(days)
    }

    fn grant(state: GrantState) -> Grant {
        let live = Grant::give(Id::at(at(0)), AdminRole::GlobalAdministrator, at(0), at(90));
        Grant {
            state,
            ..live.unwrap()
        }
    }

    #[test]
    fn a_grant_ends_after_it_starts_and_within_730_days() {
        let give =
            |from, until| Grant::give(Id::at(at(0)), AdminRole::HelpdeskAdministrator, from, until);
        assert!(give(at(0), at(730)).is_ok());
        assert!(give(at(0), at(731)).is_err());
        assert!(give(at(0), at(730) + TimeDelta::microseconds(1)).is_err());
        assert!(give(at(5), at(5)).is_err());
        assert!(give(at(5), at(4)).is_err());
    }

    #[test]
    fn only_the_four_durations_can_be_chosen() {
        for days in -1..1000 {
            assert_eq!(
                GrantDuration::days(days).is_ok(),
                [90, 180, 365, 730].contains(&days)
            );
        }
        assert_eq!(GrantDuration::DEFAULT.in_days(), 365);
    }

    #[test]
    fn the_clock_decides_expiry_to_the_microsecond() {
        let live = grant(GrantState::Live);
        assert!(live.is_live(at(90) - TimeDelta::microseconds(1)));
        assert!(!live.is_live(at(90)));
        assert!(
            !live.is_live(at(0) - TimeDelta::microseconds(1)),
            "not before it starts"
        );
    }

    #[test]
    fn every_state_meets_every_step() {
        let by = Id::at(at(0));
        let closed = [
            GrantState::Removed { by, at: at(1) },
            GrantState::Replaced { at: at(1) },
            GrantState::Expired { at: at(90) },
        ];
        for state in closed {
            for now in [at(2), at(100)] {
                assert!(grant(state).remove(by, now).is_err(), "{state:?}");
                assert!(grant(state).replace(now).is_err(), "{state:?}");
                assert!(grant(state).expire(now).is_err(), "{state:?}");
                assert!(!grant(state).is_live(now));
            }
        }
        let live = grant(GrantState::Live);
        assert_eq!(
            live.remove(by, at(2)).unwrap().state,
            GrantState::Removed { by, at: at(2) }
        );
        assert_eq!(
            live.replace(at(2)).unwrap().state,
            GrantState::Replaced { at: at(2) }
        );
        assert!(live.expire(at(2)).is_err());
        assert_eq!(
            live.remove(by, at(90)).unwrap().state,
            GrantState::Expired { at: at(90) }
        );
        // A clock that is behind the one that gave it.
        let early = at(-1);
        assert!(live.may_be_used(early) && !live.is_live(early));
        assert_eq!(
            live.remove(by, early).unwrap().state,
            GrantState::Removed { by, at: early }
        );
        assert_eq!(
            live.replace(at(100)).unwrap().state,
            GrantState::Expired { at: at(90) }
        );
        assert_eq!(
            live.expire(at(100)).unwrap().state,
            GrantState::Expired { at: at(90) }
        );
    }
}
