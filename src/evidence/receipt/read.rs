//! Reading what a receipt is made of.

use diesel::prelude::*;

use super::{Piece, Receipt};
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, events, personal_data},
        types::Ts,
    },
    domain::AcceptanceId,
    error::Error,
    id::Id,
};

type Row = (
    (String, Vec<u8>),
    Vec<u8>,
    (Id<()>, String, Vec<u8>, Vec<u8>),
);

/// What is kept of a tenant's acceptance.
///
/// # Errors
/// [`Error::NotFound`] for another tenant's.
pub fn read(conn: &mut DbConn, scope: TenantScope, id: AcceptanceId) -> Result<Receipt, Error> {
    let row: Row = acceptances::table
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
    let ((record, record_sha256), body, (event_id, event, previous, hash)) = row;
    Ok(Receipt {
        id,
        record,
        record_sha256,
        personal: pieces(conn, Id::from_uuid(id.uuid()))?,
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
