//! What an address asks of a log. What isn't one of the choices offered is left out.

use chrono::{Days, NaiveDate, NaiveTime};
use serde::Deserialize;

use super::Filter;
use crate::{
    domain::{
        Instant,
        event::{EventGroup, EventKind, Outcome},
    },
    id::Id,
    web::locale::Locale,
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

/// One of a filter's choices.
#[derive(Debug, Clone)]
pub struct Choice {
    /// As the address names it.
    pub value: String,
    /// In words.
    pub words: String,
    /// Whether it is chosen.
    pub chosen: bool,
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

    /// The query of this very selection, from where a page begins.
    #[must_use]
    pub fn query(&self, before: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("event", self.event.as_str()),
            ("outcome", &self.outcome),
            ("partner", &self.partner),
            ("person", &self.person),
            ("from", &self.from),
            ("to", &self.to),
            ("before", before.unwrap_or_default()),
        ];
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
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
        let choice = |group: &EventGroup| Choice {
            value: group.to_string(),
            words: l.word("event-group", group.as_str()),
            chosen: self.event == group.as_str(),
        };
        EventGroup::ALL.iter().map(choice).collect()
    }

    /// Whether it happened.
    #[must_use]
    pub fn outcomes(&self, l: Locale) -> Vec<Choice> {
        let choice = |outcome: &Outcome| Choice {
            value: outcome.to_string(),
            words: l.word("outcome", outcome.as_str()),
            chosen: self.outcome == outcome.as_str(),
        };
        Outcome::ALL.iter().map(choice).collect()
    }
}

/// Things by their names.
#[must_use]
pub fn named<T>(named: &[(Id<T>, String)], asked: &str) -> Vec<Choice> {
    let choice = |(id, name): &(Id<T>, String)| Choice {
        value: id.to_string(),
        words: name.clone(),
        chosen: id.to_string() == asked,
    };
    named.iter().map(choice).collect()
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
    fn a_selection_reads_back_from_its_own_query() {
        let asked = Asked {
            event: "roles".into(),
            person: "a&b=c".into(),
            ..Asked::default()
        };
        let query = asked.query(Some("9"));
        let back: Asked = serde_urlencoded::from_str(&query).unwrap();
        assert_eq!(
            (back.event, back.person, back.before),
            ("roles".into(), "a&b=c".into(), "9".into())
        );
        assert_eq!(Asked::default().query(None), "");
    }
}
