//! Records as they are handed over: with what they commit to, so that whoever has them can check
//! them without us.

use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    db::{
        DbConn,
        schema::{acceptances, authorizations, personal_data},
    },
    domain::acceptance::RecordKind,
    error::Error,
    evidence::agreement::body_named,
    id::Id,
};

/// How many records are read at once.
const BATCH: i64 = 200;

type PieceRow = (String, Option<String>, Option<Vec<u8>>, Vec<u8>);
type Row = (Id<()>, String, Vec<u8>);

/// The next records after one, in the order of their ids, each as one object: the record as it was
/// sealed, its hash, the personal data it commits to, and the hash of the agreement's bytes as they
/// are now.
///
/// # Errors
/// The database's.
pub fn batch(
    conn: &mut DbConn,
    kind: RecordKind,
    after: Option<Id<()>>,
) -> Result<Vec<(Id<()>, Value)>, Error> {
    let after = after.unwrap_or(Id::from_uuid(uuid::Uuid::nil()));
    let rows: Vec<Row> = match kind {
        RecordKind::Acceptance => acceptances::table
            .filter(acceptances::id.gt(after))
            .order(acceptances::id)
            .limit(BATCH)
            .select((
                acceptances::id,
                acceptances::record,
                acceptances::record_sha256,
            ))
            .load(conn)?,
        RecordKind::Authorization => authorizations::table
            .filter(authorizations::id.gt(after))
            .order(authorizations::id)
            .limit(BATCH)
            .select((
                authorizations::id,
                authorizations::record,
                authorizations::record_sha256,
            ))
            .load(conn)?,
    };
    let told = |row| one(conn, kind, row);
    rows.into_iter().map(told).collect()
}

fn one(
    conn: &mut DbConn,
    kind: RecordKind,
    (id, record, hash): Row,
) -> Result<(Id<()>, Value), Error> {
    let personal: Vec<PieceRow> = personal_data::table
        .filter(personal_data::owner_id.eq(id))
        .order(personal_data::label)
        .select((
            personal_data::label,
            personal_data::data,
            personal_data::salt,
            personal_data::commitment,
        ))
        .load(conn)?;
    let personal: Vec<Value> = personal
        .into_iter()
        .map(|(label, data, salt, commitment)| {
            json!({
                "label": label,
                "erased": data.is_none(),
                "data": data.as_deref().map(parsed),
                "text": data,
                "salt": salt.map(hex::encode),
                "commitment": hex::encode(commitment),
            })
        })
        .collect();
    let json = parsed(&record);
    let body = body_named(conn, &json)?;
    let exported = json!({
        "kind": kind.as_str(),
        "id": id,
        "record": json,
        "record_text": record,
        "record_sha256": hex::encode(hash),
        "personal": personal,
        "agreement_text_sha256": body.map(|body| hex::encode(Sha256::digest(body))),
    });
    Ok((id, exported))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}
