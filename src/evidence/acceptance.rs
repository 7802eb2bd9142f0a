//! Recording that an agreement was accepted, and that an invitation was: the same evidence for
//! both.

use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    agreement::{Text, Version},
    chain::{self, Appended, NewEvent, actor_data},
    claims,
    personal::{Owner, Piece, canonical},
};
use crate::{
    access::{
        acting::TenantFacts,
        guards::{BillingAdmin, Guard},
    },
    db::{
        DbConn,
        schema::{acceptances, authorizations},
        types::Ts,
    },
    domain::{
        AcceptanceId, AuthorizationId, Instant, InvitationId, PartnerId, RelationshipId,
        acceptance::{ACT_BUTTON, ACT_CHECKBOX_AND_BUTTON, AUTHENTICATED_BY_PASSWORD, RecordKind},
        event::EventKind,
        grant::Grant,
        relationship::RelationshipType,
    },
    error::Error,
    id::Id,
};

/// What the person saw and did, word for word.
#[derive(Debug, Clone)]
pub struct Act {
    /// The words of the button.
    pub control: String,
    /// The words beside the box, by which the person states the authority to accept. Empty where
    /// no box was shown.
    pub statement: String,
    /// The language of the page, in which both were read. The agreement's text may be in another
    /// one, where it has none in this: the record names both.
    pub language: crate::domain::Language,
}

