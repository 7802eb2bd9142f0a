//! How many partners a tenant has, those included that wait for its answer.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    filter::{Filter, narrowed},
    invited::Invited,
};
use crate::{
    access::scope::TenantScope,
    db::{DbConn, counted, schema::relationships},
    domain::{Instant, PartnerId},
    error::Error,
    web::paginate::COUNTED,
};

/// How many partners there are. Counting stops beyond 1,000.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// All of them.
    pub total: i64,
    /// How many of them have full control.
    pub full: i64,
    /// How many of them the filters leave.
    pub matching: i64,
}

/// Counts the partners, each once, and leaves those of the invited that the filters leave.
///
/// # Errors
/// The database's.
pub fn counts(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    waiting: &mut Vec<Invited>,
    now: Instant,
) -> Result<Counts, Error> {
    let (any, full) = (Filter::default(), Filter::full());
    let related = |filter: &Filter| {
        narrowed(scope, filter, now)
            .select(relationships::partner_id)
            .distinct()
            .limit(COUNTED + 1)
    };
    let [total, full, matching] = if filter.is_empty() {
        let [total, full] = counted(conn, [&any, &full].map(related))?;
        [total, full, total]
    } else {
        counted(conn, [&any, &full, filter].map(related))?
    };
    let total = total + not_related(conn, scope, &any, waiting, now)?;
    if filter.is_empty() {
        return Ok(Counts {
            total,
            full,
            matching: total,
        });
    }
    waiting.retain(|invited| invited.is_within(filter));
    let matching = matching + not_related(conn, scope, filter, waiting, now)?;
    Ok(Counts {
        total,
        full,
        matching,
    })
}

/// How many partners there are among the invited that the filters leave no relationship of.
fn not_related(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    waiting: &[Invited],
    now: Instant,
) -> Result<i64, Error> {
    let invited: HashSet<PartnerId> = waiting.iter().map(|invited| invited.partner).collect();
    if invited.is_empty() {
        return Ok(0);
    }
    let related: Vec<PartnerId> = narrowed(scope, filter, now)
        .filter(relationships::partner_id.eq_any(invited.iter().copied()))
        .select(relationships::partner_id)
        .distinct()
        .load(conn)?;
    i64::try_from(invited.len().saturating_sub(related.len())).map_err(Error::internal)
}
