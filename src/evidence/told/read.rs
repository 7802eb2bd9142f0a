//! Reading events within a scope.

use diesel::{
    dsl::{count_star, max, min},
    prelude::*,
};

use super::{Filter, Told, ToldActor, complete::complete};
use crate::{
    access::scope::{Between, PartnerScope, TenantScope},
    db::{
        DbConn, MultiBackend,
        schema::{authorizations, chains, events, partners, tenants},
        types::Ts,
    },
    domain::{
        ChainId, EventId, InvitationId, PartnerId, RelationshipId,
        event::{EventKind, Outcome},
        membership::Side,
    },
    error::Error,
};

pub(super) type Row = (
    (EventId, i64, Ts, EventKind, Outcome, String),
    Option<(PartnerId, String)>,
    Option<String>,
    Option<RelationshipId>,
    Option<InvitationId>,
);

macro_rules! joined {
    () => {
        events::table
            .left_join(partners::table)
            .left_join(tenants::table)
            .select((
                (
                    events::id,
                    events::number,
                    events::at,
                    events::kind,
                    events::outcome,
                    events::canonical,
                ),
                (partners::id, partners::name).nullable(),
                tenants::name.nullable(),
                events::relationship_id,
                events::invitation_id,
            ))
    };
}

macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(partner) = $filter.partner {
            query = query.filter(events::partner_id.eq(partner));
        }
        if let Some((tenant, relationship)) = $filter.relationship {
            let invitations = authorizations::table
                .filter(authorizations::relationship_id.eq(relationship))
                .select(authorizations::invitation_id.nullable());
            let removal = events::tenant_id
                .eq(tenant)
                .and(events::kind.eq(EventKind::RolesRemoved.as_str()));
            query = query.filter(
                events::relationship_id
                    .eq(relationship)
                    .or(events::invitation_id.eq_any(invitations))
                    .or(removal),
            );
        }
        if let Some(invitation) = $filter.invitation {
            query = query.filter(events::invitation_id.eq(invitation));
        }
        if let Some(event) = $filter.event {
            query = query.filter(events::id.eq(event));
        }
        if let Some(person) = $filter.person {
            query = query.filter(events::person_id.eq(person));
        }
        if let Some(kinds) = &$filter.kinds {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            query = query.filter(events::kind.eq_any(words));
        }
        if let Some(outcome) = $filter.outcome {
            query = query.filter(events::outcome.eq(outcome.as_str()));
        }
        if let Some(since) = $filter.since {
            query = query.filter(events::at.ge(Ts::from(since)));
        }
        if let Some(until) = $filter.until {
            query = query.filter(events::at.lt(Ts::from(until)));
        }
        query
    }};
}

pub(super) fn chain(conn: &mut DbConn, scope: TenantScope) -> Result<Option<ChainId>, Error> {
    Ok(chains::table
        .filter(chains::tenant_id.eq(scope.tenant()))
        .select(chains::id)
        .first(conn)
        .optional()?)
}

/// The events of a tenant's chain, the newest first.
///
/// # Errors
/// The database's.
pub fn told(conn: &mut DbConn, scope: TenantScope, filter: &Filter) -> Result<Vec<Told>, Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok(Vec::new());
    };
    let query = joined!()
        .filter(events::chain_id.eq(chain))
        .order(events::number.desc())
        .limit(filter.limit)
        .into_boxed::<MultiBackend>();
    let mut query = narrowed!(query, filter);
    if let Some(before) = filter.before {
        query = query.filter(events::number.lt(before));
    }
    let rows: Vec<Row> = query.load(conn)?;
    complete(conn, rows)
}

/// These events, the oldest first: what both sides of a relationship may read of it.
///
/// # Errors
/// The database's.
pub fn told_of(conn: &mut DbConn, between: Between, ids: Vec<EventId>) -> Result<Vec<Told>, Error> {
    let of_partner = events::partner_id.eq(between.partner());
    let of_customer = events::tenant_id.eq(between.tenant());
    let of_nobody_else = of_customer.and(events::partner_id.is_null());
    let rows: Vec<Row> = joined!()
        .filter(events::id.eq_any(ids))
        .filter(of_partner.or(of_nobody_else))
        .order((events::at, events::number, events::id))
        .load(conn)?;
    complete(conn, rows)
}

