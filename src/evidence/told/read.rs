//! Reading events within a scope.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::{Filter, Told, ToldActor};
use crate::{
    access::scope::{PartnerScope, TenantScope},
    db::{
        DbConn, MultiBackend,
        schema::{authorizations, chains, events, partners, people, personal_data, tenants},
        types::Ts,
    },
    domain::{
        ChainId, EventId, InvitationId, PartnerId, PersonId, RelationshipId,
        event::{EventKind, Outcome},
        membership::{MemberRole, Side},
    },
    error::Error,
    id::Id,
};

type Row = (
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
        if let Some(person) = $filter.person {
            query = query.filter(events::person_id.eq(person));
        }
        if let Some(kinds) = &$filter.kinds {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            query = query.filter(events::kind.eq_any(words));
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

fn chain(conn: &mut DbConn, scope: TenantScope) -> Result<Option<ChainId>, Error> {
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

/// The events that concern a partner, over all chains, the newest first; `before` means nothing
/// here. Where a customer's people acted, their names are told and their addresses are not.
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
    let rows: Vec<Row> = narrowed!(query, filter).load(conn)?;
    let mut told = complete(conn, rows)?;
    for event in &mut told {
        if !matches!(event.actor, ToldActor::Person { side, .. } if side == Side::Partner) {
            event.client_address = None;
            event.request_id = None;
        }
    }
    Ok(told)
}

/// Adds what is personal, in one query for all.
fn complete(conn: &mut DbConn, rows: Vec<Row>) -> Result<Vec<Told>, Error> {
    let ids: Vec<Id<()>> = rows
        .iter()
        .map(|row| Id::from_uuid(row.0.0.uuid()))
        .collect();
    let pieces: Vec<(Id<()>, String, Option<String>)> = personal_data::table
        .filter(personal_data::owner_id.eq_any(ids))
        .filter(personal_data::owner_kind.eq("event"))
        .select((
            personal_data::owner_id,
            personal_data::label,
            personal_data::data,
        ))
        .load(conn)?;
    let mut personal: HashMap<(uuid::Uuid, String), Value> = HashMap::new();
    for (owner, label, data) in pieces {
        if let Some(data) = data.and_then(|data| serde_json::from_str(&data).ok()) {
            personal.insert((owner.uuid(), label), data);
        }
    }
    rows.into_iter().map(|row| tell(row, &personal)).collect()
}

fn tell(row: Row, personal: &HashMap<(uuid::Uuid, String), Value>) -> Result<Told, Error> {
    let ((id, number, at, kind, outcome, canonical), partner, tenant, relationship, invitation) =
        row;
    let mut event: Value = serde_json::from_str(&canonical).map_err(Error::internal)?;
    let piece = |label: &str| personal.get(&(id.uuid(), label.to_owned()));
    let word = |label: &str, field: &str| {
        let value = piece(label)?.get(field)?.as_str()?;
        (!value.is_empty()).then(|| value.to_owned())
    };
    Ok(Told {
        id,
        number,
        at: at.instant(),
        kind,
        outcome,
        actor: actor(&event, word("actor", "name"))?,
        partner,
        tenant,
        relationship,
        invitation,
        subject_name: word("subject", "name"),
        text: piece("text").and_then(Value::as_str).map(str::to_owned),
        client_address: word("actor", "client_address"),
        request_id: event
            .get("request")
            .and_then(Value::as_str)
            .map(str::to_owned),
        facts: event.get_mut("facts").map(Value::take).unwrap_or_default(),
    })
}

fn actor(event: &Value, name: Option<String>) -> Result<ToldActor, Error> {
    let actor = event.get("actor").unwrap_or(&Value::Null);
    let word = |field: &str| actor.get(field).and_then(Value::as_str).unwrap_or_default();
    match word("kind") {
        "command_line" => Ok(ToldActor::CommandLine),
        "entente" => Ok(ToldActor::Entente),
        "visitor" => Ok(ToldActor::Visitor { name }),
        "person" => {
            let held = actor.get("roles").and_then(Value::as_array);
            let held: Vec<&str> = held
                .map(|roles| roles.iter().filter_map(Value::as_str).collect())
                .unwrap_or_default();
            let first = MemberRole::ALL
                .iter()
                .find(|role| held.contains(&role.as_str()));
            Ok(ToldActor::Person {
                name,
                side: Side::parse(word("side"))
                    .ok_or_else(|| Error::internal("an event's actor is on no side"))?,
                role: first.copied(),
            })
        }
        _ => Err(Error::internal("an event has no actor")),
    }
}
