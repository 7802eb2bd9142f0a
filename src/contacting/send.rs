//! Sending: the message, a request for each partner, a mail to each, and the events.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::{
    budget, letter,
    message::{Message, Writer},
};
use crate::{
    db::{
        DbConn,
        schema::{contact_messages, contact_requests},
        types::Ts,
    },
    directory::listed,
    domain::{
        ContactMessageId, ContactRequestId, Instant, PartnerId, TenantId,
        contact_request::{ContactRequestState, DAYS_TO_ANSWER, Start},
        directory::Size,
        event::EventKind,
        name::Name,
        phone::Phone,
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    id::Id,
    on_each,
    web::now::Clock,
};

/// What became of a form that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Sending {
    /// It is sent, now or by the first of two clicks.
    Sent,
    /// Something else was sent by the same form before.
    UsedBefore,
    /// None of the partners can be written to.
    ToNobody,
}

/// Sends a message. Partners that aren't listed are left out, whatever the reason.
///
/// # Errors
/// [`Error::TooMany`] where a budget is spent; then nothing is written.
pub fn send(
    conn: &mut DbConn,
    writer: &Writer,
    message: &Message,
    clock: &Clock,
) -> Result<Sending, Error> {
    let partners = listed(conn, &message.partners)?;
    if partners.is_empty() {
        return Ok(Sending::ToNobody);
    }
    let ids: Vec<PartnerId> = partners.iter().map(|one| one.id).collect();
    let now = clock.now();
    let tenant = writer.administrator().and_then(|by| by.tenant.as_ref());
    let tenant = tenant.map(|tenant| tenant.id);
    if !insert(conn, (writer, tenant), message, now)? {
        return Ok(if was_sent(conn, tenant, message, &ids)? {
            Sending::Sent
        } else {
            Sending::UsedBefore
        });
    }
    let from = (writer.origin().client, &message.email);
    budget::count(conn, from, &ids, now)?;
    let mut events = Vec::new();
    for partner in partners {
        let request = ask(conn, (message.id, partner.id, tenant), now)?;
        letter::requested(conn, (request, partner.id, tenant), message, now)?;
        let facts = json!({
            "partner_name": partner.name,
            "request": request,
            "message": message.id,
        });
        events.push(NewEvent {
            actor: writer.actor(message),
            tenant,
            partner: Some(partner.id),
            ..NewEvent::by_command(EventKind::ContactRequested, facts)
        });
    }
    for event in events {
        chain::append(conn, &event, now)?;
    }
    Ok(Sending::Sent)
}

/// Keeps the message; false where one came by the same form before.
fn insert(
    conn: &mut DbConn,
    (writer, tenant): (&Writer, Option<TenantId>),
    message: &Message,
    now: Instant,
) -> Result<bool, Error> {
    let organization = message.organization.as_ref().filter(|_| tenant.is_none());
    let row = (
        (
            contact_messages::id.eq(message.id),
            contact_messages::tenant_id.eq(tenant),
            contact_messages::membership_id.eq(writer.administrator().map(|by| by.membership)),
            contact_messages::language.eq(message.language),
            contact_messages::need.eq(Some(message.need.as_str())),
            contact_messages::name.eq(Some(message.name.as_str())),
            contact_messages::email.eq(Some(message.email.as_str())),
        ),
        (
            contact_messages::email_folded.eq(Some(message.email.folded())),
            contact_messages::phone.eq(message.phone.as_ref().map(Phone::as_str)),
            contact_messages::organization.eq(organization.map(Name::as_str)),
            contact_messages::size.eq(message.size),
            contact_messages::start.eq(message.start),
            contact_messages::created_at.eq(Ts::from(now)),
        ),
    );
    let inserted = on_each!(conn, c => diesel::insert_into(contact_messages::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c)?);
    Ok(inserted > 0)
}

type Words = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// Whether the very same was sent before.
fn was_sent(
    conn: &mut DbConn,
    tenant: Option<TenantId>,
    message: &Message,
    partners: &[PartnerId],
) -> Result<bool, Error> {
    let (words, kept, of): (Words, (Size, Start), Option<TenantId>) = contact_messages::table
        .find(message.id)
        .select((
            (
                contact_messages::need,
                contact_messages::name,
                contact_messages::email,
                contact_messages::phone,
            ),
            (contact_messages::size, contact_messages::start),
            contact_messages::tenant_id,
        ))
        .first(conn)?;
    let mut to: Vec<PartnerId> = contact_requests::table
        .filter(contact_requests::message_id.eq(message.id))
        .select(contact_requests::partner_id)
        .load(conn)?;
    let mut partners = partners.to_vec();
    partners.sort_unstable();
    to.sort_unstable();
    let own: Words = (
        Some(message.need.as_str().to_owned()),
        Some(message.name.as_str().to_owned()),
        Some(message.email.as_str().to_owned()),
        message
            .phone
            .as_ref()
            .map(|phone| phone.as_str().to_owned()),
    );
    Ok(words == own && kept == (message.size, message.start) && of == tenant && to == partners)
}

fn ask(
    conn: &mut DbConn,
    (message, partner, tenant): (ContactMessageId, PartnerId, Option<TenantId>),
    now: Instant,
) -> Result<ContactRequestId, Error> {
    let id: ContactRequestId = Id::at(now);
    let until = now + TimeDelta::days(DAYS_TO_ANSWER);
    diesel::insert_into(contact_requests::table)
        .values((
            contact_requests::id.eq(id),
            contact_requests::message_id.eq(message),
            contact_requests::partner_id.eq(partner),
            contact_requests::tenant_id.eq(tenant),
            contact_requests::state.eq(ContactRequestState::New),
            contact_requests::created_at.eq(Ts::from(now)),
            contact_requests::expires_at.eq(Ts::from(until)),
        ))
        .execute(conn)?;
    Ok(id)
}
