//! One chain, event by event.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::Value;

use super::{BATCH, Report, grants::Closed, pieces};
use crate::{
    db::{
        DbConn,
        schema::{acceptances, authorizations, chains, events},
        types::Ts,
    },
    domain::{
        ChainId, EventId, InvitationId, PartnerId, PersonId, RelationshipId, TenantId,
        event::EventKind,
    },
    error::Error,
    evidence::chain::{self, link},
    id::Id,
};

type Row = (EventId, i64, Ts, String, String, Vec<u8>, Vec<u8>, Concerns);

/// The columns by which pages find an event: outcome, tenant, partner, relationship, invitation, and
/// the person who acted.
type Concerns = (
    String,
    Option<TenantId>,
    Option<PartnerId>,
    Option<RelationshipId>,
    Option<InvitationId>,
    Option<PersonId>,
);

/// Checks a chain up to its head. Where events are added meanwhile, it goes on until it meets it.
pub(super) fn check(
    conn: &mut DbConn,
    report: &mut Report,
    (id, name, tenant): (ChainId, &str, Option<TenantId>),
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let (mut last, mut hash, mut ended) = (0_i64, vec![0_u8; 32], false);
    let named = chain::name(tenant);
    if name != named {
        report.wrong(name, &format!("it is kept as the chain {named}"));
    }
    let mut closed = Closed::default();
    loop {
        let rows = batch(conn, id, last)?;
        if rows.is_empty() {
            let (head, head_hash) = head(conn, id)?;
            if head > last && !ended {
                ended = true;
                continue;
            }
            if last != head || hash != head_hash {
                let told = format!("ends at event {last}, its head says {head}");
                report.wrong(name, &told);
            }
            let odd = closed.odd(conn, tenant)?;
            // What closes a grant comes with its event: it is there by now.
            if !odd.is_empty() && !batch(conn, id, last)?.is_empty() {
                continue;
            }
            for what in odd {
                report.wrong(name, &what);
            }
            return Ok(());
        }
        ended = false;
        let owners = rows.iter().map(|row| Id::from_uuid(row.0.uuid())).collect();
        let personal = pieces::of(conn, owners)?;
        let recorded = recorded(conn, &rows)?;
        for row in rows {
            report.events += 1;
            let (event, number) = (row.0, row.1);
            let named = format!("{name}: event {number}");
            let json: Value = serde_json::from_str(&row.4).unwrap_or_default();
            for what in wrongs(&row, &json, (last, &hash), &recorded) {
                report.wrong(&named, &what);
            }
            if json.get("chain") != Some(&Value::from(id.to_string())) || row.7.1 != tenant {
                report.wrong(&named, "it is of another chain");
            }
            closed.note(&row.3, number, &json);
            pieces::check(report, &named, &json, personal.get(&event.uuid()));
            (last, hash) = (number, row.6);
        }
        progress(report.events);
    }
}

fn batch(conn: &mut DbConn, id: ChainId, after: i64) -> Result<Vec<Row>, Error> {
    Ok(events::table
        .filter(events::chain_id.eq(id))
        .filter(events::number.gt(after))
        .order(events::number)
        .limit(BATCH)
        .select((
            events::id,
            events::number,
            events::at,
            events::kind,
            events::canonical,
            events::previous,
            events::hash,
            (
                events::outcome,
                events::tenant_id,
                events::partner_id,
                events::relationship_id,
                events::invitation_id,
                events::person_id,
            ),
        ))
        .load(conn)?)
}

fn head(conn: &mut DbConn, id: ChainId) -> Result<(i64, Vec<u8>), Error> {
    Ok(chains::table
        .find(id)
        .select((chains::head_number, chains::head_hash))
        .first(conn)?)
}

/// Those of the events that have the record that they tell of.
fn recorded(conn: &mut DbConn, rows: &[Row]) -> Result<HashSet<EventId>, Error> {
    let of = |kind: EventKind| -> Vec<EventId> {
        let of_kind = rows.iter().filter(|row| row.3 == kind.as_str());
        of_kind.map(|row| row.0).collect()
    };
    let (accepted, authorized) = (
        of(EventKind::AgreementAccepted),
        of(EventKind::InvitationAccepted),
    );
    let mut found = HashSet::new();
    if !accepted.is_empty() {
        let kept = acceptances::table.filter(acceptances::event_id.eq_any(accepted));
        let kept: Vec<EventId> = kept.select(acceptances::event_id).load(conn)?;
        found.extend(kept);
    }
    if !authorized.is_empty() {
        let kept = authorizations::table.filter(authorizations::event_id.eq_any(authorized));
        let kept: Vec<EventId> = kept.select(authorizations::event_id).load(conn)?;
        found.extend(kept);
    }
    Ok(found)
}

/// What is wrong with an event that should follow another one.
fn wrongs(
    (id, number, at, kind, text, previous, own, concerns): &Row,
    json: &Value,
    (last, hash): (i64, &[u8]),
    recorded: &HashSet<EventId>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    if *number != last + 1 {
        wrong.push(format!("follows event {last}: one is missing"));
    }
    if previous != hash {
        wrong.push("doesn't follow the event before it".to_owned());
    }
    if link(previous, text).as_slice() != own {
        wrong.push("its text doesn't fit its hash".to_owned());
    }
    let same = json.get("id") == Some(&Value::from(id.to_string()))
        && json.get("number") == Some(&Value::from(*number))
        && json.get("kind") == Some(&Value::from(kind.as_str()))
        && json.get("at") == Some(&Value::from(at.text()))
        && concerns_the_same(json, concerns);
    if !same {
        wrong.push("its columns differ from its text".to_owned());
    }
    let tells = [EventKind::AgreementAccepted, EventKind::InvitationAccepted];
    if tells.iter().any(|told| told.as_str() == kind) && !recorded.contains(id) {
        wrong.push("the record that it tells of is missing".to_owned());
    }
    wrong
}

/// Whether an event's text says the same of whom it concerns as its columns: pages find events by
/// these.
fn concerns_the_same(
    json: &Value,
    (outcome, tenant, partner, relationship, invitation, person): &Concerns,
) -> bool {
    let says = |pointer: &str, id: Option<String>| {
        json.pointer(pointer).and_then(Value::as_str) == id.as_deref()
    };
    says("/outcome", Some(outcome.clone()))
        && says("/tenant", tenant.map(|id| id.to_string()))
        && says("/partner", partner.map(|id| id.to_string()))
        && says("/relationship", relationship.map(|id| id.to_string()))
        && says("/invitation", invitation.map(|id| id.to_string()))
        && says("/actor/person", person.map(|id| id.to_string()))
}
