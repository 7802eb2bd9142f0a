//! Acceptances and authorizations: their own text, the document, and the event they stand for.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{BATCH, Report, pieces};
use crate::{
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, authorizations, events},
    },
    domain::{EventId, TextId},
    error::Error,
    id::Id,
};

/// One record: its id, its event, its text, its hash, and the agreement's text that it accepted.
type Row = (Id<()>, EventId, String, Vec<u8>, Option<TextId>);

/// Checks all records, a batch at a time.
pub(super) fn check(conn: &mut DbConn, report: &mut Report) -> Result<(), Error> {
    let texts = texts(conn)?;
    let kinds: [(&str, Reading); 2] = [("acceptance", accepted), ("authorization", authorized)];
    for (kind, read) in kinds {
        let mut after = Id::from_uuid(uuid::Uuid::nil());
        loop {
            let rows = read(conn, after)?;
            let Some(last) = rows.last() else { break };
            after = last.0;
            batch(conn, report, kind, (&rows, &texts))?;
        }
    }
    Ok(())
}

type Reading = fn(&mut DbConn, Id<()>) -> Result<Vec<Row>, Error>;

fn accepted(conn: &mut DbConn, after: Id<()>) -> Result<Vec<Row>, Error> {
    Ok(acceptances::table
        .filter(acceptances::id.gt(after))
        .order(acceptances::id)
        .limit(BATCH)
        .select((
            acceptances::id,
            acceptances::event_id,
            acceptances::record,
            acceptances::record_sha256,
            acceptances::text_id.nullable(),
        ))
        .load(conn)?)
}

fn authorized(conn: &mut DbConn, after: Id<()>) -> Result<Vec<Row>, Error> {
    type Own = (Id<()>, EventId, String, Vec<u8>);
    let rows: Vec<Own> = authorizations::table
        .filter(authorizations::id.gt(after))
        .order(authorizations::id)
        .limit(BATCH)
        .select((
            authorizations::id,
            authorizations::event_id,
            authorizations::record,
            authorizations::record_sha256,
        ))
        .load(conn)?;
    let row = |(id, event, record, hash)| (id, event, record, hash, None);
    Ok(rows.into_iter().map(row).collect())
}

/// The hash of every text of an agreement, as its bytes are now: they are few, and each was accepted
/// often.
fn texts(conn: &mut DbConn) -> Result<HashMap<TextId, String>, Error> {
    let ids: Vec<TextId> = agreement_texts::table
        .select(agreement_texts::id)
        .load(conn)?;
    let mut hashes = HashMap::new();
    for id in ids {
        let body: Vec<u8> = agreement_texts::table
            .find(id)
            .select(agreement_texts::body)
            .first(conn)?;
        hashes.insert(id, hex::encode(Sha256::digest(body)));
    }
    Ok(hashes)
}

fn batch(
    conn: &mut DbConn,
    report: &mut Report,
    kind: &str,
    (rows, texts): (&[Row], &HashMap<TextId, String>),
) -> Result<(), Error> {
    let named: Vec<EventId> = rows.iter().map(|row| row.1).collect();
    let numbers: Vec<(EventId, i64)> = events::table
        .filter(events::id.eq_any(named))
        .select((events::id, events::number))
        .load(conn)?;
    let numbers: HashMap<EventId, i64> = numbers.into_iter().collect();
    let personal = pieces::of(conn, rows.iter().map(|row| row.0).collect())?;
    for (id, event, record, hash, text) in rows {
        report.records += 1;
        let name = format!("{kind} {id}");
        let json: Value = serde_json::from_str(record).unwrap_or_default();
        if let Some(text) = text {
            let promised = json.pointer("/document/sha256").and_then(Value::as_str);
            if promised != texts.get(text).map(String::as_str) {
                report.wrong(&name, "the text it accepted was changed");
            }
        }
        if Sha256::digest(record.as_bytes()).as_slice() != hash {
            report.wrong(&name, "its text doesn't fit its hash");
        }
        let number = numbers.get(event).copied();
        if number.is_none() || json.get("number").and_then(Value::as_i64) != number {
            report.wrong(&name, "its event is another one");
        }
        pieces::check(report, &name, &json, personal.get(&id.uuid()));
    }
    Ok(())
}
