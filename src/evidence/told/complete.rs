//! Adding what is personal to events, and telling them.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::{Told, ToldActor, read::Row};
use crate::{
    db::{DbConn, schema::personal_data},
    domain::membership::{MemberRole, Side},
    error::Error,
    id::Id,
};

/// Adds what is personal, in one query for all.
pub(super) fn complete(conn: &mut DbConn, rows: Vec<Row>) -> Result<Vec<Told>, Error> {
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
