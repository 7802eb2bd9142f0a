//! What an address asks of a log. What isn't one of the choices offered is left out.

use chrono::{Days, LocalResult, NaiveTime, TimeDelta, Timelike};
use serde::Deserialize;

use super::Filter;
use crate::{
    domain::{
        Instant,
        event::{EventGroup, EventKind, Outcome},
    },
    web::{
        days::{day, moment},
        list::{self, Choice, choices},
        locale::Locale,
    },
};

/// The filters, as the address names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A group of kinds.
    pub event: String,
    /// Whether it happened.
    pub outcome: String,
    /// A partner.
    pub partner: String,
    /// A person.
    pub person: String,
    /// The first day.
    pub from: String,
    /// The time of the first day from which on.
    pub from_time: String,
    /// The last day.
    pub to: String,
    /// The time of the last day until which, itself included.
    pub to_time: String,
    /// Where a page begins.
    pub before: String,
    /// The last number of a download.
    pub up_to: String,
}

/// From when until when, as fields take it.
#[derive(Debug, Clone)]
pub struct Span {
    /// The beginning.
    pub from: End,
    /// The end.
    pub to: End,
}

/// One end of it.
#[derive(Debug, Clone)]
pub struct End {
    /// The day, or nothing.
    pub day: String,
    /// The time of day, or nothing.
    pub time: String,
    /// Whether there is a time without a day, which narrows nothing.
    pub wants_a_day: bool,
}

impl Asked {
    /// The events that are asked for.
    #[must_use]
    pub fn filter(&self, l: Locale, limit: i64) -> Filter {
        let group = EventGroup::parse(&self.event);
        let kinds = group.map(|group| {
            let of_group = EventKind::ALL.iter().filter(|kind| kind.group() == group);
            of_group.copied().collect()
        });
        Filter {
            partner: self.partner.parse().ok(),
            person: self.person.parse().ok(),
            kinds,
            outcome: Outcome::parse(&self.outcome),
            since: self.since(l),
            until: self.until(l),
            ..Filter::newest(limit)
        }
    }

    fn since(&self, l: Locale) -> Option<Instant> {
        let time = time(&self.from_time).map_or(NaiveTime::MIN, |(time, _)| time);
        moment(l, day(&self.from)?.and_time(time), LocalResult::earliest)
    }

    fn until(&self, l: Locale) -> Option<Instant> {
        let day = day(&self.to)?;
        let Some((time, lasts)) = time(&self.to_time) else {
            let next = day.checked_add_days(Days::new(1))?;
            return moment(l, next.and_time(NaiveTime::MIN), LocalResult::earliest);
        };
        Some(moment(l, day.and_time(time), LocalResult::latest)? + lasts)
    }

    /// The address of this very selection, from where a page begins.
    #[must_use]
    pub fn address(&self, path: &str, before: Option<String>) -> String {
        let kept = |value: &String| Some(value.clone());
        let asked = vec![
            ("event", kept(&self.event)),
            ("outcome", kept(&self.outcome)),
            ("partner", kept(&self.partner)),
            ("person", kept(&self.person)),
            ("from", kept(&self.from)),
            ("from_time", kept(&self.from_time)),
            ("to", kept(&self.to)),
            ("to_time", kept(&self.to_time)),
            ("before", before),
        ];
        list::address(path, asked)
    }

    /// The address of a download of this very selection, up to a number.
    #[must_use]
    pub fn download(&self, path: &str, up_to: i64) -> String {
        let address = self.address(path, None);
        let mark = if address.contains('?') { '&' } else { '?' };
        format!("{address}{mark}up_to={up_to}")
    }

    /// Both ends, as fields take them.
    #[must_use]
    pub fn span(&self) -> Span {
        let end = |asked: &str, asked_time: &str| {
            let (day, time) = (day(asked), time(asked_time));
            End {
                day: day.map_or_else(String::new, |day| day.to_string()),
                time: time.map_or_else(String::new, |_| asked_time.to_owned()),
                wants_a_day: day.is_none() && time.is_some(),
            }
        };
        Span {
            from: end(&self.from, &self.from_time),
            to: end(&self.to, &self.to_time),
        }
    }

    /// The groups of kinds.
    #[must_use]
    pub fn events(&self, l: Locale) -> Vec<Choice> {
        let asked = EventGroup::parse(&self.event);
        choices(EventGroup::ALL.iter().copied(), asked.as_ref(), |group| {
            l.word("event-group", group.as_str())
        })
    }

