//! What a partner says of a customer: that it accepted the agreement elsewhere. Nothing follows from
//! it until an administrator of the customer accepts.

use chrono::{Days, NaiveDate};

use super::{Instant, InvalidTransition, words};

words! {
    /// Where a claim stands.
    ClaimState {
        /// Nobody of the customer has said anything of it.
        New = "new",
        /// An administrator accepted the agreement.
        Confirmed = "confirmed",
        /// An administrator said no.
        Dismissed = "dismissed",
    }
}

impl ClaimState {
    /// An administrator accepts the agreement.
    ///
    /// # Errors
    /// Refuses a claim with an outcome.
    pub fn confirm(self) -> Result<Self, InvalidTransition> {
        self.close(Self::Confirmed, "confirmed")
    }

    /// An administrator says no.
    ///
    /// # Errors
    /// Refuses a claim with an outcome.
    pub fn dismiss(self) -> Result<Self, InvalidTransition> {
        self.close(Self::Dismissed, "dismissed")
    }

    fn close(self, to: Self, step: &'static str) -> Result<Self, InvalidTransition> {
        if self == Self::New {
            return Ok(to);
        }
        Err(InvalidTransition {
            what: "what the partner said",
            state: self.as_str(),
            step,
        })
    }
}

/// The day on which somebody is said to have accepted: not a mistyped one of before agreements were
/// accepted on line, and none that has begun nowhere on earth.
///
/// # Errors
/// The key of the message beside the field.
pub fn accepted_on(typed: &str, now: Instant) -> Result<NaiveDate, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("claim-day-missing");
    }
    let day: NaiveDate = typed.parse().map_err(|_| "claim-day-wrong")?;
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN);
    let last = now.date_naive() + Days::new(1);
    if day < first {
        return Err("claim-day-wrong");
    }
    if day > last {
        return Err("claim-day-future");
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_has_one_outcome() {
        use ClaimState::{Confirmed, Dismissed, New};
        assert_eq!(New.confirm(), Ok(Confirmed));
        assert_eq!(New.dismiss(), Ok(Dismissed));
        for state in [Confirmed, Dismissed] {
            assert!(state.confirm().is_err());
            assert!(state.dismiss().is_err());
        }
    }

    #[test]
    fn the_day_is_one_that_has_come() {
        let now: Instant = "2026-11-22T09:00:00Z".parse().unwrap();
        for (typed, expected) in [
            ("2026-11-22", Ok("2026-11-22")),
            (" 2026-11-23 ", Ok("2026-11-23")),
            ("2026-11-24", Err("claim-day-future")),
            ("0026-11-22", Err("claim-day-wrong")),
            ("2026-13-01", Err("claim-day-wrong")),
            ("yesterday", Err("claim-day-wrong")),
            (" ", Err("claim-day-missing")),
        ] {
            let day = accepted_on(typed, now).map(|day| day.to_string());
            assert_eq!(day.as_deref().map_err(|key| *key), expected, "{typed:?}");
        }
    }
}