/// The number of the last event of a tenant's chain.
///
/// # Errors
/// The database's.
pub fn head(conn: &mut DbConn, scope: TenantScope) -> Result<i64, Error> {
    let head: Option<i64> = chains::table
        .filter(chains::tenant_id.eq(scope.tenant()))
        .select(chains::head_number)
        .first(conn)
        .optional()?;
    Ok(head.unwrap_or_default())
}

/// The events of a tenant's chain after one number and up to another, the oldest first.
///
/// # Errors
/// The database's.
pub fn told_from(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    (after, head): (i64, i64),
) -> Result<Vec<Told>, Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok(Vec::new());
    };
    let query = joined!()
        .filter(events::chain_id.eq(chain))
        .filter(events::number.gt(after))
        .filter(events::number.le(head))
        .order(events::number)
        .limit(filter.limit)
        .into_boxed::<MultiBackend>();
    let rows: Vec<Row> = narrowed!(query, filter).load(conn)?;
    complete(conn, rows)
}

/// How many events of a tenant's chain the filter leaves, wherever the page begins; counting stops
/// at `most`.
///
/// # Errors
/// The database's.
pub fn count(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    most: i64,
) -> Result<i64, Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok(0);
    };
    let query = events::table
        .filter(events::chain_id.eq(chain))
        .select(events::number)
        .limit(most)
        .into_boxed::<MultiBackend>();
    let numbers: Vec<i64> = narrowed!(query, filter).load(conn)?;
    Ok(i64::try_from(numbers.len()).unwrap_or(most))
}

/// How many events of a tenant's chain up to a number the filter leaves, with the first and the last
/// of them: all are counted, however many.
///
/// # Errors
/// The database's.
pub fn measured(
    conn: &mut DbConn,
    scope: TenantScope,
    filter: &Filter,
    head: i64,
) -> Result<(i64, Option<(i64, i64)>), Error> {
    let Some(chain) = chain(conn, scope)? else {
        return Ok((0, None));
    };
    let query = events::table
        .filter(events::chain_id.eq(chain))
        .filter(events::number.le(head))
        .select((count_star(), min(events::number), max(events::number)))
        .into_boxed::<MultiBackend>();
    let (count, first, last): (i64, Option<i64>, Option<i64>) =
        narrowed!(query, filter).first(conn)?;
    Ok((count, first.zip(last)))
}

/// The events that concern a partner, over all chains, the newest first; `older` says where a page
/// begins. Where a customer's people acted, their names are told and their addresses are not.
///
/// # Errors
/// The database's.
pub fn told_to_partner(
    conn: &mut DbConn,
    scope: PartnerScope,
    filter: &Filter,
) -> Result<Vec<Told>, Error> {
    let query = joined!()
        .filter(events::partner_id.eq(scope.partner()))
        .order((events::at.desc(), events::id.desc()))
        .limit(filter.limit)
        .into_boxed::<MultiBackend>();
    let mut query = narrowed!(query, filter);
    if let Some((at, id)) = filter.older {
        let at = Ts::from(at);
        let among_equals = events::at.eq(at).and(events::id.lt(id));
        query = query.filter(events::at.le(at).and(events::at.lt(at).or(among_equals)));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let mut told = complete(conn, rows)?;
    for event in &mut told {
        if !matches!(event.actor, ToldActor::Person { side, .. } if side == Side::Partner) {
            event.client_address = None;
            event.request_id = None;
        }
    }
    Ok(told)
}

/// How many events that concern a partner the filter leaves, wherever the page begins; counting
/// stops at `most`.
///
/// # Errors
/// The database's.
pub fn count_for_partner(
    conn: &mut DbConn,
    scope: PartnerScope,
    filter: &Filter,
    most: i64,
) -> Result<i64, Error> {
    let query = events::table
        .filter(events::partner_id.eq(scope.partner()))
        .select(events::number)
        .limit(most)
        .into_boxed::<MultiBackend>();
    let numbers: Vec<i64> = narrowed!(query, filter).load(conn)?;
    Ok(i64::try_from(numbers.len()).unwrap_or(most))
}