/// The part of both records that says who, how and where from.
fn common(
    by: &BillingAdmin,
    tenant: &TenantFacts,
    act: &Act,
    event: Appended,
) -> Map<String, Value> {
    let acting = by.acting();
    let value = json!({
        "tenant": { "id": tenant.id, "name": tenant.name, "kind": tenant.kind, "country": tenant.country },
        "person": acting.person,
        "membership": acting.membership,
        "email_verified": acting.email_verified,
        "roles": acting.roles,
        "authenticated_by": AUTHENTICATED_BY_PASSWORD,
        "authenticated_at": Ts::from(acting.authenticated_at).text(),
        "at": event.at.text(),
        "number": event.number,
        "event": event.id,
        "request": acting.origin.request_id.to_string(),
        "control": act.control,
        "statement": act.statement,
        "act": if act.statement.is_empty() { ACT_BUTTON } else { ACT_CHECKBOX_AND_BUTTON },
        "page_language": act.language,
        "signature": "simple electronic signature",
        "application": concat!("entente ", env!("CARGO_PKG_VERSION")),
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn document(version: &Version, text: &Text) -> Value {
    json!({
        "agreement": version.agreement,
        "version": version.id,
        "version_number": version.number,
        "dated": version.dated,
        "title": text.title,
        "language": text.language,
        "media_type": text.media_type,
        "size": text.body.len(),
        "sha256": text.sha256_hex(),
    })
}

/// Seals a record: with its commitment to the personal data, and its own hash, which its event names.
fn seal(mut record: Map<String, Value>, piece: &Piece) -> (String, Vec<u8>) {
    record.insert("personal".into(), json!({ "actor": piece.commitment() }));
    let text = canonical(&Value::Object(record));
    let hash = Sha256::digest(text.as_bytes()).to_vec();
    (text, hash)
}

/// What is accepted: a text, alone or together with an invitation and the roles that it grants.
#[derive(Debug, Clone)]
pub struct Accepted<'a> {
    /// The version.
    pub version: &'a Version,
    /// The text that was shown.
    pub text: &'a Text,
    /// The invitation accepted in the same act.
    pub invitation: Option<InvitationId>,
    /// The roles granted in the same act, with their end.
    pub grants: &'a [Grant],
}

fn granted(grants: &[Grant]) -> Vec<Value> {
    let told = |grant: &Grant| {
        json!({
            "id": grant.id,
            "role": grant.role,
            "from": Ts::from(grant.starts_at).text(),
            "until": Ts::from(grant.ends_at).text(),
        })
    };
    grants.iter().map(told).collect()
}

/// Refuses a text that isn't the one that was published, and sounds the alarm.
fn intact(text: &Text) -> Result<(), Error> {
    if text.is_intact() {
        return Ok(());
    }
    tracing::error!(text = %text.id, "ALARM: a published agreement's bytes differ from their hash");
    Err(Error::Conflict(
        "the text of the agreement is damaged".into(),
    ))
}

/// Records that the agreement was accepted for the tenant, with its event.
///
/// # Errors
/// [`Error::Conflict`] where the stored text isn't the one that was published, or where this very
/// version was accepted a moment ago; then nothing is written.
pub fn record_acceptance(
    conn: &mut DbConn,
    by: &BillingAdmin,
    what: &Accepted<'_>,
    act: &Act,
    now: Instant,
) -> Result<AcceptanceId, Error> {
    let Accepted {
        version,
        text,
        invitation,
        grants,
    } = *what;
    intact(text)?;
    let (acting, tenant) = (by.acting(), by.tenant()?);
    let confirmed = claims::confirm(conn, (acting, by.scope()), version.agreement, now)?;
    let place = chain::place(conn, Some(tenant.id), now)?;
    let id: AcceptanceId = Id::at(now);
    let piece = Piece::new("actor", Some(acting.person), &actor_data(acting))?;
    let mut record = common(by, tenant, act, place.next());
    record.insert("format".into(), json!(RecordKind::Acceptance.format()));
    record.insert("id".into(), json!(id));
    record.insert("invitation".into(), json!(invitation));
    record.insert("document".into(), document(version, text));
    record.insert("grants".into(), Value::from(granted(grants)));
    let (record, hash) = seal(record, &piece);
    let facts = json!({
        "document": document(version, text),
        "tenant": tenant.name,
        "record": hex::encode(&hash),
    });
    let event = NewEvent {
        invitation,
        ..NewEvent::by(acting, EventKind::AgreementAccepted, facts)
    };
    let event = chain::append_at(conn, place, &event, now)?;
    diesel::insert_into(acceptances::table)
        .values((
            acceptances::id.eq(id),
            acceptances::tenant_id.eq(tenant.id),
            acceptances::agreement_id.eq(version.agreement),
            acceptances::version_id.eq(version.id),
            acceptances::text_id.eq(text.id),
            acceptances::membership_id.eq(acting.membership),
            acceptances::invitation_id.eq(invitation),
            acceptances::event_id.eq(event.id),
            acceptances::accepted_at.eq(event.at),
            acceptances::record.eq(&record),
            acceptances::record_sha256.eq(&hash),
        ))
        .execute(conn)?;
    piece.keep(conn, Owner::Acceptance, id.uuid(), now)?;
    for event in confirmed {
        chain::append(conn, &event, now)?;
    }
    Ok(id)
}

/// What was granted by accepting an invitation.
#[derive(Debug, Clone)]
pub struct Authorized<'a> {
    /// The invitation.
    pub invitation: InvitationId,
    /// The partner, with its name and number at that moment.
    pub partner: (PartnerId, &'a str, &'a str),
    /// The relationship that it made or joined.
    pub relationship: RelationshipId,
    /// Its type.
    pub relationship_type: RelationshipType,
    /// The roles, with their end.
    pub grants: &'a [Grant],
    /// The acceptance that it relies upon.
    pub acceptance: AcceptanceId,
    /// The agreement's version and text that hold.
    pub document: (&'a Version, &'a Text),
}

/// Records that an invitation was accepted, with its event.
///
/// # Errors
/// [`Error::Conflict`] where the stored text of the agreement isn't the one that was published: the
/// record would name a hash that nothing has; then nothing is written.
pub fn record_authorization(
    conn: &mut DbConn,
    by: &BillingAdmin,
    what: &Authorized<'_>,
    act: &Act,
    now: Instant,
) -> Result<AuthorizationId, Error> {
    intact(what.document.1)?;
    let (acting, tenant) = (by.acting(), by.tenant()?);
    let (partner, partner_name, partner_number) = what.partner;
    let grants = granted(what.grants);
    let place = chain::place(conn, Some(tenant.id), now)?;
    let id: AuthorizationId = Id::at(now);
    let piece = Piece::new("actor", Some(acting.person), &actor_data(acting))?;
    let mut record = common(by, tenant, act, place.next());
    record.insert("format".into(), json!(RecordKind::Authorization.format()));
    record.insert("id".into(), json!(id));
    record.insert("invitation".into(), json!(what.invitation));
    record.insert(
        "partner".into(),
        json!({ "id": partner, "name": partner_name, "number": partner_number }),
    );
    record.insert("relationship".into(), json!(what.relationship));
    record.insert("type".into(), json!(what.relationship_type));
    record.insert("grants".into(), Value::from(grants.clone()));
    record.insert("acceptance".into(), json!(what.acceptance));
    record.insert(
        "document".into(),
        document(what.document.0, what.document.1),
    );
    let (record, hash) = seal(record, &piece);
    let facts = json!({
        "partner_name": partner_name,
        "type": what.relationship_type,
        "grants": grants,
        "acceptance": what.acceptance,
        "record": hex::encode(&hash),
    });
    let event = NewEvent {
        partner: Some(partner),
        relationship: Some(what.relationship),
        invitation: Some(what.invitation),
        ..NewEvent::by(acting, EventKind::InvitationAccepted, facts)
    };
    let event = chain::append_at(conn, place, &event, now)?;
    diesel::insert_into(authorizations::table)
        .values((
            authorizations::id.eq(id),
            authorizations::tenant_id.eq(tenant.id),
            authorizations::invitation_id.eq(what.invitation),
            authorizations::relationship_id.eq(what.relationship),
            authorizations::acceptance_id.eq(what.acceptance),
            authorizations::membership_id.eq(acting.membership),
            authorizations::event_id.eq(event.id),
            authorizations::authorized_at.eq(event.at),
            authorizations::record.eq(&record),
            authorizations::record_sha256.eq(&hash),
        ))
        .execute(conn)?;
    piece.keep(conn, Owner::Authorization, id.uuid(), now)?;
    Ok(id)
}
