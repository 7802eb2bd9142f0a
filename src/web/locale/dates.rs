//! Days and times as the reader's language and zone write them.

use chrono::{Datelike, SecondsFormat, Timelike};

use super::{Locale, words};
use crate::domain::{Instant, Language};

impl Locale {
    /// A day, written out: 20 November 2026, 1er juillet 2026.
    #[must_use]
    pub fn date(&self, at: &Instant) -> String {
        let at = at.with_timezone(&self.zone);
        self.day(at.year(), at.month(), at.day(), "month")
    }

    /// A day in a list: 20 Nov 2026.
    #[must_use]
    pub fn short_date(&self, at: &Instant) -> String {
        let at = at.with_timezone(&self.zone);
        self.day(at.year(), at.month(), at.day(), "month-short")
    }

    /// A day that has no time, kept as `YYYY-MM-DD`, written out.
    #[must_use]
    pub fn dated(&self, day: &str) -> String {
        match day.parse::<chrono::NaiveDate>() {
            Ok(day) => self.day(day.year(), day.month(), day.day(), "month"),
            Err(_) => day.to_owned(),
        }
    }

    /// A day with its weekday: Sunday 22 November 2026.
    #[must_use]
    pub fn weekday_date(&self, at: &Instant) -> String {
        let local = at.with_timezone(&self.zone);
        let weekday = format!("weekday-{}", local.weekday().num_days_from_monday() + 1);
        format!("{} {}", words(self.language).get(&weekday), self.date(at))
    }

    /// A day and a time in a list: 20 Nov 2026, 15:31.
    #[must_use]
    pub fn date_time(&self, at: &Instant) -> String {
        format!(
            "{}{}{}",
            self.short_date(at),
            self.t("date-time-separator"),
            self.minutes(at)
        )
    }

    /// A day and a time, written out: 8 July 2026, 09:42.
    #[must_use]
    pub fn long_date_time(&self, at: &Instant) -> String {
        format!(
            "{}{}{}",
            self.date(at),
            self.t("date-time-separator"),
            self.minutes(at)
        )
    }

    /// A time with seconds.
    #[must_use]
    pub fn time(&self, at: &Instant) -> String {
        let at = at.with_timezone(&self.zone);
        format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
    }

    /// A day and a time in UTC, the same in every language: 2026-11-20 14:31:07 UTC.
    #[must_use]
    pub fn utc(at: &Instant) -> String {
        at.format("%Y-%m-%d\u{a0}%H:%M:%S\u{a0}UTC").to_string()
    }

    fn minutes(self, at: &Instant) -> String {
        let at = at.with_timezone(&self.zone);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// The form for machines, in `<time datetime>`.
    #[must_use]
    pub fn machine(&self, at: &Instant) -> String {
        // A list has a hundred of them: this one doesn't read a pattern each time.
        at.with_timezone(&self.zone)
            .to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// How many days from `now` until `at`, by the calendar of the reader's zone.
    #[must_use]
    pub fn days_until(&self, at: &Instant, now: &Instant) -> i64 {
        let day = |instant: &Instant| instant.with_timezone(&self.zone).date_naive();
        (day(at) - day(now)).num_days()
    }

    /// No line ends within a day.
    fn day(self, year: i32, month: u32, day: u32, months: &str) -> String {
        let name = format!("{months}-{month}");
        let name = words(self.language).get(&name).to_owned();
        match (self.language, day) {
            (Language::Fr, 1) => format!("1er\u{a0}{name}\u{a0}{year}"),
            _ => format!("{day}\u{a0}{name}\u{a0}{year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    fn read(day: &str) -> String {
        day.replace('\u{a0}', " ")
    }

    #[test]
    fn days_and_times_are_written_as_the_language_and_the_zone_do() {
        let at = "2026-07-01T22:42:00Z".parse().unwrap();
        let of = |language, zone| Locale { language, zone };
        let en = of(Language::En, Tz::UTC);
        assert_eq!(read(&en.long_date_time(&at)), "1 July 2026, 22:42");
        assert_eq!(en.short_date(&at), "1\u{a0}Jul\u{a0}2026");
        let fr = of(Language::Fr, Tz::UTC);
        assert_eq!(read(&fr.date(&at)), "1er juillet 2026");
        let paris = of(Language::Fr, Tz::Europe__Paris);
        assert_eq!(read(&paris.date(&at)), "2 juillet 2026");
    }
}
