//! One event with its place in its chain, as it is hashed; and many of them, to be handed over.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::{Filter, Told, read::chain, told, told_to_partner};
use crate::{
    access::scope::{PartnerScope, TenantScope},
    db::{
        DbConn,
        schema::{acceptances, authorizations, events, personal_data},
    },
    domain::{AcceptanceId, AuthorizationId, EventId},
    error::Error,
    id::Id,
};

/// An event and its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The event, told.
    pub told: Told,
    /// Its canonical text.
    pub canonical: String,
    /// The hash of the event before.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
    /// Whether another event follows.
    pub followed: bool,
    /// Who acted, as data: name, address, browser; none where that was erased.
    pub actor: Option<Value>,
    /// The acceptance that it stands for.
    pub acceptance: Option<AcceptanceId>,
    /// The authorization that it stands for.
    pub authorization: Option<AuthorizationId>,
}

/// An event of a tenant's chain, by its number.
///
/// # Errors
/// [`Error::NotFound`] where the chain has none of this number.
pub fn placed(conn: &mut DbConn, scope: TenantScope, number: i64) -> Result<Placed, Error> {
    let filter = Filter {
        before: number.checked_add(1),
        ..Filter::newest(1)
    };
    let found = told(conn, scope, &filter)?.pop();
    let found = found.filter(|event| event.number == number);
    let mut placed = place(conn, found.ok_or(Error::NotFound)?)?;
    let chain = chain(conn, scope)?.ok_or(Error::NotFound)?;
    let next: Option<i64> = events::table
        .filter(events::chain_id.eq(chain))
        .filter(events::number.eq(number + 1))
        .select(events::number)
        .first(conn)
        .optional()?;
    placed.followed = next.is_some();
    placed.actor = actor(conn, placed.told.id)?;
    placed.acceptance = acceptances::table
        .filter(acceptances::tenant_id.eq(scope.tenant()))
        .filter(acceptances::event_id.eq(placed.told.id))
        .select(acceptances::id)
        .first(conn)
        .optional()?;
    placed.authorization = authorizations::table
        .filter(authorizations::tenant_id.eq(scope.tenant()))
        .filter(authorizations::event_id.eq(placed.told.id))
        .select(authorizations::id)
        .first(conn)
        .optional()?;
    Ok(placed)
}

/// An event that concerns a partner, by its id, as that partner may see it.
///
/// # Errors
/// [`Error::NotFound`] where it concerns another partner, or nobody.
pub fn placed_for_partner(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: EventId,
) -> Result<Placed, Error> {
    let filter = Filter {
        event: Some(id),
        ..Filter::newest(1)
    };
    let found = told_to_partner(conn, scope, &filter)?.pop();
    place(conn, found.ok_or(Error::NotFound)?)
}

fn place(conn: &mut DbConn, told: Told) -> Result<Placed, Error> {
    let (canonical, previous, hash): (String, Vec<u8>, Vec<u8>) = events::table
        .find(told.id)
        .select((events::canonical, events::previous, events::hash))
        .first(conn)?;
    Ok(Placed {
        told,
        canonical,
        previous: hex::encode(previous),
        hash: hex::encode(hash),
        followed: false,
        actor: None,
        acceptance: None,
        authorization: None,
    })
}

fn actor(conn: &mut DbConn, event: EventId) -> Result<Option<Value>, Error> {
    let data: Option<Option<String>> = personal_data::table
        .filter(personal_data::owner_id.eq(Id::<()>::from_uuid(event.uuid())))
        .filter(personal_data::owner_kind.eq("event"))
        .filter(personal_data::label.eq("actor"))
        .select(personal_data::data)
        .first(conn)
        .optional()?;
    Ok(data
        .flatten()
        .and_then(|data| serde_json::from_str(&data).ok()))
}

/// Events as they are handed over, one object each: the text that is hashed, as an object whose
/// canonical form it is, with its place in the chain and the personal data that it commits to.
///
/// # Errors
/// The database's.
pub fn handed_over(conn: &mut DbConn, told: &[Told]) -> Result<Vec<Value>, Error> {
    type Row = (EventId, i64, String, Vec<u8>, Vec<u8>);
    type Piece = (Id<()>, String, Option<String>, Option<Vec<u8>>);
    let ids: Vec<EventId> = told.iter().map(|event| event.id).collect();
    let rows: Vec<Row> = events::table
        .filter(events::id.eq_any(ids))
        .order(events::number)
        .select((
            events::id,
            events::number,
            events::canonical,
            events::previous,
            events::hash,
        ))
        .load(conn)?;
    let owners: Vec<Id<()>> = rows.iter().map(|row| Id::from_uuid(row.0.uuid())).collect();
    let pieces: Vec<Piece> = personal_data::table
        .filter(personal_data::owner_id.eq_any(owners))
        .filter(personal_data::owner_kind.eq("event"))
        .order(personal_data::label)
        .select((
            personal_data::owner_id,
            personal_data::label,
            personal_data::data,
            personal_data::salt,
        ))
        .load(conn)?;
    let mut personal: HashMap<uuid::Uuid, Vec<Value>> = HashMap::new();
    for (owner, label, text, salt) in pieces {
        let piece = serde_json::json!({
            "label": label,
            "text": text,
            "salt": salt.map(hex::encode),
        });
        personal.entry(owner.uuid()).or_default().push(piece);
    }
    let line = |(id, number, canonical, previous, hash): Row| {
        serde_json::json!({
            "number": number,
            "previous": hex::encode(previous),
            "hash": hex::encode(hash),
            "event": serde_json::from_str::<Value>(&canonical).unwrap_or(Value::from(canonical)),
            "personal": personal.remove(&id.uuid()).unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().map(line).collect())
}
