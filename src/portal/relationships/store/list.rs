//! The list: one query over what is kept beside each relationship.

use diesel::prelude::*;

use crate::{
    access::scope::TenantScope,
    db::{
        DbConn, MultiBackend,
        schema::{partners, relationships},
        types::Ts,
    },
    domain::{
        Instant, PartnerId, RelationshipId,
        relationship::RelationshipType,
        standing::{Kept, StandingFilter, soon_until},
    },
    error::Error,
    web::paginate::{COUNTED, Cursor, PAGE},
};

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The relationship.
    pub id: RelationshipId,
    /// The partner's name.
    pub name: String,
    /// The public partner id.
    pub number: String,
    /// The partner's domain.
    pub domain: Option<String>,
    /// The type.
    pub kind: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// What is kept beside it.
    pub kept: Kept,
    /// Where it stands in the order that was asked for.
    pub place: Cursor,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The partner's name.
    #[default]
    Name,
    /// When the first role ends.
    End,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Folded words in the name, the number or the domain; nothing where empty.
    pub search: String,
    /// One type.
    pub kind: Option<RelationshipType>,
    /// One status.
    pub status: Option<StandingFilter>,
    /// Full control only.
    pub full: bool,
    /// A role that ends within 30 days.
    pub soon: bool,
}

impl Filter {
    /// Whether anything is asked for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.search.is_empty()
            && self.kind.is_none()
            && self.status.is_none()
            && !self.full
            && !self.soon
    }
}

/// A query over relationships alone; names are joined to what is left of it.
type Narrowed = relationships::BoxedQuery<'static, MultiBackend>;

/// Where every read starts.
fn in_tenant(scope: TenantScope) -> Narrowed {
    relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .into_boxed()
}

/// A pattern that finds `search` anywhere, with what `LIKE` would read as a sign taken literally.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn narrowed(scope: TenantScope, filter: &Filter, now: Instant) -> Narrowed {
    let mut query = in_tenant(scope);
    if !filter.search.is_empty() {
        let found = relationships::search_text.like(pattern(&filter.search));
        query = query.filter(found.escape('\\'));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(relationships::relationship_type.eq(kind));
    }
    if filter.full {
        query = query
            .filter(relationships::state.eq("active"))
            .filter(relationships::global_until.gt(Ts::from(now)));
    }
    if filter.soon {
        query = soon(query, now);
    }
    match filter.status {
        Some(status) => standing(query, status, now),
        None => query,
    }
}

/// The same as [`Kept::standing`] says of one row.
fn standing(query: Narrowed, status: StandingFilter, now: Instant) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    let (clock, limit) = (Ts::from(now), Ts::from(soon_until(now)));
    let active = relationships::state.eq("active");
    match status {
        StandingFilter::Active => {
            let far_global = global.gt(limit).and(
                helpdesk
                    .is_null()
                    .or(helpdesk.le(clock))
                    .or(helpdesk.gt(limit)),
            );
            let far_helpdesk = helpdesk
                .gt(limit)
                .and(global.is_null().or(global.le(clock)));
            let never = relationships::had_roles.eq(false);
            query
                .filter(active)
                .filter(never.or(far_global).or(far_helpdesk))
        }
        StandingFilter::EndsSoon => soon(query, now),
        StandingFilter::RolesRemoved => query
            .filter(active)
            .filter(relationships::had_roles.eq(true))
            .filter(global.is_null().or(global.le(clock)))
            .filter(helpdesk.is_null().or(helpdesk.le(clock))),
        StandingFilter::Ended => query.filter(relationships::state.eq("ended")),
        // Nobody is related to a tenant before it accepts.
        StandingFilter::Invited => query.filter(relationships::state.eq("")),
    }
}

fn soon(query: Narrowed, now: Instant) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    let (clock, limit) = (Ts::from(now), Ts::from(soon_until(now)));
    // The first end is never after the one that is soon: the index stops there.
    query
        .filter(relationships::state.eq("active"))
        .filter(relationships::sort_end.le(limit.text()))
        .filter(
            global
                .gt(clock)
                .and(global.le(limit))
                .or(helpdesk.gt(clock).and(helpdesk.le(limit))),
        )
}

