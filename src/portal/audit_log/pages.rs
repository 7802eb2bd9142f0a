//! The audit log: newest first, filtered, page by page.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveTime};
use serde::Deserialize;

use super::store;
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::{
        Instant, PartnerId, PersonId, RelationshipId,
        event::{EventGroup, EventKind, Outcome},
    },
    error::Error,
    evidence::told::{self, Around, Filter, Told},
    web::{
        form::query,
        list::{self, Choice, choices, named},
        locale::Locale,
        page::{Shell, page},
        paginate::{COUNTED, PAGE, counted},
    },
};

/// The filters, as the address names them. What isn't one of those offered is left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    event: String,
    partner: String,
    person: String,
    from: String,
    to: String,
    before: String,
}

/// One line of the log.
struct Entry {
    day: String,
    time: String,
    machine: String,
    tone: &'static str,
    icon: &'static str,
    kind: String,
    what: Around,
    href: Option<String>,
    quote: Option<String>,
    who: String,
    party: String,
    address: Option<String>,
}

impl Entry {
    /// Where the partner's name leads, where the sentence names it.
    fn link(&self) -> Option<&str> {
        if self.what.name.is_empty() {
            return None;
        }
        self.href.as_deref()
    }
}

#[derive(Template)]
#[template(path = "audit_log/audit_log.html")]
struct AuditLogPage {
    shell: Shell,
    events: Vec<Choice>,
    partners: Vec<Choice>,
    people: Vec<Choice>,
    from: String,
    to: String,
    filtered: bool,
    first_page: bool,
    count: i64,
    counted: String,
    entries: Vec<Entry>,
    older: Option<String>,
    newest: String,
}

/// What is read for a page.
struct Facts {
    told: Vec<Told>,
    count: i64,
    partners: Vec<(PartnerId, String)>,
    people: Vec<(PersonId, String)>,
    relationships: HashMap<PartnerId, RelationshipId>,
}

impl Asked {
    fn filter(&self, l: Locale) -> Filter {
        let group = EventGroup::parse(&self.event);
        let kinds = group.map(|group| {
            let of_group = EventKind::ALL.iter().filter(|kind| kind.group() == group);
            of_group.copied().collect()
        });
        let until = day(&self.to).and_then(|to| to.checked_add_days(Days::new(1)));
        Filter {
            partner: self.partner.parse().ok(),
            person: self.person.parse().ok(),
            invitation: None,
            kinds,
            since: day(&self.from).and_then(|from| midnight(l, from)),
            until: until.and_then(|until| midnight(l, until)),
            before: self.before.parse().ok(),
            ..Filter::newest(i64::try_from(PAGE).unwrap_or(1) + 1)
        }
    }

    /// The address of a page of this very selection.
    fn link(&self, before: Option<i64>) -> String {
        let kept = |value: &String| Some(value.clone());
        let asked = vec![
            ("event", kept(&self.event)),
            ("partner", kept(&self.partner)),
            ("person", kept(&self.person)),
            ("from", kept(&self.from)),
            ("to", kept(&self.to)),
            ("before", before.map(|before| before.to_string())),
        ];
        list::address("/audit-log", asked)
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

/// `GET /audit-log`.
pub async fn audit_log(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let shell = by.shell(&req);
    let filter = asked.filter(shell.l);
    let scope = by.scope();
    let wanted = filter.clone();
    let mut facts = db.read(move |conn| facts(conn, scope, &wanted)).await?;
    let more = facts.told.len() > PAGE;
    facts.told.truncate(PAGE);
    let last = facts.told.last().map(|told| told.number);
    let older = last.filter(|_| more).map(|last| asked.link(Some(last)));
    page(&AuditLogPage {
        events: choices(
            EventGroup::ALL.iter().copied(),
            EventGroup::parse(&asked.event).as_ref(),
            |group| shell.l.word("event-group", group.as_str()),
        ),
        partners: named(&facts.partners, filter.partner),
        people: named(&facts.people, filter.person),
        filtered: narrows(&filter),
        first_page: filter.before.is_none(),
        from: day(&asked.from).map_or_else(String::new, |day| day.to_string()),
        to: day(&asked.to).map_or_else(String::new, |day| day.to_string()),
        count: facts.count,
        counted: counted(&shell.l, facts.count),
        entries: entries(shell.l, &facts),
        older,
        newest: asked.link(None),
        shell,
    })
}

/// Whether a filter leaves anything out.
const fn narrows(filter: &Filter) -> bool {
    filter.kinds.is_some()
        || filter.partner.is_some()
        || filter.person.is_some()
        || filter.since.is_some()
        || filter.until.is_some()
}

fn facts(conn: &mut DbConn, scope: TenantScope, filter: &Filter) -> Result<Facts, Error> {
    let told = told::told(conn, scope, filter)?;
    let mut named: Vec<PartnerId> = told
        .iter()
        .filter_map(|event| event.partner.as_ref().map(|(id, _)| *id))
        .collect();
    named.sort_unstable();
    named.dedup();
    Ok(Facts {
        count: told::count(conn, scope, filter, COUNTED + 1)?,
        partners: told::partners_named(conn, scope)?,
        people: told::people_named(conn, scope)?,
        relationships: store::relationships_of(conn, scope, named)?,
        told,
    })
}

fn entries(l: Locale, facts: &Facts) -> Vec<Entry> {
    let entry = |event: &Told| {
        let (tone, icon) = if event.outcome == Outcome::Denied {
            ("warn", "warning")
        } else {
            told::tone(event.kind)
        };
        let partner = event.partner.as_ref();
        let of_partner = partner.and_then(|(id, _)| facts.relationships.get(id));
        let relationship = event.relationship.or_else(|| of_partner.copied());
        Entry {
            day: l.short_date(&event.at),
            time: l.time(&event.at),
            machine: l.machine(&event.at),
            tone,
            icon,
            kind: l.word("event", event.kind.as_str()),
            what: told::around(event, &told::capitalized(&told::sentence(event, &l))),
            href: relationship.map(|id| format!("/billing/partner-relationships/{id}")),
            quote: event.text.clone(),
            who: told::actor_words(event, &l),
            party: told::party_words(event, &l),
            address: event.client_address.clone(),
        }
    };
    facts.told.iter().map(entry).collect()
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
            partner: "x".into(),
            before: "-9223372036854775809".into(),
            from: "2026-07-01".into(),
            to: "+262142-12-31".into(),
            ..Asked::default()
        };
        let filter = asked.filter(l);
        assert!(filter.kinds.is_none() && filter.partner.is_none() && filter.before.is_none());
        assert_eq!(
            filter.since,
            Some("2026-06-30T22:00:00Z".parse::<Instant>().unwrap())
        );
        assert_eq!(filter.until, None);
    }
}
