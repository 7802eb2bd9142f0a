//! How a relationship stands by the clock: from what is kept beside it, without reading grants.

use chrono::TimeDelta;

use super::{
    Instant,
    relationship::RelationshipType,
    role::{AdminRole, Reach},
    words,
};

/// How many days before their end roles are said to end soon.
pub const SOON_DAYS: i64 = 30;

words! {
    /// What the list of partners can be filtered by.
    StandingFilter {
        /// In force, and not ending soon.
        Active = "active",
        /// Invited, and not answered yet.
        Invited = "invited",
        /// A role ends within 30 days.
        EndsSoon = "ends-soon",
        /// Had roles, and somebody removed the last of them.
        RolesRemoved = "roles-removed",
        /// Had roles, and they ran out.
        RolesEnded = "roles-ended",
        /// Over.
        Ended = "ended",
    }
}

/// What is kept beside a relationship about its roles and its end.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    /// When the relationship ended.
    pub ended_at: Option<Instant>,
    /// Whether it ever gave a role.
    pub had_roles: bool,
    /// Until when Global administrator was given, unless it was closed before.
    pub global_until: Option<Instant>,
    /// Until when Helpdesk administrator was given, unless it was closed before.
    pub helpdesk_until: Option<Instant>,
    /// When the last role was removed.
    pub roles_left_at: Option<Instant>,
    /// When the last role ran out, where that was recorded: such a role is kept as closed.
    pub ran_out_at: Option<Instant>,
}

/// How a relationship stands at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force; its first role to end ends then, if it gives any.
    Active(Option<Instant>),
    /// A role ends within 30 days.
    EndsSoon(Instant),
    /// In force, but its roles were removed.
    RolesRemoved(Instant),
    /// In force, but its roles ran out.
    RolesEnded(Option<Instant>),
    /// Over.
    Ended(Instant),
}

/// The last moment that counts as soon.
#[must_use]
pub fn soon_until(now: Instant) -> Instant {
    now + TimeDelta::days(SOON_DAYS)
}

impl Kept {
    /// The roles that are live at `now`, with their ends.
    pub fn live(&self, now: Instant) -> impl Iterator<Item = (AdminRole, Instant)> + use<> {
        let roles = [
            (AdminRole::GlobalAdministrator, self.global_until),
            (AdminRole::HelpdeskAdministrator, self.helpdesk_until),
        ];
        let over = self.ended_at.is_some();
        roles
            .into_iter()
            .filter_map(|(role, until)| Some((role, until?)))
            .filter(move |(_, until)| !over && *until > now)
    }

    /// Whether it had roles of which the copies tell neither until when they last nor that somebody
    /// removed them: they ran out, and that was recorded.
    #[must_use]
    pub const fn is_silent_about_its_roles(&self) -> bool {
        self.had_roles
            && self.global_until.is_none()
            && self.helpdesk_until.is_none()
            && self.roles_left_at.is_none()
    }

    /// How it stands at `now`.
    #[must_use]
    pub fn standing(&self, now: Instant) -> Standing {
        if let Some(at) = self.ended_at {
            return Standing::Ended(at);
        }
        match self.live(now).map(|(_, until)| until).min() {
            Some(first) if first <= soon_until(now) => Standing::EndsSoon(first),
            Some(first) => Standing::Active(Some(first)),
            None if !self.had_roles => Standing::Active(None),
            None => self.roles_left_at.map_or_else(
                || {
                    let until = self.global_until.max(self.helpdesk_until);
                    Standing::RolesEnded(until.max(self.ran_out_at))
                },
                Standing::RolesRemoved,
            ),
        }
    }

    /// How far the partner reaches at `now`; nowhere once the relationship is over.
    #[must_use]
    pub fn reach(&self, kind: RelationshipType, now: Instant) -> Reach {
        if self.ended_at.is_some() {
            return Reach::NoAdminRoles;
        }
        let live: Vec<AdminRole> = self.live(now).map(|(role, _)| role).collect();
        kind.reach(&live)
    }
}

impl Standing {
    /// The status by which a list finds it.
    #[must_use]
    pub const fn status(self) -> StandingFilter {
        match self {
            Self::Active(_) => StandingFilter::Active,
            Self::EndsSoon(_) => StandingFilter::EndsSoon,
            Self::RolesRemoved(_) => StandingFilter::RolesRemoved,
            Self::RolesEnded(_) => StandingFilter::RolesEnded,
            Self::Ended(_) => StandingFilter::Ended,
        }
    }

    /// Whether the partner can do now what the relationship is for.
    #[must_use]
    pub const fn works(self) -> bool {
        matches!(self, Self::Active(_) | Self::EndsSoon(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::days(n)
    }

    fn roles(global: Option<i64>, helpdesk: Option<i64>) -> Kept {
        Kept {
            had_roles: true,
            global_until: global.map(day),
            helpdesk_until: helpdesk.map(day),
            ..Kept::default()
        }
    }

    #[test]
    fn the_clock_decides_how_a_relationship_stands() {
        let now = day(100);
        for (kept, expected) in [
            (Kept::default(), Standing::Active(None)),
            (roles(Some(131), None), Standing::Active(Some(day(131)))),
            (roles(Some(130), None), Standing::EndsSoon(day(130))),
            (roles(Some(300), Some(101)), Standing::EndsSoon(day(101))),
            (
                roles(Some(100), Some(300)),
                Standing::Active(Some(day(300))),
            ),
            (
                roles(Some(100), Some(90)),
                Standing::RolesEnded(Some(day(100))),
            ),
            (roles(None, None), Standing::RolesEnded(None)),
            (
                Kept {
                    ran_out_at: Some(day(90)),
                    ..roles(None, None)
                },
                Standing::RolesEnded(Some(day(90))),
            ),
            (
                Kept {
                    roles_left_at: Some(day(50)),
                    ..roles(None, None)
                },
                Standing::RolesRemoved(day(50)),
            ),
            (
                Kept {
                    ended_at: Some(day(99)),
                    ..roles(Some(300), None)
                },
                Standing::Ended(day(99)),
            ),
        ] {
            assert_eq!(kept.standing(now), expected, "{kept:?}");
        }
    }

    #[test]
    fn a_relationship_that_ended_reaches_nowhere() {
        let ended = Kept {
            ended_at: Some(day(1)),
            ..roles(Some(300), Some(300))
        };
        for kind in RelationshipType::ALL {
            assert_eq!(ended.reach(*kind, day(2)), Reach::NoAdminRoles);
            assert_eq!(
                roles(Some(300), None).reach(*kind, day(2)),
                Reach::FullControl
            );
        }
    }
}
