//! Whom a tenant's events name, for the filters of its log.

use diesel::prelude::*;

use super::read::chain;
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{events, partners, people},
    },
    domain::{PartnerId, PersonId},
    error::Error,
};

/// The partners that a tenant's events name, for its filter, by name; at most 200.
///
/// # Errors
/// The database's.
pub fn partners_named(
    conn: &mut DbConn,
    scope: TenantScope,
) -> Result<Vec<(PartnerId, String)>, Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok(Vec::new());
    };
    let named = events::table
        .filter(events::chain_id.eq(chain))
        .select(events::partner_id);
    Ok(partners::table
        .filter(partners::id.nullable().eq_any(named))
        .order((partners::name_folded, partners::id))
        .limit(200)
        .select((partners::id, partners::name))
        .load(conn)?)
}

/// The people who appear in a tenant's events, for its filter, by name; at most 200. Those who
/// were erased have none.
///
/// # Errors
/// The database's.
pub fn people_named(
    conn: &mut DbConn,
    scope: TenantScope,
) -> Result<Vec<(PersonId, String)>, Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok(Vec::new());
    };
    let named = events::table
        .filter(events::chain_id.eq(chain))
        .select(events::person_id);
    let rows: Vec<(PersonId, Option<String>)> = people::table
        .filter(people::id.nullable().eq_any(named))
        .order((people::name_folded, people::id))
        .limit(200)
        .select((people::id, people::name))
        .load(conn)?;
    let known = |(id, name): (PersonId, Option<String>)| Some((id, name?));
    Ok(rows.into_iter().filter_map(known).collect())
}
