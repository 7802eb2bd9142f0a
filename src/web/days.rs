//! The days that a list is narrowed to, as the reader's calendar has them.

use chrono::{
    DateTime, Datelike, Days as Count, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
};
use chrono_tz::Tz;

use super::locale::Locale;
use crate::domain::Instant;

/// From a first day to a last one, both included; where one is missing, without an end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Days {
    /// What an address asks for. What is no day is left out.
    #[must_use]
    pub fn asked(from: Option<&str>, to: Option<&str>) -> Self {
        Self {
            from: from.and_then(day),
            to: to.and_then(day),
        }
    }

    /// Whether the last day is before the first: that narrows nothing, and is told.
    #[must_use]
    pub fn are_reversed(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// Whether they narrow anything.
    #[must_use]
    pub fn narrow(&self) -> bool {
        (self.from.is_some() || self.to.is_some()) && !self.are_reversed()
    }

    /// The moments between which they are: the first is included, the second isn't.
    #[must_use]
    pub fn span(&self, l: Locale) -> (Option<Instant>, Option<Instant>) {
        if !self.narrow() {
            return (None, None);
        }
        let begins =
            |day: NaiveDate| moment(l, day.and_time(NaiveTime::MIN), LocalResult::earliest);
        let after = |day: NaiveDate| begins(day.checked_add_days(Count::new(1))?);
        (self.from.and_then(begins), self.to.and_then(after))
    }

    /// The first day, as a field and an address take it.
    #[must_use]
    pub fn first(&self) -> Option<String> {
        self.from.map(|day| day.to_string())
    }

    /// The last day, as a field and an address take it.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.to.map(|day| day.to_string())
    }

    /// In words, as part of a sentence.
    #[must_use]
    pub fn words(&self, l: Locale) -> String {
        let day = |day: NaiveDate| l.dated(&day.to_string());
        match (self.from.map(day), self.to.map(day)) {
            (Some(from), Some(to)) => l.t2("shell-days-between", "from", &from, "to", &to),
            (Some(from), None) => l.t1("shell-days-since", "from", &from),
            (None, Some(to)) => l.t1("shell-days-until", "to", &to),
            (None, None) => String::new(),
        }
    }
}

/// A day of our time: nothing that is kept reaches further than four digits, nor does the day after.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = (text.len() == 10).then(|| text.parse().ok())??;
    (day.year() < 9999).then_some(day)
}

/// What the reader's clocks show at some moment. Where they skip it, as long after what came before
/// as if they hadn't; where they show it twice, `which` of the two.
#[must_use]
pub fn moment(
    l: Locale,
    local: NaiveDateTime,
    which: fn(LocalResult<DateTime<Tz>>) -> Option<DateTime<Tz>>,
) -> Option<Instant> {
    (0..=3).find_map(|hours| {
        let local = local.checked_add_signed(TimeDelta::hours(hours))?;
        which(local.and_local_timezone(l.zone)).map(|at| at.to_utc())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;

    const PARIS: Locale = Locale {
        language: Language::En,
        zone: chrono_tz::Tz::Europe__Paris,
    };

    fn at(time: &str) -> Instant {
        time.parse().unwrap()
    }

    #[test]
    fn days_begin_and_end_by_the_readers_clocks() {
        let days = Days::asked(Some("2026-10-25"), Some("2026-10-25"));
        assert!(days.narrow());
        assert_eq!(
            days.span(PARIS),
            (
                Some(at("2026-10-24T22:00:00Z")),
                Some(at("2026-10-25T23:00:00Z"))
            ),
            "the day on which the clocks go back has 25 hours"
        );
        let since = Days::asked(Some("2026-07-01"), Some("nonsense"));
        assert_eq!(since.span(PARIS), (Some(at("2026-06-30T22:00:00Z")), None));
        assert_eq!(since.words(PARIS), "from 1\u{a0}July\u{a0}2026");
        assert_eq!(
            (since.first().unwrap().as_str(), since.last()),
            ("2026-07-01", None)
        );
    }

    #[test]
    fn what_is_no_day_and_days_the_wrong_way_round_narrow_nothing() {
        for none in [
            "",
            "x",
            "2026-02-30",
            "+262142-12-31",
            "9999-12-31",
            "2026-7-1",
        ] {
            assert!(!Days::asked(Some(none), Some(none)).narrow(), "{none}");
        }
        let reversed = Days::asked(Some("2026-07-02"), Some("2026-07-01"));
        assert!(reversed.are_reversed() && !reversed.narrow());
        assert_eq!(reversed.span(PARIS), (None, None));
        assert_eq!(
            reversed.first().unwrap(),
            "2026-07-02",
            "what was typed stays"
        );
    }
}
