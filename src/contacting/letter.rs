//! The mails: that somebody wrote, to the partner; that it declined, to whoever wrote.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::message::Message;
use crate::{
    db::{
        DbConn,
        schema::{contact_messages, contact_requests, partners, tenants},
        types::Ts,
    },
    directory::contact_address,
    domain::{
        ContactRequestId, Instant, InvitationId, Language, PartnerId, TenantId,
        contact_request::{ContactRequestState, DAYS_TO_ANSWER},
        membership::Side,
        name::Name,
        text::FreeText,
    },
    error::Error,
    evidence::recipient,
    work::outbox::{self, MailKind, NewMail, Waiting},
};

/// Tells a partner that somebody wrote: at the address of its profile, or else as it is told of
/// everything. One address each, so that a message is no way to fill many mailboxes.
///
/// # Errors
/// The database's.
pub(super) fn requested(
    conn: &mut DbConn,
    (request, partner, tenant): (ContactRequestId, PartnerId, Option<TenantId>),
    message: &Message,
    now: Instant,
) -> Result<(), Error> {
    let Some(to) = recipient::partner_side(conn, partner)? else {
        return Ok(());
    };
    let email = contact_address(conn, partner)?.unwrap_or(to.email);
    let tenant_name: Option<String> = match tenant {
        Some(tenant) => Some(
            tenants::table
                .find(tenant)
                .select(tenants::name)
                .first(conn)?,
        ),
        None => None,
    };
    let organization = message.organization.as_ref().map(Name::as_str);
    let facts = json!({
        "request": request,
        "tenant_name": tenant_name,
        "organization": organization.filter(|_| tenant.is_none()),
        "sender": message.name.as_str(),
        "message": message.need.as_str(),
        "size": message.size,
        "start": message.start,
        "until": Ts::from(now + TimeDelta::days(DAYS_TO_ANSWER)).text(),
        "side": Side::Partner,
    });
    let mail = NewMail {
        kind: MailKind::ContactRequest,
        recipient: &email,
        language: to.language,
        tenant,
        partner: Some(partner),
        invitation: None,
        relationship: None,
        person: None,
        facts,
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
}

type Asker = (Option<String>, Language, Option<TenantId>);

/// Tells whoever wrote that the partner declined. Where it was erased, nobody is told.
///
/// # Errors
/// The database's.
pub(super) fn declined(
    conn: &mut DbConn,
    (request, partner): (ContactRequestId, PartnerId),
    reason: &FreeText,
    now: Instant,
) -> Result<(), Error> {
    let (email, language, tenant): Asker = contact_requests::table
        .inner_join(contact_messages::table)
        .filter(contact_requests::id.eq(request))
        .select((
            contact_messages::email,
            contact_messages::language,
            contact_messages::tenant_id,
        ))
        .first(conn)?;
    let Some(email) = email else { return Ok(()) };
    let name: String = partners::table
        .find(partner)
        .select(partners::name)
        .first(conn)?;
    let mail = NewMail {
        kind: MailKind::ContactDeclined,
        recipient: &email,
        language,
        tenant,
        partner: Some(partner),
        invitation: None,
        relationship: None,
        person: None,
        facts: json!({
            "request": request,
            "partner_name": name,
            "reason": reason.as_str(),
            "side": tenant.map(|_| Side::Tenant),
        }),
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
}

/// Where the mail of an invitation goes that answers a request: to whoever wrote.
///
/// # Errors
/// The database's.
pub fn asker_of(conn: &mut DbConn, invitation: InvitationId) -> Result<Option<String>, Error> {
    let email: Option<Option<String>> = contact_requests::table
        .inner_join(contact_messages::table)
        .filter(contact_requests::invitation_id.eq(invitation))
        .select(contact_messages::email)
        .first(conn)
        .optional()?;
    Ok(email.flatten())
}

/// Whether a mail's request still waits for its partner, and the partner may still answer.
///
/// # Errors
/// The database's.
pub fn still_waits(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let id = mail.facts.get("request").and_then(|id| id.as_str());
    let Some(id) = id.and_then(|id| id.parse::<ContactRequestId>().ok()) else {
        return Ok(false);
    };
    let waits: i64 = contact_requests::table
        .inner_join(partners::table)
        .filter(contact_requests::id.eq(id))
        .filter(contact_requests::state.eq(ContactRequestState::New))
        .filter(contact_requests::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(waits > 0)
}