    /// Whether it happened.
    #[must_use]
    pub fn outcomes(&self, l: Locale) -> Vec<Choice> {
        let asked = Outcome::parse(&self.outcome);
        choices(Outcome::ALL.iter().copied(), asked.as_ref(), |outcome| {
            l.word("outcome", outcome.as_str())
        })
    }
}

/// A time of day, with how long it lasts: a minute, or a second where one is named.
fn time(text: &str) -> Option<(NaiveTime, TimeDelta)> {
    let (form, lasts) = match text.len() {
        5 => ("%H:%M", TimeDelta::minutes(1)),
        8 => ("%H:%M:%S", TimeDelta::seconds(1)),
        _ => return None,
    };
    let time = NaiveTime::parse_from_str(text, form).ok()?;
    // A leap second is none on our clocks.
    (time.nanosecond() < 1_000_000_000).then_some((time, lasts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;

    #[test]
    fn nonsense_in_the_address_filters_nothing_and_days_are_those_of_the_reader() {
        let l = Locale {
            language: Language::En,
            zone: chrono_tz::Tz::Europe__Paris,
        };
        let asked = Asked {
            event: "x".into(),
            outcome: "x".into(),
            partner: "x".into(),
            from: "2026-07-01".into(),
            to: "+262142-12-31".into(),
            ..Asked::default()
        };
        let filter = asked.filter(l, 1);
        assert!(filter.kinds.is_none() && filter.partner.is_none() && filter.outcome.is_none());
        assert_eq!(
            filter.since,
            Some("2026-06-30T22:00:00Z".parse::<Instant>().unwrap())
        );
        assert_eq!(filter.until, None);
        assert!(filter.narrows() && !Asked::default().filter(l, 1).narrows());
    }

    #[test]
    fn times_are_those_of_the_readers_clocks_also_when_these_change() {
        let l = Locale {
            language: Language::En,
            zone: chrono_tz::Tz::Europe__Paris,
        };
        let span = |day: &str, from: &str, to: &str| {
            let asked = Asked {
                from: day.into(),
                from_time: from.into(),
                to: day.into(),
                to_time: to.into(),
                ..Asked::default()
            };
            let filter = asked.filter(l, 1);
            let told = |at: Option<Instant>| at.unwrap().to_rfc3339();
            [told(filter.since), told(filter.until)]
        };
        let utc = |times: [&str; 2]| times.map(|time| format!("{time}+00:00"));
        assert_eq!(
            span("2026-11-22", "10:15", "10:15"),
            utc(["2026-11-22T09:15:00", "2026-11-22T09:16:00"])
        );
        assert_eq!(
            span("2026-11-22", "10:15:30", "10:15:30"),
            utc(["2026-11-22T09:15:30", "2026-11-22T09:15:31"])
        );
        // Twice 02:30: from the first until the second. No 02:30: as if it were there.
        assert_eq!(
            span("2026-10-25", "02:30", "02:30"),
            utc(["2026-10-25T00:30:00", "2026-10-25T01:31:00"])
        );
        assert_eq!(
            span("2026-03-29", "02:30", "02:30"),
            utc(["2026-03-29T01:30:00", "2026-03-29T01:31:00"])
        );
        // What is no time leaves the whole day.
        for none in ["", "x", "24:00", "10:15:60", "1:5", "10:1x"] {
            assert_eq!(
                span("2026-11-22", none, none),
                utc(["2026-11-21T23:00:00", "2026-11-22T23:00:00"]),
                "{none}"
            );
        }
    }

    #[test]
    fn a_time_without_a_day_narrows_nothing_and_is_told() {
        let l = Locale {
            language: Language::En,
            zone: chrono_tz::Tz::UTC,
        };
        let asked = Asked {
            from_time: "10:15".into(),
            ..Asked::default()
        };
        assert!(!asked.filter(l, 1).narrows());
        let span = asked.span();
        assert!(span.from.wants_a_day && span.from.time == "10:15" && !span.to.wants_a_day);
    }

    #[test]
    fn a_selection_reads_back_from_its_own_address() {
        let asked = Asked {
            event: "roles".into(),
            person: "a&b=c".into(),
            ..Asked::default()
        };
        let address = asked.address("/log", Some("9".into()));
        let back: Asked = serde_urlencoded::from_str(&address["/log?".len()..]).unwrap();
        assert_eq!(
            (back.event, back.person, back.before),
            ("roles".into(), "a&b=c".into(), "9".into())
        );
        assert_eq!(Asked::default().address("/log", None), "/log");
    }
}
