//! An invitation to join a partner's staff: nobody is made a member of it by somebody else.

use chrono::TimeDelta;

use super::{
    membership::{MemberRole, Side},
    words,
};

/// How long a link works.
pub const LIFE: TimeDelta = TimeDelta::days(7);

words! {
    /// What became of a link.
    StaffInvitationState {
        /// It waits to be used; whether it still can be is decided by the clock.
        Open = "open",
        /// Somebody joined by it.
        Accepted = "accepted",
        /// The partner took it back.
        Withdrawn = "withdrawn",
        /// A newer link took its place while it worked.
        Replaced = "replaced",
        /// A newer link took its place after it had run out.
        Expired = "expired",
    }
}

words! {
    /// What is limited.
    StaffLimit {
        /// Links that wait at once.
        Waiting = "waiting",
        /// Links made within any 24 hours: each is a mail to somebody who asked for none.
        Day = "day",
    }
}

impl StaffLimit {
    /// How many for each partner: staff is added by the handful, and strangers are written to.
    #[must_use]
    pub const fn limit(self) -> i64 {
        match self {
            Self::Waiting | Self::Day => 20,
        }
    }
}

/// Roles as they are kept with a link: each once, in the domain's order. Nothing where there is
/// none, or one of another side.
#[must_use]
pub fn kept(roles: &[MemberRole]) -> Option<String> {
    if roles.iter().any(|role| role.side() != Side::Partner) {
        return None;
    }
    let all = MemberRole::ALL.iter().filter(|role| roles.contains(role));
    let words: Vec<&str> = all.map(|role| role.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Roles as they were kept.
#[must_use]
pub fn read(kept: &str) -> Vec<MemberRole> {
    kept.split(' ').filter_map(MemberRole::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_kept_once_in_their_order_and_only_those_of_staff() {
        use MemberRole::{AdminAgent, GlobalAdministrator, HelpdeskAgent, SalesAgent};
        let asked = [HelpdeskAgent, AdminAgent, HelpdeskAgent];
        assert_eq!(kept(&asked).as_deref(), Some("admin_agent helpdesk_agent"));
        assert_eq!(
            read("admin_agent helpdesk_agent"),
            [AdminAgent, HelpdeskAgent]
        );
        assert_eq!(kept(&[]), None);
        assert_eq!(kept(&[SalesAgent, GlobalAdministrator]), None);
    }
}
