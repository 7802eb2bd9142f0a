//! What an address asks of a log. What isn't one of the choices offered is left out.

use chrono::{Days, NaiveDate, NaiveTime};
use serde::Deserialize;

use super::Filter;
use crate::{
    domain::{
        Instant,
        event::{EventGroup, EventKind, Outcome},
    },
    web::{
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
    /// The last day.
    pub to: String,
    /// Where a page begins.
    pub before: String,
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
        let until = day(&self.to).and_then(|to| to.checked_add_days(Days::new(1)));
        Filter {
            partner: self.partner.parse().ok(),
            person: self.person.parse().ok(),
            kinds,
            outcome: Outcome::parse(&self.outcome),
            since: day(&self.from).and_then(|from| midnight(l, from)),
            until: until.and_then(|until| midnight(l, until)),
            ..Filter::newest(limit)
        }
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
            ("to", kept(&self.to)),
            ("before", before),
        ];
        list::address(path, asked)
    }

    /// The first day, as a field takes it.
    #[must_use]
    pub fn from_day(&self) -> String {
        day(&self.from).map_or_else(String::new, |day| day.to_string())
    }

    /// The last day, as a field takes it.
    #[must_use]
    pub fn to_day(&self) -> String {
        day(&self.to).map_or_else(String::new, |day| day.to_string())
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

/// A day of our time: nobody's log reaches further than four digits.
fn day(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| text.parse().ok())?
}

/// When a day begins where the reader is; where its first hour doesn't exist, in UTC.
fn midnight(l: Locale, day: NaiveDate) -> Option<Instant> {
    let start = day.and_time(NaiveTime::MIN);
    let local = start.and_local_timezone(l.zone).earliest();
    local.map_or_else(
        || start.and_local_timezone(chrono::Utc).earliest(),
        |start| Some(start.to_utc()),
    )
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
