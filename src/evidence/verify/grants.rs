//! Grants as they are kept, against the authorizations that gave them.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::{BATCH, Report};
use crate::{
    db::{DbConn, literal, schema::grants, types::Ts},
    domain::{GrantId, PartnerId, RelationshipId, TenantId, event::EventKind, role::AdminRole},
    error::Error,
    id::Id,
};

/// A grant as it is kept: the authorization that gave it, and what it says.
type Row = (
    Id<()>,
    (GrantId, AdminRole, Ts, Ts),
    (TenantId, PartnerId, RelationshipId),
);

/// The grants of some authorizations, by authorization.
pub(super) struct Kept(HashMap<uuid::Uuid, Vec<Row>>);

/// Reads the grants of some authorizations.
pub(super) fn of(conn: &mut DbConn, authorizations: Vec<Id<()>>) -> Result<Kept, Error> {
    let rows: Vec<Row> = grants::table
        .filter(grants::authorization_id.eq_any(authorizations))
        .order(grants::id)
        .select((
            grants::authorization_id,
            (grants::id, grants::role, grants::starts_at, grants::ends_at),
            (
                grants::tenant_id,
                grants::partner_id,
                grants::relationship_id,
            ),
        ))
        .load(conn)?;
    let mut by_authorization: HashMap<uuid::Uuid, Vec<Row>> = HashMap::new();
    for row in rows {
        by_authorization.entry(row.0.uuid()).or_default().push(row);
    }
    Ok(Kept(by_authorization))
}

/// Checks the grants of one authorization against its record: each is kept as it was given, and
/// nothing more was given.
pub(super) fn check(report: &mut Report, name: &str, (id, record): (Id<()>, &Value), kept: &Kept) {
    let given = record.get("grants").and_then(Value::as_array);
    let given = given.map(Vec::as_slice).unwrap_or_default();
    let kept = kept.0.get(&id.uuid()).map(Vec::as_slice);
    let kept = kept.unwrap_or_default();
    let whose = |(tenant, partner, relationship): &(TenantId, PartnerId, RelationshipId)| {
        record.pointer("/tenant/id") == Some(&json!(tenant))
            && record.pointer("/partner/id") == Some(&json!(partner))
            && record.get("relationship") == Some(&json!(relationship))
    };
    for (_, (grant, role, from, until), of) in kept {
        let told = json!({ "id": grant, "role": role, "from": from.text(), "until": until.text() });
        if !given.contains(&told) || !whose(of) {
            report.wrong(name, &format!("didn't give grant {grant} as it is kept"));
        }
    }
    for one in given {
        let there = kept
            .iter()
            .any(|row| one.get("id") == Some(&json!(row.1.0)));
        if !there {
            let grant = one.get("id").and_then(Value::as_str).unwrap_or_default();
            report.wrong(name, &format!("grant {grant} is missing"));
        }
    }
}

/// The grants that an event closed, each with the number of the event.
pub(super) type Closed = HashMap<GrantId, i64>;

/// Notes the grants that an event closed.
pub(super) fn note(closed: &mut Closed, kind: &str, number: i64, event: &Value) {
    let closing = [
        EventKind::RolesRemoved,
        EventKind::RolesGivenBack,
        EventKind::RolesEnded,
        EventKind::RelationshipEnded,
    ];
    if !closing.iter().any(|one| one.as_str() == kind) {
        return;
    }
    for list in ["/facts/grants", "/facts/expired"] {
        let ids = event.pointer(list).and_then(Value::as_array);
        let ids = ids.map(Vec::as_slice).unwrap_or_default().iter();
        let ids = ids.filter_map(|id| id.as_str()?.parse().ok());
        closed.extend(ids.map(|id: GrantId| (id, number)));
    }
}

/// Checks that what the events of a chain closed isn't kept as live.
pub(super) fn stay_closed(
    conn: &mut DbConn,
    report: &mut Report,
    name: &str,
    closed: &Closed,
) -> Result<(), Error> {
    let ids: Vec<GrantId> = closed.keys().copied().collect();
    let batch = usize::try_from(BATCH).unwrap_or(1);
    for some in ids.chunks(batch) {
        let live: Vec<GrantId> = grants::table
            .filter(grants::id.eq_any(some.to_vec()))
            .filter(grants::state.eq(literal("live")))
            .order(grants::id)
            .select(grants::id)
            .load(conn)?;
        for grant in live {
            let number = closed.get(&grant).copied().unwrap_or_default();
            let told = format!("event {number} closed grant {grant}, which is kept as live");
            report.wrong(name, &told);
        }
    }
    Ok(())
}
