//! The log of a partner: newest first, filtered, page by page, and one event.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::store::{self, Read};
use crate::{
    access::guards::{AdminAgent, Guard},
    db::{Db, types::Ts},
    domain::{EventId, Instant, event::Outcome},
    error::Error,
    evidence::told::{
        Told,
        asked::{Asked, Span},
        change::{self, Fact},
        entry::Entry,
        placed::Placed,
    },
    id::Id,
    web::{
        form::query,
        list::Choice,
        locale::Locale,
        page::{Shell, page},
        paginate::{Cursor, PAGE, counted},
    },
};

const PATH: &str = "/partner/audit-log";

#[derive(Template)]
#[template(path = "partner/audit_log/audit_log.html")]
struct LogPage {
    shell: Shell,
    events: Vec<Choice>,
    outcomes: Vec<Choice>,
    span: Span,
    filtered: bool,
    first_page: bool,
    count: i64,
    counted: String,
    entries: Vec<Entry>,
    older: Option<String>,
    newest: String,
}

#[derive(Template)]
#[template(path = "partner/audit_log/event.html")]
struct EventPage {
    shell: Shell,
    entry: Entry,
    facts: Vec<Fact>,
    outcome: String,
    refused: bool,
    placed: Placed,
}

/// `GET /partner/audit-log`
pub async fn audit_log(
    req: HttpRequest,
    by: AdminAgent,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (shell, scope) = (by.shell(&req), by.scope());
    let mut filter = asked.filter(shell.l, i64::try_from(PAGE).unwrap_or(1) + 1);
    // Everything here concerns this one partner, and who acts for a customer isn't its to search.
    (filter.partner, filter.person) = (None, None);
    filter.older = place(&asked.before);
    let wanted = filter.clone();
    let read = db
        .read(move |conn| store::read(conn, scope, &wanted))
        .await?;
    let filtered = filter.narrows();
    page(&LogPage::new(
        shell,
        &asked,
        (filtered, filter.older.is_none()),
        read,
    ))
}

/// Where a page begins.
fn place(before: &str) -> Option<(Instant, EventId)> {
    let cursor = Cursor::decode(before)?;
    Some((cursor.key.parse().ok()?, Id::from_uuid(cursor.id)))
}

impl LogPage {
    fn new(
        shell: Shell,
        asked: &Asked,
        (filtered, first_page): (bool, bool),
        mut read: Read,
    ) -> Self {
        let l = shell.l;
        let more = read.told.len() > PAGE;
        read.told.truncate(PAGE);
        let cursor = |told: &Told| Cursor {
            key: Ts::from(told.at).text(),
            id: told.id.uuid(),
        };
        let older = read.told.last().filter(|_| more).map(cursor);
        let own = |id| read.relationships.contains(&id);
        let line = |event: &Told| entry(l, event, event.relationship.is_some_and(own));
        Self {
            events: asked.events(l),
            outcomes: asked.outcomes(l),
            span: asked.span(),
            filtered,
            first_page,
            count: read.count,
            counted: counted(&l, read.count),
            entries: read.told.iter().map(line).collect(),
            older: older.map(|cursor| asked.address(PATH, Some(cursor.encode()))),
            newest: asked.address(PATH, None),
            shell,
        }
    }
}

/// The line of an event, with the customer's page where there is one.
fn entry(l: Locale, event: &Told, related: bool) -> Entry {
    let relationship = event.relationship.filter(|_| related);
    let href = relationship.map(|id| format!("/partner/customers/{id}"));
    Entry::of(l, event, format!("{PATH}/{}", event.id), href)
}

/// `GET /partner/audit-log/{event}`
pub async fn event(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<String>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let id: EventId = id.parse().map_err(|_| Error::NotFound)?;
    let scope = by.scope();
    let placed = db.read(move |conn| store::one(conn, scope, id)).await?;
    let shell = by.shell(&req);
    let (l, told) = (shell.l, &placed.told);
    page(&EventPage {
        entry: entry(l, told, false),
        facts: change::facts(l, told),
        outcome: l.word("outcome", told.outcome.as_str()),
        refused: told.outcome == Outcome::Denied,
        placed,
        shell,
    })
}
