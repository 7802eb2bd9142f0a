//! An invitation: a partner's request to a customer, reached by a secret link.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    Instant, InvalidTransition, Language, MembershipId, PersonId, TenantId, VersionId,
    email::Email, public_id::PublicId, relationship::RelationshipType, role::AdminRole,
};

/// How long a link works where nothing else is said, in days.
pub const DEFAULT_LIFE_DAYS: i64 = 30;
/// How long a link works, in days, as it can be chosen.
pub const LIVES_DAYS: [i64; 5] = [7, 14, 30, 60, 90];
/// The longest that a link may work, in days.
pub const LONGEST_LIFE_DAYS: i64 = 90;

/// A life that an invitation can't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link works for at least a second and at most 90 days")]
pub struct LifeRefused;

/// When a link that is made at `now` and lives for `life` stops working.
///
/// # Errors
/// Refuses less than a second and more than 90 days.
pub fn deadline(now: Instant, life: TimeDelta) -> Result<Instant, LifeRefused> {
    if life < TimeDelta::seconds(1) || life > TimeDelta::days(LONGEST_LIFE_DAYS) {
        return Err(LifeRefused);
    }
    Ok(now + life)
}

/// Whom an invitation is for, until somebody with the right answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// A tenant that handed its public id to the partner.
    Tenant(TenantId),
    /// Whoever owns the address.
    Email(Email),
    /// A public id that no tenant has. The invitation is made all the same, and nobody can answer
    /// it: a partner that tries ids learns nothing from what it sees.
    Nobody(PublicId),
}

impl Addressee {
    /// The form that the unique index of open invitations holds.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Tenant(tenant) => format!("tenant:{tenant}"),
            Self::Email(email) => format!("email:{}", email.folded()),
            Self::Nobody(id) => format!("public:{}", id.as_str()),
        }
    }
}

/// What became of an invitation. Each has one final outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    /// Waits for an answer.
    Open,
    /// Somebody with the right accepted it.
    Accepted {
        /// Who.
        by: MembershipId,
        /// When.
        at: Instant,
    },
    /// Somebody with the right declined it.
    Declined {
        /// Who.
        by: MembershipId,
        /// When.
        at: Instant,
    },
    /// The partner took it back. The operator's command line has no membership.
    Withdrawn {
        /// Who, where it was a person signed in.
        by: Option<MembershipId>,
        /// When.
        at: Instant,
    },
    /// Its time ran out.
    Expired {
        /// When: the deadline.
        at: Instant,
    },
}

super::words! {
    /// An invitation's state without its facts, as kept, filtered and printed.
    InvitationStatus {
        /// Waits for an answer.
        Open = "open",
        /// Accepted.
        Accepted = "accepted",
        /// Declined.
        Declined = "declined",
        /// Withdrawn by the partner.
        Withdrawn = "withdrawn",
        /// Ran out.
        Expired = "expired",
    }
}

impl InvitationState {
    /// The state without its facts.
    #[must_use]
    pub const fn status(self) -> InvitationStatus {
        match self {
            Self::Open => InvitationStatus::Open,
            Self::Accepted { .. } => InvitationStatus::Accepted,
            Self::Declined { .. } => InvitationStatus::Declined,
            Self::Withdrawn { .. } => InvitationStatus::Withdrawn,
            Self::Expired { .. } => InvitationStatus::Expired,
        }
    }

    /// The state by the clock: an open invitation past its deadline is expired, whoever has noticed.
    #[must_use]
    pub fn at(self, expires_at: Instant, now: Instant) -> Self {
        match self {
            Self::Open if now >= expires_at => Self::Expired { at: expires_at },
            state => state,
        }
    }

    /// Sends an open invitation again before its deadline: a new link and a new deadline, the same
    /// state. One with an outcome stays as it is; a new invitation says the same to the customer.
    ///
    /// # Errors
    /// Refuses in every other state.
    pub fn resend(self, expires_at: Instant, now: Instant) -> Result<Self, InvalidTransition> {
        self.leave_open(expires_at, now, "sent again", Self::Open)
    }

