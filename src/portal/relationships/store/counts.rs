//! How many partners a tenant has, those included that wait for its answer.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    filter::{Filter, in_tenant, narrowed},
    invited::Invited,
};
use crate::{
    access::scope::TenantScope,
    db::{DbConn, counted, schema::relationships},
    domain::{Instant, PartnerId},
    error::Error,
    evidence::{renewed, standing::full_control},
    on_each,
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
    /// Whether any version of an agreement asks for a new acceptance. Seldom one does, and asking
    /// here saves a visit of its own.
    pub asks_anew: bool,
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
    macro_rules! partners {
        ($of:expr) => {
            $of.select(relationships::partner_id)
                .distinct()
                .limit(COUNTED + 1)
        };
    }
    let all = partners!(in_tenant(scope));
    let controlling = partners!(in_tenant(scope).filter(full_control(now)));
    let asks = renewed::demands();
    let any = Filter::default();
    let [total, full, asks, matching] = if filter.is_empty() {
        let three = (all, controlling, asks);
        let [total, full, asks] = on_each!(conn, c => counted(c, three)?);
        [total, full, asks, total]
    } else {
        let left = partners!(narrowed(scope, filter, now));
        counted(conn, (all, controlling, asks, left))?
    };
    let total = total + not_related(conn, scope, &any, waiting, now)?;
    let matching = if filter.is_empty() {
        total
    } else {
        waiting.retain(|invited| invited.is_within(filter));
        matching + not_related(conn, scope, filter, waiting, now)?
    };
    Ok(Counts {
        total,
        full,
        matching,
        asks_anew: asks > 0,
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
