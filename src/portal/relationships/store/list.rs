//! The list: one query over what is kept beside each relationship.

use diesel::{prelude::*, sql_types::Bool};

use super::filter::{Filter, in_tenant, narrowed};
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn, Either, load_both,
        schema::{partners, relationships},
        types::Ts,
    },
    domain::{Instant, RelationshipId, relationship::RelationshipType, standing::Kept},
    error::Error,
    evidence::{
        ran_out,
        standing::{KEPT, KeptRow, Narrowed, ends_soon, kept},
    },
    web::paginate::{Cursor, PAGE},
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

impl Sort {
    const fn key(self) -> Either<relationships::sort_name, relationships::sort_end> {
        match self {
            Self::Name => Either::One(relationships::sort_name),
            Self::End => Either::Other(relationships::sort_end),
        }
    }
}

/// How many lines stand above the list at most.
const ABOVE: i64 = 3;

type Columns = (
    bool,
    (RelationshipId, RelationshipType, Ts),
    KeptRow,
    String,
    (String, String, Option<String>),
);

/// The lines of a query, each with what it is sorted by. Those that stand above the list are marked.
macro_rules! lines {
    ($query:expr, $key:expr, $above:expr) => {
        $query.inner_join(partners::table).select((
            $above.into_sql::<Bool>(),
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
            ),
            KEPT,
            $key,
            (partners::name, partners::number, partners::domain),
        ))
    };
}

/// Reads the lines of a query in its order.
fn load(conn: &mut DbConn, query: Narrowed, sort: Sort) -> Result<Vec<Row>, Error> {
    let found = lines!(query, sort.key(), false).load(conn)?;
    Ok(told_apart(conn, found)?.0)
}

/// The lines, and those that stand above them.
fn told_apart(conn: &mut DbConn, found: Vec<Columns>) -> Result<(Vec<Row>, Vec<Row>), Error> {
    let (above, rows): (Vec<_>, Vec<_>) = found.into_iter().partition(|row| row.0);
    let read = |rows: Vec<Columns>| {
        let mut rows: Vec<Row> = rows.into_iter().map(read).collect();
        // What came with another query's lines came in no order.
        rows.sort_by(|one, other| one.place.cmp(&other.place));
        rows
    };
    let (mut rows, mut above) = (read(rows), read(above));
    let kept = rows.iter_mut().chain(&mut above);
    ran_out::add(conn, kept.map(|row| (row.id, &mut row.kept)))?;
    Ok((rows, above))
}

fn read((_, (id, kind, since), row, key, partner): Columns) -> Row {
    let (name, number, domain) = partner;
    Row {
        id,
        name,
        number,
        domain,
        kind,
        since: since.instant(),
        kept: kept(row),
        place: Cursor { key, id: id.uuid() },
    }
}

fn sorted(query: Narrowed, sort: Sort) -> Narrowed {
    query.order((sort.key(), relationships::id))
}

fn behind(query: Narrowed, sort: Sort, after: &Cursor) -> Narrowed {
    let later = relationships::id.gt(RelationshipId::from_uuid(after.id));
    query
        .filter(sort.key().ge(after.key.clone()))
        .filter(sort.key().gt(after.key.clone()).or(later))
}

/// One page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its lines.
    pub rows: Vec<Row>,
    /// Whether another one follows.
    pub more: bool,
    /// The first relationships of the tenant whose roles end within 30 days, at most three, where
    /// the list was just opened.
    pub ending: Vec<Row>,
}

impl Page {
    fn of(mut rows: Vec<Row>, ending: Vec<Row>) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Self { rows, more, ending }
    }
}

/// How many lines a page reads: the last one says whether another page follows.
fn most() -> Result<i64, Error> {
    i64::try_from(PAGE + 1).map_err(Error::internal)
}

/// One page of the list.
///
/// # Errors
/// The database's.
pub fn page(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    (sort, after): (Sort, Option<&Cursor>),
    now: Instant,
) -> Result<Page, Error> {
    let mut query = sorted(narrowed(scope, filter, now), sort);
    if let Some(after) = after {
        query = behind(query, sort, after);
    }
    let rows = load(conn, query.limit(most()?), sort)?;
    Ok(Page::of(rows, Vec::new()))
}

/// The list as it is opened: its first page, narrowed by nothing, and above it whose roles end soon.
/// Its statement is known by its type: spelling it out at each run takes longer than finding a line
/// of it.
///
/// # Errors
/// The database's.
pub fn opened(
    conn: &mut DbConn,
    scope: TenantScope,
    sort: Sort,
    now: Instant,
) -> Result<Page, Error> {
    let above = in_tenant(scope)
        .filter(ends_soon(now))
        .order((relationships::sort_end, relationships::id))
        .limit(ABOVE);
    let above = lines!(above, relationships::sort_end, true);
    macro_rules! by {
        ($key:expr) => {{
            let page = in_tenant(scope)
                .order(($key, relationships::id))
                .limit(most()?);
            load_both(conn, above, lines!(page, $key, false))?
        }};
    }
    let found = match sort {
        Sort::Name => by!(relationships::sort_name),
        Sort::End => by!(relationships::sort_end),
    };
    let (rows, ending) = told_apart(conn, found)?;
    Ok(Page::of(rows, ending))
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
    Ok(load(conn, query.into_boxed(), Sort::Name)?.pop())
}
