//! How many invitations a day are enough for anybody's honest work.

use chrono::TimeDelta;

use super::words;

/// The time within which links are counted: any 24 hours, not a calendar's day, so that nobody
/// sends twice as many around midnight.
pub const WINDOW: TimeDelta = TimeDelta::hours(24);

words! {
    /// What is limited. Every new link counts, whether its invitation is made or sent again: each
    /// is a mail.
    Quota {
        /// By one member of staff.
        Sender = "sender",
        /// By all of a partner's staff.
        Partner = "partner",
        /// From one partner to one customer.
        Recipient = "recipient",
    }
}

impl Quota {
    /// How many links within [`WINDOW`].
    #[must_use]
    pub const fn limit(self) -> i64 {
        match self {
            // One every ten minutes of a working day. Whoever has more to send imports a list, and
            // a list is what a stolen account would be used for.
            Self::Sender => 50,
            // Four people at their limit.
            Self::Partner => 200,
            // The seven types once, and three corrections. Counted for each partner alone: were it
            // counted over all, a refusal would tell one partner that others know the address.
            Self::Recipient => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::relationship::RelationshipType;

    #[test]
    fn a_customer_can_be_invited_to_every_type_in_one_day_by_one_person() {
        let types = i64::try_from(RelationshipType::ALL.len()).unwrap();
        assert!(types <= Quota::Recipient.limit());
        assert!(Quota::Recipient.limit() <= Quota::Sender.limit());
        assert!(Quota::Sender.limit() <= Quota::Partner.limit());
    }
}
