//! The list of a partner's customers.

use diesel::prelude::*;

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        like::anywhere,
        schema::{relationships, tenants},
        types::Ts,
    },
    domain::{
        Instant, RelationshipId, TenantId,
        relationship::RelationshipType,
        standing::{Kept, StandingFilter},
    },
    error::Error,
    evidence::{
        consent::{self, Consent},
        ran_out,
        standing::{KEPT, KeptRow, Narrowed, kept, soon, standing},
    },
    web::paginate::{COUNTED, Cursor, PAGE},
};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Folded words in the customer's name; nothing where empty.
    pub search: String,
    /// One type.
    pub kind: Option<RelationshipType>,
    /// One status.
    pub status: Option<StandingFilter>,
    /// A role that ends within 30 days.
    pub soon: bool,
}

impl Filter {
    /// Whether anything is asked for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.search.is_empty() && self.kind.is_none() && self.status.is_none() && !self.soon
    }
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The customer's name.
    #[default]
    Name,
    /// When the first role ends.
    End,
}

/// What a view of the list asks for.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// What it is narrowed to.
    pub filter: Filter,
    /// What it is sorted by.
    pub sort: Sort,
    /// Where the page begins; at the top where nothing is said.
    pub after: Option<Cursor>,
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The relationship.
    pub id: RelationshipId,
    /// The customer's name.
    pub name: String,
    /// The type.
    pub kind: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// What is kept beside it.
    pub kept: Kept,
    /// What the customer has accepted of the agreement.
    pub consent: Consent,
    place: Cursor,
}

/// What a view of the list shows.
#[derive(Debug, Clone)]
pub struct Found {
    /// The relationships of the page.
    pub rows: Vec<Row>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many customers there are; counting stops beyond 1,000.
    pub total: i64,
    /// How many of them the filters leave.
    pub matching: i64,
}

type Columns = (
    (RelationshipId, RelationshipType, Ts, String),
    KeptRow,
    (TenantId, String, String, String),
);

fn narrowed(scope: PartnerScope, filter: &Filter, now: Instant) -> Narrowed {
    let mut query = relationships::table
        .filter(relationships::partner_id.eq(scope.partner()))
        .into_boxed();
    if !filter.search.is_empty() {
        let named = tenants::name_folded.like(anywhere(&filter.search));
        let named = tenants::table.filter(named.escape('\\'));
        query = query.filter(relationships::tenant_id.eq_any(named.select(tenants::id)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(relationships::relationship_type.eq(kind));
    }
    if filter.soon {
        query = soon(query, now);
    }
    match filter.status {
        Some(status) => standing(query, status, now),
        None => query,
    }
}

/// How many customers the filter leaves; counting stops beyond 1,000.
fn count(
    conn: &mut DbConn,
    scope: PartnerScope,
    filter: &Filter,
    now: Instant,
) -> Result<i64, Error> {
    let customers: Vec<TenantId> = narrowed(scope, filter, now)
        .select(relationships::tenant_id)
        .distinct()
        .limit(COUNTED + 1)
        .load(conn)?;
    i64::try_from(customers.len()).map_err(Error::internal)
}

/// Reads what a view shows.
///
/// # Errors
/// The database's.
pub fn find(
    conn: &mut DbConn,
    scope: PartnerScope,
    view: &View,
    now: Instant,
) -> Result<Found, Error> {
    let mut rows = load(conn, scope, view, now)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let mut rows = complete(conn, scope, rows, view.sort, now)?;
    ran_out::add(conn, rows.iter_mut().map(|row| (row.id, &mut row.kept)))?;
    let total = count(conn, scope, &Filter::default(), now)?;
    let matching = if view.filter.is_empty() {
        total
    } else {
        count(conn, scope, &view.filter, now)?
    };
    Ok(Found {
        next: rows.last().filter(|_| more).map(|row| row.place.clone()),
        rows,
        total,
        matching,
    })
}

/// The rows of the page, and one more where another page follows.
fn load(
    conn: &mut DbConn,
    scope: PartnerScope,
    view: &View,
    now: Instant,
) -> Result<Vec<Columns>, Error> {
    let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
    let mut query = narrowed(scope, &view.filter, now)
        .inner_join(tenants::table)
        .limit(limit);
    query = match view.sort {
        Sort::Name => query.order((tenants::name_folded, relationships::id)),
        Sort::End => query.order((relationships::sort_end, relationships::id)),
    };
    if let Some(after) = &view.after {
        let (key, id) = (after.key.clone(), RelationshipId::from_uuid(after.id));
        let later = relationships::id.gt(id);
        query = match view.sort {
            Sort::Name => query
                .filter(tenants::name_folded.ge(key.clone()))
                .filter(tenants::name_folded.gt(key).or(later)),
            Sort::End => query
                .filter(relationships::sort_end.ge(key.clone()))
                .filter(relationships::sort_end.gt(key).or(later)),
        };
    }
    Ok(query
        .select((
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::sort_end,
            ),
            KEPT,
            (
                tenants::id,
                tenants::name,
                tenants::name_folded,
                tenants::country,
            ),
        ))
        .load(conn)?)
}

/// What the customers have accepted, in one visit for all.
fn complete(
    conn: &mut DbConn,
    scope: PartnerScope,
    rows: Vec<Columns>,
    sort: Sort,
    now: Instant,
) -> Result<Vec<Row>, Error> {
    let customers: Vec<_> = rows
        .iter()
        .map(|(_, _, tenant)| (scope.with(tenant.0), tenant.3.as_str()))
        .collect();
    let consents = consent::of_customers(conn, &customers, now)?;
    let row = |((id, kind, since, end), row, (tenant, name, folded, _)): Columns| {
        let key = match sort {
            Sort::Name => folded,
            Sort::End => end,
        };
        let consent = consents.get(&tenant).copied();
        Row {
            id,
            name,
            kind,
            since: since.instant(),
            kept: kept(row),
            consent: consent.unwrap_or(Consent::Missing),
            place: Cursor { key, id: id.uuid() },
        }
    };
    Ok(rows.into_iter().map(row).collect())
}
