//! Acceptances and authorizations: their own text, the document, and the event they stand for.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{BATCH, Report, grants, pieces};
use crate::{
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, authorizations, events},
        types::Ts,
    },
    domain::{EventId, InvitationId, MembershipId, TenantId, TextId, event::EventKind},
    error::Error,
    evidence::bound,
    id::Id,
};

/// One record: its id, its event, its text, its hash, the agreement's text that it accepted, and
/// what its columns say.
type Row = (
    (Id<()>, EventId, String, Vec<u8>),
    Option<TextId>,
    (Ts, TenantId, MembershipId, Option<InvitationId>),
);

/// Checks all records, a batch at a time.
pub(super) fn check(conn: &mut DbConn, report: &mut Report) -> Result<(), Error> {
    let texts = texts(conn)?;
    let kinds: [(&str, EventKind, Reading); 2] = [
        ("acceptance", EventKind::AgreementAccepted, accepted),
        ("authorization", EventKind::InvitationAccepted, authorized),
    ];
    for (name, kind, read) in kinds {
        let mut after = Id::from_uuid(uuid::Uuid::nil());
        loop {
            let rows = read(conn, after)?;
            let Some(last) = rows.last() else { break };
            after = last.0.0;
            batch(conn, report, (name, kind), (&rows, &texts))?;
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
            (
                acceptances::id,
                acceptances::event_id,
                acceptances::record,
                acceptances::record_sha256,
            ),
            acceptances::text_id.nullable(),
            (
                acceptances::accepted_at,
                acceptances::tenant_id,
                acceptances::membership_id,
                acceptances::invitation_id,
            ),
        ))
        .load(conn)?)
}

fn authorized(conn: &mut DbConn, after: Id<()>) -> Result<Vec<Row>, Error> {
    type Own = (
        (Id<()>, EventId, String, Vec<u8>),
        (Ts, TenantId, MembershipId, Option<InvitationId>),
    );
    let rows: Vec<Own> = authorizations::table
        .filter(authorizations::id.gt(after))
        .order(authorizations::id)
        .limit(BATCH)
        .select((
            (
                authorizations::id,
                authorizations::event_id,
                authorizations::record,
                authorizations::record_sha256,
            ),
            (
                authorizations::authorized_at,
                authorizations::tenant_id,
                authorizations::membership_id,
                authorizations::invitation_id.nullable(),
            ),
        ))
        .load(conn)?;
    let row = |(own, columns)| (own, None, columns);
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
    (name, kind): (&str, EventKind),
    (rows, texts): (&[Row], &HashMap<TextId, String>),
) -> Result<(), Error> {
    let named: Vec<EventId> = rows.iter().map(|row| row.0.1).collect();
    let told: Vec<(EventId, String)> = events::table
        .filter(events::id.eq_any(named))
        .select((events::id, events::canonical))
        .load(conn)?;
    let told: HashMap<EventId, String> = told.into_iter().collect();
    let ids: Vec<Id<()>> = rows.iter().map(|row| row.0.0).collect();
    let personal = pieces::of(conn, ids.clone())?;
    let given = match kind {
        EventKind::InvitationAccepted => Some(grants::of(conn, ids)?),
        _ => None,
    };
    for ((id, event, record, hash), text, columns) in rows {
        report.records += 1;
        let name = format!("{name} {id}");
        let json: Value = serde_json::from_str(record).unwrap_or_default();
        if let Some(text) = text {
            let promised = json.pointer("/document/sha256").and_then(Value::as_str);
            if promised != texts.get(text).map(String::as_str) {
                report.wrong(&name, "the text it accepted was changed");
            }
        }
        let sha256 = Sha256::digest(record.as_bytes());
        if sha256.as_slice() != hash {
            report.wrong(&name, "its text doesn't fit its hash");
        }
        if !says(&json, *columns) {
            report.wrong(&name, "its columns differ from its text");
        }
        match told.get(event) {
            None => report.wrong(&name, "its event is missing"),
            Some(event) => {
                let event: Value = serde_json::from_str(event).unwrap_or_default();
                let sealed = (&json, hex::encode(sha256));
                if let Some(what) = bound::differs(kind, (sealed.0, &sealed.1), &event) {
                    report.wrong(&name, &format!("its event tells otherwise of {what}"));
                }
            }
        }
        if let Some(given) = &given {
            grants::check(report, &name, (*id, &json), given);
        }
        pieces::check(report, &name, &json, personal.get(&id.uuid()));
    }
    Ok(())
}

/// Whether a record's text says what its columns say.
fn says(
    json: &Value,
    (at, tenant, membership, invitation): (Ts, TenantId, MembershipId, Option<InvitationId>),
) -> bool {
    let id = |id: String| Some(Value::from(id));
    json.get("at") == Some(&Value::from(at.text()))
        && json.pointer("/tenant/id").cloned() == id(tenant.to_string())
        && json.get("membership").cloned() == id(membership.to_string())
        && json.get("invitation") == Some(&json!(invitation))
}
