//! A contact request: what a customer wrote to a partner that it found in the directory.

use super::{Instant, InvalidTransition};

/// How long a partner has to answer, in days.
pub const DAYS_TO_ANSWER: i64 = 14;
/// The fewest characters that say what somebody needs.
pub const SHORTEST_NEED: usize = 10;

super::words! {
    /// What became of a contact request.
    ContactRequestState {
        /// Waits for the partner.
        New = "new",
        /// An invitation came of it.
        Answered = "answered",
        /// The partner said no.
        Declined = "declined",
        /// Nobody answered in time.
        Expired = "expired",
    }
}

super::words! {
    /// When a customer would like to start.
    Start {
        /// As soon as possible.
        Soon = "soon",
        /// Within three months.
        Within3Months = "within_3_months",
        /// Later.
        Later = "later",
    }
}

impl ContactRequestState {
    /// The state by the clock.
    #[must_use]
    pub fn at(self, expires_at: Instant, now: Instant) -> Self {
        if self == Self::New && now >= expires_at {
            Self::Expired
        } else {
            self
        }
    }

    /// An invitation came of it.
    ///
    /// # Errors
    /// Refuses a request that is not waiting.
    pub fn answer(self, expires_at: Instant, now: Instant) -> Result<Self, InvalidTransition> {
        self.leave_new(expires_at, now, "answered", Self::Answered)
    }

    /// The partner says no.
    ///
    /// # Errors
    /// Refuses a request that is not waiting.
    pub fn decline(self, expires_at: Instant, now: Instant) -> Result<Self, InvalidTransition> {
        self.leave_new(expires_at, now, "declined", Self::Declined)
    }

    /// Records that nobody answered in time.
    ///
    /// # Errors
    /// Refuses before the deadline, and after any outcome.
    pub fn expire(self, expires_at: Instant, now: Instant) -> Result<Self, InvalidTransition> {
        match (self, self.at(expires_at, now)) {
            (Self::New, Self::Expired) => Ok(Self::Expired),
            _ => Err(InvalidTransition {
                what: "the contact request",
                state: self.as_str(),
                step: "expired",
            }),
        }
    }

    fn leave_new(
        self,
        expires_at: Instant,
        now: Instant,
        step: &'static str,
        next: Self,
    ) -> Result<Self, InvalidTransition> {
        match self.at(expires_at, now) {
            Self::New => Ok(next),
            state => Err(InvalidTransition {
                what: "the contact request",
                state: state.as_str(),
                step,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn only_a_waiting_request_can_be_answered_or_declined() {
        let end = Instant::UNIX_EPOCH + TimeDelta::days(DAYS_TO_ANSWER);
        for state in ContactRequestState::ALL {
            for (now, in_time) in [(end - TimeDelta::microseconds(1), true), (end, false)] {
                let waiting = *state == ContactRequestState::New && in_time;
                assert_eq!(state.answer(end, now).is_ok(), waiting);
                assert_eq!(state.decline(end, now).is_ok(), waiting);
                let late = *state == ContactRequestState::New && !in_time;
                assert_eq!(state.expire(end, now).is_ok(), late);
            }
        }
    }
}
