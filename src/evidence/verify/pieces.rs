//! Personal data beside evidence: each commitment has its row, and each row that isn't erased fits.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::Report;
use crate::{
    db::{
        DbConn,
        schema::{events, personal_data},
        types::Ts,
    },
    domain::event::EventKind,
    error::Error,
    evidence::personal::commitment,
    id::Id,
};

/// One row.
pub(super) struct Kept {
    label: String,
    data: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: Vec<u8>,
    erased: bool,
}

/// The rows of each piece of evidence.
pub(super) fn of(
    conn: &mut DbConn,
    owners: Vec<Id<()>>,
) -> Result<HashMap<uuid::Uuid, Vec<Kept>>, Error> {
    type Row = (
        Id<()>,
        String,
        Option<String>,
        Option<Vec<u8>>,
        Vec<u8>,
        Option<Ts>,
    );
    let rows: Vec<Row> = personal_data::table
        .filter(personal_data::owner_id.eq_any(owners))
        .select((
            personal_data::owner_id,
            personal_data::label,
            personal_data::data,
            personal_data::salt,
            personal_data::commitment,
            personal_data::erased_at,
        ))
        .load(conn)?;
    let mut by_owner: HashMap<uuid::Uuid, Vec<Kept>> = HashMap::new();
    for (owner, label, data, salt, commitment, erased_at) in rows {
        by_owner.entry(owner.uuid()).or_default().push(Kept {
            label,
            data,
            salt,
            commitment,
            erased: erased_at.is_some(),
        });
    }
    Ok(by_owner)
}

/// Checks the rows of one piece of evidence against its text.
pub(super) fn check(report: &mut Report, name: &str, json: &Value, kept: Option<&Vec<Kept>>) {
    let kept = kept.map(Vec::as_slice).unwrap_or_default();
    let promised = json.get("personal").and_then(Value::as_object);
    let known = |label: &str| promised.is_some_and(|promised| promised.contains_key(label));
    for row in kept.iter().filter(|row| !known(&row.label)) {
        let label = &row.label;
        report.wrong(
            name,
            &format!("it commits to no personal data ({label}) that is beside it"),
        );
    }
    for (label, hash) in promised.into_iter().flatten() {
        report.personal += 1;
        let Some(row) = kept.iter().find(|piece| piece.label == *label) else {
            report.wrong(name, &format!("its personal data ({label}) is missing"));
            continue;
        };
        let fits = Some(hex::encode(&row.commitment).as_str()) == hash.as_str();
        let whole = match (&row.data, &row.salt) {
            (Some(data), Some(salt)) => {
                !row.erased && commitment(salt, data).as_slice() == row.commitment
            }
            (None, None) => {
                report.erased += 1;
                row.erased
            }
            _ => false,
        };
        if !fits || !whole {
            report.wrong(name, &format!("its personal data ({label}) was changed"));
        }
    }
}

/// How many pieces are kept, for [`all`] to compare with at the end.
pub(super) fn count(conn: &mut DbConn) -> Result<u64, Error> {
    let count: i64 = personal_data::table.count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Checks that every piece that is kept was found beside evidence.
pub(super) fn all(report: &mut Report, kept: u64) {
    if kept > report.personal {
        let beside = kept - report.personal;
        report.wrong(
            "personal data",
            &format!("{beside} pieces are beside nothing"),
        );
    }
}

/// Checks that what is blank was erased: events of the installation tell of as much. What is erased
/// meanwhile is in these, since they are read last: it is no finding.
pub(super) fn erased(conn: &mut DbConn, report: &mut Report) -> Result<(), Error> {
    let blank: i64 = personal_data::table
        .filter(personal_data::data.is_null())
        .count()
        .get_result(conn)?;
    let events: Vec<String> = events::table
        .filter(events::kind.eq(EventKind::PersonErased))
        .filter(events::tenant_id.is_null())
        .select(events::canonical)
        .load(conn)?;
    let told = events.iter().filter_map(|event| {
        let event: Value = serde_json::from_str(event).ok()?;
        event.pointer("/facts/pieces")?.as_i64()
    });
    let told: i64 = told.sum();
    if blank > told {
        let what = format!("{blank} pieces are blank, and events tell of {told} that were erased");
        report.wrong("personal data", &what);
    }
    Ok(())
}
