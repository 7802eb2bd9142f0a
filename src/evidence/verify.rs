//! Verifying evidence: every chain from its first event to its head, and every record.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{chain::link, personal::commitment};
use crate::{
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, authorizations, chains, events, personal_data},
        types::Ts,
    },
    domain::{ChainId, EventId, TextId},
    error::Error,
    id::Id,
};

/// How many events are read at once.
const BATCH: i64 = 500;

/// What verifying found.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Report {
    /// How many chains there are.
    pub chains: u64,
    /// How many events were checked.
    pub events: u64,
    /// How many acceptances and authorizations were checked.
    pub records: u64,
    /// How many pieces of personal data were checked.
    pub personal: u64,
    /// How many of them have been erased.
    pub erased: u64,
    /// Everything that is not as it was written.
    pub problems: Vec<String>,
}

/// Checks everything.
///
/// # Errors
/// The database's. What is wrong with the evidence is in the report.
pub fn verify(conn: &mut DbConn) -> Result<Report, Error> {
    let mut report = Report::default();
    let heads: Vec<(ChainId, String, i64, Vec<u8>)> = chains::table
        .order(chains::name)
        .select((
            chains::id,
            chains::name,
            chains::head_number,
            chains::head_hash,
        ))
        .load(conn)?;
    for (id, name, number, hash) in heads {
        report.chains += 1;
        chain(conn, &mut report, id, &name, number, &hash)?;
    }
    records(conn, &mut report)?;
    Ok(report)
}

type EventRow = (EventId, i64, Ts, String, String, Vec<u8>, Vec<u8>);

fn chain(
    conn: &mut DbConn,
    report: &mut Report,
    id: ChainId,
    name: &str,
    head: i64,
    head_hash: &[u8],
) -> Result<(), Error> {
    let (mut last, mut hash) = (0_i64, vec![0_u8; 32]);
    loop {
        let rows: Vec<EventRow> = events::table
            .filter(events::chain_id.eq(id))
            .filter(events::number.gt(last))
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
            ))
            .load(conn)?;
        if rows.is_empty() {
            break;
        }
        let owners: Vec<Id<()>> = rows.iter().map(|row| Id::from_uuid(row.0.uuid())).collect();
        let personal = pieces(conn, &owners)?;
        for (event, number, at, kind, text, previous, own) in rows {
            report.events += 1;
            let mut wrong = |what: &str| {
                report
                    .problems
                    .push(format!("{name}: event {number}: {what}"));
            };
            if number != last + 1 {
                wrong(&format!("follows event {last}: one is missing"));
            }
            if previous != hash {
                wrong("doesn't follow the event before it");
            }
            if link(&previous, &text).as_slice() != own {
                wrong("its text doesn't fit its hash");
            }
            let json: Value = serde_json::from_str(&text).unwrap_or_default();
            let same = json.get("id") == Some(&Value::from(event.to_string()))
                && json.get("number") == Some(&Value::from(number))
                && json.get("kind") == Some(&Value::from(kind))
                && json.get("at") == Some(&Value::from(at.text()));
            if !same {
                wrong("its columns differ from its text");
            }
            commitments(
                report,
                &format!("{name}: event {number}"),
                &json,
                personal.get(&event.uuid()),
            );
            (last, hash) = (number, own);
        }
    }
    if last != head || hash != head_hash {
        report.problems.push(format!(
            "{name}: ends at event {last}, its head says {head}"
        ));
    }
    Ok(())
}

struct Kept {
    label: String,
    data: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: Vec<u8>,
}