    fn leave_open(
        self,
        expires_at: Instant,
        now: Instant,
        step: &'static str,
        next: Self,
    ) -> Result<Self, InvalidTransition> {
        match self.at(expires_at, now) {
            Self::Open => Ok(next),
            state => Err(InvalidTransition {
                what: "the invitation",
                state: state.status().as_str(),
                step,
            }),
        }
    }

    /// Accepts an open invitation before its deadline.
    ///
    /// # Errors
    /// Refuses in every other state.
    pub fn accept(
        self,
        expires_at: Instant,
        by: MembershipId,
        now: Instant,
    ) -> Result<Self, InvalidTransition> {
        self.leave_open(expires_at, now, "accepted", Self::Accepted { by, at: now })
    }

    /// Declines an open invitation before its deadline.
    ///
    /// # Errors
    /// Refuses in every other state.
    pub fn decline(
        self,
        expires_at: Instant,
        by: MembershipId,
        now: Instant,
    ) -> Result<Self, InvalidTransition> {
        self.leave_open(expires_at, now, "declined", Self::Declined { by, at: now })
    }

    /// Takes an open invitation back before its deadline.
    ///
    /// # Errors
    /// Refuses in every other state.
    pub fn withdraw(
        self,
        expires_at: Instant,
        by: Option<MembershipId>,
        now: Instant,
    ) -> Result<Self, InvalidTransition> {
        self.leave_open(
            expires_at,
            now,
            "withdrawn",
            Self::Withdrawn { by, at: now },
        )
    }

    /// Records that the deadline has passed.
    ///
    /// # Errors
    /// Refuses before the deadline, and after any outcome.
    pub fn expire(self, expires_at: Instant, now: Instant) -> Result<Self, InvalidTransition> {
        match (self, self.at(expires_at, now)) {
            (Self::Open, expired @ Self::Expired { .. }) => Ok(expired),
            (state, _) => Err(InvalidTransition {
                what: "the invitation",
                state: state.status().as_str(),
                step: "expired",
            }),
        }
    }
}

/// The terms that a person saw before accepting. The form carries them back, so that what is
/// accepted is what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles asked for, in the order of their declaration.
    pub roles: Vec<AdminRole>,
    /// How long the roles last, in days; none where there are no roles.
    pub days: Option<i32>,
    /// The partner's people who get a user account, for the type that gives one.
    pub people: Vec<PersonId>,
    /// The agreement version that applies.
    pub agreement_version: VersionId,
    /// The language of the text offered.
    pub agreement_language: Language,
    /// SHA-256 of that text's bytes, in hex.
    pub agreement_sha256: String,
    /// Whether this very act accepts the agreement too.
    pub accepts_agreement: bool,
    /// The language of the page itself, which needn't be the text's. No term: it says in which
    /// words the button and the statement were read.
    pub page_language: Language,
}

/// One thing that differs between the terms shown and the terms that hold now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsChange {
    /// The type of relationship.
    Type,
    /// The roles asked for.
    Roles,
    /// How long the roles last.
    Duration,
    /// Who gets a user account.
    People,
    /// The agreement: its version, its language or its text.
    Agreement,
}

