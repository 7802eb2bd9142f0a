//! Reading what a receipt is made of.

use diesel::prelude::*;
use serde_json::Value;

use super::{Piece, Receipt};
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, authorizations, events, personal_data},
        types::Ts,
    },
    domain::{AcceptanceId, AuthorizationId, acceptance::RecordKind},
    error::Error,
    evidence::agreement::body_named,
    id::Id,
};

/// A record with its hash.
type Sealed = (String, Vec<u8>);
/// An event: its id, its text, the hash before it and its own.
type Event = (Id<()>, String, Vec<u8>, Vec<u8>);

/// What is kept of a tenant's acceptance.
///
/// # Errors
/// [`Error::NotFound`] for another tenant's.
pub fn acceptance(
    conn: &mut DbConn,
    scope: TenantScope,
    id: AcceptanceId,
) -> Result<Receipt, Error> {
    let (sealed, body, event): (Sealed, Vec<u8>, Event) = acceptances::table
        .inner_join(agreement_texts::table)
        .inner_join(events::table)
        .filter(acceptances::tenant_id.eq(scope.tenant()))
        .filter(acceptances::id.eq(id))
        .select((
            (acceptances::record, acceptances::record_sha256),
            agreement_texts::body,
            (
                events::id,
                events::canonical,
                events::previous,
                events::hash,
            ),
        ))
        .first(conn)?;
    let of = (RecordKind::Acceptance, Id::from_uuid(id.uuid()));
    whole(conn, of, sealed, body, event)
}

/// What is kept of a partner's authorization by a tenant.
///
/// # Errors
/// [`Error::NotFound`] for another tenant's.
pub fn authorization(
    conn: &mut DbConn,
    scope: TenantScope,
    id: AuthorizationId,
) -> Result<Receipt, Error> {
    let (sealed, event): (Sealed, Event) = authorizations::table
        .inner_join(events::table)
        .filter(authorizations::tenant_id.eq(scope.tenant()))
        .filter(authorizations::id.eq(id))
        .select((
            (authorizations::record, authorizations::record_sha256),
            (
                events::id,
                events::canonical,
                events::previous,
                events::hash,
            ),
        ))
        .first(conn)?;
    let record: Value = serde_json::from_str(&sealed.0).unwrap_or_default();
    let Some(body) = body_named(conn, &record)? else {
        tracing::error!(%id, "ALARM: an authorization names a text that there isn't");
        return Err(Error::internal("an authorization is damaged"));
    };
    let of = (RecordKind::Authorization, Id::from_uuid(id.uuid()));
    whole(conn, of, sealed, body, event)
}

fn whole(
    conn: &mut DbConn,
    (kind, id): (RecordKind, Id<()>),
    (record, record_sha256): Sealed,
    body: Vec<u8>,
    (event_id, event, previous, hash): Event,
) -> Result<Receipt, Error> {
    Ok(Receipt {
        kind,
        id,
        record,
        record_sha256,
        personal: pieces(conn, id)?,
        document: String::from_utf8(body).map_err(Error::internal)?,
        event,
        previous,
        hash,
        event_personal: pieces(conn, event_id)?,
    })
}

fn pieces(conn: &mut DbConn, owner: Id<()>) -> Result<Vec<Piece>, Error> {
    type Row = (String, Option<String>, Option<Vec<u8>>, Vec<u8>, Option<Ts>);
    let rows: Vec<Row> = personal_data::table
        .filter(personal_data::owner_id.eq(owner))
        .order(personal_data::label)
        .select((
            personal_data::label,
            personal_data::data,
            personal_data::salt,
            personal_data::commitment,
            personal_data::erased_at,
        ))
        .load(conn)?;
    let piece = |(label, text, salt, commitment, erased_at): Row| Piece {
        label,
        text,
        salt,
        commitment,
        erased_at: erased_at.map(Ts::instant),
    };
    Ok(rows.into_iter().map(piece).collect())
}
