//! The audit log: newest first, filtered, page by page.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::super::store;
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::{PartnerId, PersonId, RelationshipId},
    error::Error,
    evidence::{
        checkpoint::noted::{self, Covered},
        told::{
            self, Filter, Told,
            asked::{Asked, Span},
            entry::Entry,
        },
    },
    web::{
        form::query,
        list::{Choice, named},
        locale::Locale,
        page::{Shell, page},
        paginate::{COUNTED, PAGE, counted},
    },
};

const PATH: &str = "/audit-log";

#[derive(Template)]
#[template(path = "audit_log/audit_log.html")]
struct AuditLogPage {
    shell: Shell,
    events: Vec<Choice>,
    outcomes: Vec<Choice>,
    partners: Vec<Choice>,
    people: Vec<Choice>,
    span: Span,
    filtered: bool,
    first_page: bool,
    count: i64,
    counted: String,
    entries: Vec<Entry>,
    older: Option<String>,
    newest: String,
    export: String,
    covered: Option<Covered>,
}

/// What is read for a page.
struct Facts {
    told: Vec<Told>,
    count: i64,
    partners: Vec<(PartnerId, String)>,
    people: Vec<(PersonId, String)>,
    relationships: HashMap<PartnerId, RelationshipId>,
    covered: Option<Covered>,
}

/// `GET /audit-log`.
pub async fn audit_log(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (shell, scope) = (by.shell(&req), by.scope());
    let filter = Filter {
        before: asked.before.parse().ok(),
        ..asked.filter(shell.l, i64::try_from(PAGE).unwrap_or(1) + 1)
    };
    let wanted = filter.clone();
    let facts = db.read(move |conn| facts(conn, scope, &wanted)).await?;
    page(&AuditLogPage::new(shell, &asked, &filter, facts))
}

impl AuditLogPage {
    fn new(shell: Shell, asked: &Asked, filter: &Filter, mut facts: Facts) -> Self {
        let l = shell.l;
        let more = facts.told.len() > PAGE;
        facts.told.truncate(PAGE);
        let last = facts.told.last().map(|told| told.number.to_string());
        let older = last.filter(|_| more);
        Self {
            events: asked.events(l),
            outcomes: asked.outcomes(l),
            partners: named(&facts.partners, filter.partner),
            people: named(&facts.people, filter.person),
            filtered: filter.narrows(),
            first_page: filter.before.is_none(),
            span: asked.span(),
            count: facts.count,
            counted: counted(&l, facts.count),
            entries: entries(l, &facts),
            older: older.map(|before| asked.address(PATH, Some(before))),
            newest: asked.address(PATH, None),
            export: asked.address("/audit-log/export", None),
            covered: facts.covered,
            shell,
        }
    }
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
        covered: noted::covered(conn, scope)?,
        told,
    })
}

fn entries(l: Locale, facts: &Facts) -> Vec<Entry> {
    let entry = |event: &Told| {
        let partner = event.partner.as_ref();
        let of_partner = partner.and_then(|(id, _)| facts.relationships.get(id));
        let relationship = event.relationship.or_else(|| of_partner.copied());
        let href = relationship.map(|id| format!("/billing/partner-relationships/{id}"));
        Entry::of(l, event, format!("{PATH}/{}", event.number), href)
    };
    facts.told.iter().map(entry).collect()
}