impl Terms {
    /// What changed from `shown` to `self`.
    #[must_use]
    pub fn changes_since(&self, shown: &Self) -> Vec<TermsChange> {
        let mut changes = Vec::new();
        if self.relationship_type != shown.relationship_type {
            changes.push(TermsChange::Type);
        }
        if self.roles != shown.roles {
            changes.push(TermsChange::Roles);
        }
        if self.days != shown.days {
            changes.push(TermsChange::Duration);
        }
        if self.people != shown.people {
            changes.push(TermsChange::People);
        }
        let agreement = |terms: &Self| {
            let Self {
                agreement_version,
                agreement_language,
                ..
            } = terms;
            let text = terms.agreement_sha256.clone();
            (
                *agreement_version,
                *agreement_language,
                text,
                terms.accepts_agreement,
            )
        };
        if agreement(self) != agreement(shown) {
            changes.push(TermsChange::Agreement);
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn at(days: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::days(days)
    }

    fn states() -> [InvitationState; 5] {
        let by = Id::at(at(0));
        [
            InvitationState::Open,
            InvitationState::Accepted { by, at: at(1) },
            InvitationState::Declined { by, at: at(1) },
            InvitationState::Withdrawn {
                by: Some(by),
                at: at(1),
            },
            InvitationState::Expired { at: at(30) },
        ]
    }

    #[test]
    fn only_an_open_invitation_before_its_deadline_can_be_answered_or_withdrawn() {
        let by = Id::at(at(0));
        for state in states() {
            for (now, in_time) in [(at(29), true), (at(30), false), (at(31), false)] {
                let open = state == InvitationState::Open && in_time;
                assert_eq!(
                    state.accept(at(30), by, now).is_ok(),
                    open,
                    "{state:?} {now}"
                );
                assert_eq!(
                    state.decline(at(30), by, now).is_ok(),
                    open,
                    "{state:?} {now}"
                );
                assert_eq!(
                    state.withdraw(at(30), None, now).is_ok(),
                    open,
                    "{state:?} {now}"
                );
                assert_eq!(state.resend(at(30), now).is_ok(), open, "{state:?} {now}");
                let late = state == InvitationState::Open && !in_time;
                assert_eq!(state.expire(at(30), now).is_ok(), late, "{state:?} {now}");
            }
        }
    }

    #[test]
    fn the_deadline_itself_is_too_late_and_the_moment_before_is_not() {
        let by = Id::at(at(0));
        let before = at(30) - TimeDelta::microseconds(1);
        assert!(InvitationState::Open.accept(at(30), by, before).is_ok());
        assert!(InvitationState::Open.accept(at(30), by, at(30)).is_err());
    }

    #[test]
    fn a_link_lives_from_a_second_to_ninety_days() {
        assert!(deadline(at(0), TimeDelta::seconds(1)).is_ok());
        assert!(deadline(at(0), TimeDelta::days(90)).is_ok());
        assert!(deadline(at(0), TimeDelta::milliseconds(999)).is_err());
        assert!(deadline(at(0), TimeDelta::days(90) + TimeDelta::microseconds(1)).is_err());
        assert!(deadline(at(0), TimeDelta::days(-1)).is_err());
    }

    #[test]
    fn every_term_that_changes_is_named() {
        let shown = Terms {
            relationship_type: RelationshipType::Advisor,
            roles: vec![AdminRole::HelpdeskAdministrator],
            days: Some(90),
            people: Vec::new(),
            agreement_version: Id::at(at(0)),
            agreement_language: Language::En,
            agreement_sha256: "00".into(),
            accepts_agreement: true,
            page_language: Language::En,
        };
        assert!(shown.changes_since(&shown).is_empty());
        let changed = |change: &dyn Fn(&mut Terms)| {
            let mut now = shown.clone();
            change(&mut now);
            now.changes_since(&shown)
        };
        assert_eq!(
            changed(&|t| t.relationship_type = RelationshipType::Partner),
            [TermsChange::Type]
        );
        assert_eq!(changed(&|t| t.roles.clear()), [TermsChange::Roles]);
        assert_eq!(changed(&|t| t.days = Some(365)), [TermsChange::Duration]);
        assert_eq!(
            changed(&|t| t.people.push(Id::at(at(0)))),
            [TermsChange::People]
        );
        assert_eq!(
            changed(&|t| t.agreement_version = Id::at(at(1))),
            [TermsChange::Agreement]
        );
        assert_eq!(
            changed(&|t| t.agreement_language = Language::Fr),
            [TermsChange::Agreement]
        );
        assert_eq!(
            changed(&|t| t.agreement_sha256.push('1')),
            [TermsChange::Agreement]
        );
        assert_eq!(
            changed(&|t| t.accepts_agreement = false),
            [TermsChange::Agreement]
        );
        assert!(changed(&|t| t.page_language = Language::Fr).is_empty());
    }
}