fn pieces(conn: &mut DbConn, owners: &[Id<()>]) -> Result<HashMap<uuid::Uuid, Vec<Kept>>, Error> {
    type Row = (Id<()>, String, Option<String>, Option<Vec<u8>>, Vec<u8>);
    let rows: Vec<Row> = personal_data::table
        .filter(personal_data::owner_id.eq_any(owners.to_vec()))
        .select((
            personal_data::owner_id,
            personal_data::label,
            personal_data::data,
            personal_data::salt,
            personal_data::commitment,
        ))
        .load(conn)?;
    let mut by_owner: HashMap<uuid::Uuid, Vec<Kept>> = HashMap::new();
    for (owner, label, data, salt, commitment) in rows {
        by_owner.entry(owner.uuid()).or_default().push(Kept {
            label,
            data,
            salt,
            commitment,
        });
    }
    Ok(by_owner)
}

/// Each commitment in the text has its row, and each row that isn't erased fits it.
fn commitments(report: &mut Report, name: &str, json: &Value, kept: Option<&Vec<Kept>>) {
    let none = Vec::new();
    let kept = kept.unwrap_or(&none);
    let Some(promised) = json.get("personal").and_then(Value::as_object) else {
        return;
    };
    for (label, hash) in promised {
        report.personal += 1;
        let row = kept.iter().find(|piece| piece.label == *label);
        let Some(row) = row else {
            report
                .problems
                .push(format!("{name}: its personal data ({label}) is missing"));
            continue;
        };
        let fits = Some(hex::encode(&row.commitment).as_str()) == hash.as_str();
        let whole = if let (Some(data), Some(salt)) = (&row.data, &row.salt) {
            commitment(salt, data).as_slice() == row.commitment
        } else {
            report.erased += 1;
            true
        };
        if !fits || !whole {
            report
                .problems
                .push(format!("{name}: its personal data ({label}) was changed"));
        }
    }
}

fn records(conn: &mut DbConn, report: &mut Report) -> Result<(), Error> {
    type Row = (Id<()>, EventId, String, Vec<u8>);
    type AcceptedRow = (Id<()>, EventId, String, Vec<u8>, TextId);
    let accepted: Vec<AcceptedRow> = acceptances::table
        .select((
            acceptances::id,
            acceptances::event_id,
            acceptances::record,
            acceptances::record_sha256,
            acceptances::text_id,
        ))
        .load(conn)?;
    let authorized: Vec<Row> = authorizations::table
        .select((
            authorizations::id,
            authorizations::event_id,
            authorizations::record,
            authorizations::record_sha256,
        ))
        .load(conn)?;
    for (id, _, record, _, text) in &accepted {
        let bytes: Option<Vec<u8>> = agreement_texts::table
            .find(*text)
            .select(agreement_texts::body)
            .first(conn)
            .optional()?;
        let json: Value = serde_json::from_str(record).unwrap_or_default();
        let promised = json.pointer("/document/sha256").and_then(Value::as_str);
        let found = bytes.map(|bytes| hex::encode(Sha256::digest(bytes)));
        if promised != found.as_deref() {
            report
                .problems
                .push(format!("acceptance {id}: the text it accepted was changed"));
        }
    }
    let accepted = accepted
        .into_iter()
        .map(|(id, event, record, hash, _)| ("acceptance", (id, event, record, hash)));
    let authorized = authorized.into_iter().map(|row| ("authorization", row));
    for (kind, (id, event, record, hash)) in accepted.chain(authorized) {
        report.records += 1;
        let name = format!("{kind} {id}");
        let json: Value = serde_json::from_str(&record).unwrap_or_default();
        if Sha256::digest(record.as_bytes()).as_slice() != hash {
            report
                .problems
                .push(format!("{name}: its text doesn't fit its hash"));
        }
        let numbered: Option<i64> = events::table
            .find(event)
            .select(events::number)
            .first(conn)
            .optional()?;
        if numbered.is_none() || json.get("number").and_then(Value::as_i64) != numbered {
            report
                .problems
                .push(format!("{name}: its event is another one"));
        }
        let kept = pieces(conn, &[id])?;
        commitments(report, &name, &json, kept.get(&id.uuid()));
    }
    Ok(())
}
