//! The tenants, as the operator sees them: who they are, and nothing of what they decide.

use diesel::{dsl::exists, prelude::*};

use crate::{
    db::{
        DbConn, MultiBackend,
        like::anywhere,
        schema::{tenant_domains, tenants},
        types::Ts,
    },
    domain::{Instant, TenantId, TenantKind, email::fold_domain, text::fold},
    error::Error,
    web::paginate::{COUNTED, Cursor, PAGE},
};

/// A tenant.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: TenantId,
    /// What it hands to a partner.
    pub public_id: String,
    /// Its name.
    pub name: String,
    /// Organization or school.
    pub kind: TenantKind,
    /// Where it is.
    pub country: String,
    /// In which zone its people read times.
    pub zone: String,
    /// Since when it is registered.
    pub since: Instant,
    /// The domains that it owns.
    pub domains: Vec<String>,
    /// Where it stands in the list.
    pub place: Cursor,
}

/// One page of the list.
#[derive(Debug)]
pub struct Found {
    /// The tenants.
    pub rows: Vec<Row>,
    /// How many there are on all pages; counting stops beyond 1,000.
    pub matching: i64,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

type Narrowed = tenants::BoxedQuery<'static, MultiBackend>;

type Columns = (
    (TenantId, String, String, String),
    (TenantKind, String, String, Ts),
);

/// Those with these words in the name, the public id or a domain of theirs.
fn narrowed(search: &str) -> Narrowed {
    let query = tenants::table
        .filter(tenants::ended_at.is_null())
        .into_boxed();
    let words = fold(search);
    if words.is_empty() {
        return query;
    }
    let domain = fold_domain(search).unwrap_or_else(|| words.clone());
    let owned = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq(tenants::id))
        .filter(tenant_domains::ended_at.is_null())
        .filter(tenant_domains::domain.like(anywhere(&domain)).escape('\\'));
    let public_id = anywhere(&search.trim().to_uppercase());
    query.filter(
        tenants::name_folded
            .like(anywhere(&words))
            .escape('\\')
            .or(tenants::public_id.like(public_id).escape('\\'))
            .or(exists(owned)),
    )
}

fn load(conn: &mut DbConn, query: Narrowed) -> Result<Vec<Row>, Error> {
    let rows: Vec<Columns> = query
        .order((tenants::name_folded, tenants::id))
        .select((
            (
                tenants::id,
                tenants::public_id,
                tenants::name,
                tenants::name_folded,
            ),
            (
                tenants::kind,
                tenants::country,
                tenants::time_zone,
                tenants::created_at,
            ),
        ))
        .load(conn)?;
    let ids: Vec<TenantId> = rows.iter().map(|row| row.0.0).collect();
    let owned: Vec<(TenantId, String)> = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq_any(ids))
        .filter(tenant_domains::ended_at.is_null())
        .order(tenant_domains::domain)
        .select((tenant_domains::tenant_id, tenant_domains::domain))
        .load(conn)?;
    let read = |row: Columns| {
        let ((id, public_id, name, key), (kind, country, zone, since)) = row;
        let of_this = owned.iter().filter(|(of, _)| *of == id);
        Row {
            domains: of_this.map(|(_, domain)| domain.clone()).collect(),
            place: Cursor { key, id: id.uuid() },
            since: since.instant(),
            id,
            public_id,
            name,
            kind,
            country,
            zone,
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// One page of the tenants that a search leaves, by name.
///
/// # Errors
/// The database's.
pub fn page(conn: &mut DbConn, search: &str, after: Option<&Cursor>) -> Result<Found, Error> {
    let counted: Vec<TenantId> = narrowed(search)
        .select(tenants::id)
        .limit(COUNTED + 1)
        .load(conn)?;
    let mut query = narrowed(search);
    if let Some(after) = after {
        let (key, id) = (after.key.clone(), TenantId::from_uuid(after.id));
        query = query
            .filter(tenants::name_folded.ge(key.clone()))
            .filter(tenants::name_folded.gt(key).or(tenants::id.gt(id)));
    }
    let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
    let mut rows = load(conn, query.limit(limit))?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(Found {
        matching: i64::try_from(counted.len()).unwrap_or(i64::MAX),
        next: rows.last().filter(|_| more).map(|row| row.place.clone()),
        rows,
    })
}

/// Every tenant, by name.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut DbConn) -> Result<Vec<Row>, Error> {
    load(conn, narrowed(""))
}

/// One tenant.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn one(conn: &mut DbConn, id: TenantId) -> Result<Row, Error> {
    let found = load(conn, narrowed("").filter(tenants::id.eq(id)))?;
    found.into_iter().next().ok_or(Error::NotFound)
}