type Columns = (
    (RelationshipId, RelationshipType, Ts, Option<Ts>),
    (bool, Option<Ts>, Option<Ts>, Option<Ts>),
    (String, String),
    (String, String, Option<String>),
);

fn load(conn: &mut DbConn, query: Narrowed, sort: Sort) -> Result<Vec<Row>, Error> {
    let rows: Vec<Columns> = query
        .inner_join(partners::table)
        .select((
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::ended_at,
            ),
            (
                relationships::had_roles,
                relationships::global_until,
                relationships::helpdesk_until,
                relationships::roles_left_at,
            ),
            (relationships::sort_name, relationships::sort_end),
            (partners::name, partners::number, partners::domain),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| read(row, sort)).collect())
}

fn read(row: Columns, sort: Sort) -> Row {
    let ((id, kind, since, ended), (had_roles, global, helpdesk, left), keys, partner) = row;
    let (name, number, domain) = partner;
    let key = match sort {
        Sort::Name => keys.0,
        Sort::End => keys.1,
    };
    Row {
        id,
        name,
        number,
        domain,
        kind,
        since: since.instant(),
        kept: Kept {
            ended_at: ended.map(Ts::instant),
            had_roles,
            global_until: global.map(Ts::instant),
            helpdesk_until: helpdesk.map(Ts::instant),
            roles_left_at: left.map(Ts::instant),
        },
        place: Cursor { key, id: id.uuid() },
    }
}

fn sorted(query: Narrowed, sort: Sort) -> Narrowed {
    match sort {
        Sort::Name => query.order((relationships::sort_name, relationships::id)),
        Sort::End => query.order((relationships::sort_end, relationships::id)),
    }
}

fn behind(query: Narrowed, sort: Sort, after: &Cursor) -> Narrowed {
    let (key, id) = (after.key.clone(), RelationshipId::from_uuid(after.id));
    let later = relationships::id.gt(id);
    match sort {
        Sort::Name => query
            .filter(relationships::sort_name.ge(key.clone()))
            .filter(relationships::sort_name.gt(key).or(later)),
        Sort::End => query
            .filter(relationships::sort_end.ge(key.clone()))
            .filter(relationships::sort_end.gt(key).or(later)),
    }
}

/// One page of the list, and whether another one follows.
///
/// # Errors
/// The database's.
pub fn page(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    (sort, after): (Sort, Option<&Cursor>),
    now: Instant,
) -> Result<(Vec<Row>, bool), Error> {
    let mut query = sorted(narrowed(scope, filter, now), sort);
    if let Some(after) = after {
        query = behind(query, sort, after);
    }
    let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
    let mut rows = load(conn, query.limit(limit), sort)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok((rows, more))
}

/// Everything that the filters leave, at most 50,000 lines.
///
/// # Errors
/// The database's.
pub fn all(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    sort: Sort,
    now: Instant,
) -> Result<Vec<Row>, Error> {
    let query = sorted(narrowed(scope, filter, now), sort);
    load(conn, query.limit(50_000), sort)
}

/// One relationship of this tenant's as a line of the list; `None` where it is a stranger's.
///
/// # Errors
/// The database's.
pub fn one(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
) -> Result<Option<Row>, Error> {
    let query = in_tenant(scope).filter(relationships::id.eq(id));
    Ok(load(conn, query, Sort::Name)?.pop())
}

/// The first relationships whose roles end within 30 days, at most three.
///
/// # Errors
/// The database's.
pub fn ending(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Row>, Error> {
    let query = sorted(soon(in_tenant(scope), now), Sort::End);
    load(conn, query.limit(3), Sort::End)
}

/// The partners that the filters leave, each once; counting stops beyond 1,000.
///
/// # Errors
/// The database's.
pub fn partners_of(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    now: Instant,
) -> Result<Vec<PartnerId>, Error> {
    Ok(narrowed(scope, filter, now)
        .select(relationships::partner_id)
        .distinct()
        .limit(COUNTED + 1)
        .load(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_like_would_read_as_a_sign_is_taken_literally() {
        assert_eq!(pattern("fjord"), "%fjord%");
        assert_eq!(pattern(r"100%_\"), r"%100\%\_\\%");
    }
}
