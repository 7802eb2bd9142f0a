//! Declining, and asking for a new link.

use diesel::prelude::*;
use serde_json::json;

use super::{
    super::find,
    close::{close, expire, tell},
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::{DbConn, schema::renewal_requests, types::Ts},
    domain::{InvitationId, event::EventKind, invitation::InvitationStatus, text::FreeText},
    error::Error,
    evidence::chain::{self, NewEvent},
    inviting::held::lock,
    web::now::Clock,
    work::outbox::MailKind,
};

/// Declines an open invitation. Returns whether it was open; one that ran out is recorded as
/// expired.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's invitation; the database's.
pub fn decline(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    reason: Option<&FreeText>,
    clock: &Clock,
) -> Result<bool, Error> {
    lock(conn, id)?;
    let now = clock.now();
    let invitation = find::find(conn, by.scope(), id, now)?;
    let me = by.acting().membership;
    let Ok(declined) = invitation.state.decline(invitation.expires_at, me, now) else {
        expire(conn, by, &invitation, now)?;
        return Ok(false);
    };
    close(conn, by, &invitation, declined, reason, now)?;
    let told = (MailKind::InvitationDeclined, None, reason);
    tell(conn, by, &invitation, told, now)?;
    let facts = json!({
        "partner_name": invitation.partner.name,
        "type": invitation.relationship_type,
    });
    let event = NewEvent {
        partner: Some(invitation.partner.id),
        invitation: Some(id),
        text: reason.map(|reason| reason.as_str().to_owned()),
        ..NewEvent::by(by.acting(), EventKind::InvitationDeclined, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(true)
}

/// Asks the partner for a new link, once for each invitation that ran out. Asking again is no
/// error and changes nothing.
///
/// # Errors
/// [`Error::Conflict`] where the invitation didn't run out; [`Error::NotFound`] for a stranger's.
pub fn request_renewal(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    clock: &Clock,
) -> Result<(), Error> {
    lock(conn, id)?;
    let now = clock.now();
    let invitation = find::find(conn, by.scope(), id, now)?;
    if invitation.state.status() != InvitationStatus::Expired {
        return Err(Error::Conflict("the invitation has not run out".into()));
    }
    expire(conn, by, &invitation, now)?;
    if invitation.renewal_requested_at.is_some() {
        return Ok(());
    }
    diesel::insert_into(renewal_requests::table)
        .values((
            renewal_requests::invitation_id.eq(id),
            renewal_requests::tenant_id.eq(by.scope().tenant()),
            renewal_requests::requested_by.eq(by.acting().membership),
            renewal_requests::requested_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let facts = json!({ "partner_name": invitation.partner.name });
    let event = NewEvent {
        partner: Some(invitation.partner.id),
        invitation: Some(id),
        ..NewEvent::by(by.acting(), EventKind::RenewalRequested, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
