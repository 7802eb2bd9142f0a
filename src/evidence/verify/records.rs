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
    domain::{
        AcceptanceId, AgreementId, EventId, InvitationId, Language, MembershipId, RelationshipId,
        TenantId, TextId, VersionId, event::EventKind,
    },
    error::Error,
    evidence::bound,
    id::Id,
};

/// One record: its id, its event, its text, its hash, and what its columns say.
type Row = ((Id<()>, EventId, String, Vec<u8>), Columns);

/// What the columns of a record say, by which pages find it.
#[derive(Clone, Copy)]
struct Columns {
    at: Ts,
    tenant: TenantId,
    membership: MembershipId,
    invitation: Option<InvitationId>,
    of: Of,
}

/// What only one of the two kinds has.
#[derive(Clone, Copy)]
enum Of {
    /// The text, its version and its agreement.
    Acceptance(TextId, VersionId, AgreementId),
    /// The relationship, and the acceptance that it relied upon.
    Authorization(RelationshipId, AcceptanceId),
}

/// Every text of an agreement: the hash of its bytes as they are now, its version and its language.
type Texts = HashMap<TextId, (String, VersionId, Language)>;

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

type Own = (Id<()>, EventId, String, Vec<u8>);
type Common = (Ts, TenantId, MembershipId, Option<InvitationId>);

fn row(own: Own, (at, tenant, membership, invitation): Common, of: Of) -> Row {
    let columns = Columns {
        at,
        tenant,
        membership,
        invitation,
        of,
    };
    (own, columns)
}

fn accepted(conn: &mut DbConn, after: Id<()>) -> Result<Vec<Row>, Error> {
    let rows: Vec<(Own, Common, (TextId, VersionId, AgreementId))> = acceptances::table
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
            (
                acceptances::accepted_at,
                acceptances::tenant_id,
                acceptances::membership_id,
                acceptances::invitation_id,
            ),
            (
                acceptances::text_id,
                acceptances::version_id,
                acceptances::agreement_id,
            ),
        ))
        .load(conn)?;
    let of = |(own, common, (text, version, agreement))| {
        row(own, common, Of::Acceptance(text, version, agreement))
    };
    Ok(rows.into_iter().map(of).collect())
}

fn authorized(conn: &mut DbConn, after: Id<()>) -> Result<Vec<Row>, Error> {
    let rows: Vec<(Own, Common, (RelationshipId, AcceptanceId))> = authorizations::table
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
            (
                authorizations::relationship_id,
                authorizations::acceptance_id,
            ),
        ))
        .load(conn)?;
    let of = |(own, common, (relationship, acceptance))| {
        row(own, common, Of::Authorization(relationship, acceptance))
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The hash of every text of an agreement, as its bytes are now: they are few, and each was accepted
/// often.
fn texts(conn: &mut DbConn) -> Result<Texts, Error> {
    let ids: Vec<TextId> = agreement_texts::table
        .select(agreement_texts::id)
        .load(conn)?;
    let mut hashes = HashMap::new();
    for id in ids {
        let (body, version, language): (Vec<u8>, VersionId, Language) = agreement_texts::table
            .find(id)
            .select((
                agreement_texts::body,
                agreement_texts::version_id,
                agreement_texts::language,
            ))
            .first(conn)?;
        hashes.insert(id, (hex::encode(Sha256::digest(body)), version, language));
    }
    Ok(hashes)
}

fn batch(
    conn: &mut DbConn,
    report: &mut Report,
    (name, kind): (&str, EventKind),
    (rows, texts): (&[Row], &Texts),
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
    for ((id, event, record, hash), columns) in rows {
        report.records += 1;
        let name = format!("{name} {id}");
        let json: Value = serde_json::from_str(record).unwrap_or_default();
        if let Of::Acceptance(text, ..) = columns.of {
            let promised = json.pointer("/document/sha256").and_then(Value::as_str);
            if promised != texts.get(&text).map(|(hash, ..)| hash.as_str()) {
                report.wrong(&name, "the text it accepted was changed");
            }
        }
        let sha256 = Sha256::digest(record.as_bytes());
        if sha256.as_slice() != hash {
            report.wrong(&name, "its text doesn't fit its hash");
        }
        if !says(&json, *columns, texts) {
            report.wrong(&name, "its columns differ from its text");
        }
        match told.get(event) {
            None => report.wrong(&name, "its event is missing"),
            Some(event) => {
                let event: Value = serde_json::from_str(event).unwrap_or_default();
                let sealed = (&json, hex::encode(sha256));
                report.unnamed += u64::from(event.pointer("/facts/record").is_none());
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
fn says(json: &Value, columns: Columns, texts: &Texts) -> bool {
    let says = |pointer: &str, id: String| {
        json.pointer(pointer).and_then(Value::as_str) == Some(id.as_str())
    };
    let own = match columns.of {
        Of::Acceptance(text, version, agreement) => {
            let of_text = texts.get(&text).is_some_and(|(_, of, language)| {
                *of == version && says("/document/language", language.to_string())
            });
            of_text
                && says("/document/version", version.to_string())
                && says("/document/agreement", agreement.to_string())
        }
        Of::Authorization(relationship, acceptance) => {
            says("/relationship", relationship.to_string())
                && says("/acceptance", acceptance.to_string())
        }
    };
    own && says("/at", columns.at.text())
        && says("/tenant/id", columns.tenant.to_string())
        && says("/membership", columns.membership.to_string())
        && json.get("invitation") == Some(&json!(columns.invitation))
}
