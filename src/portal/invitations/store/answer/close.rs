//! What every answer does: holds the invitation, writes its outcome, tells both sides.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::super::invitation::Invitation;
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::{
        DbConn, prepared,
        schema::{invitations, memberships, people},
        types::Ts,
        word,
    },
    domain::{
        Instant, InvitationId, Language, RelationshipId,
        event::EventKind,
        invitation::{InvitationState, InvitationStatus},
        membership::Side,
        text::FreeText,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    inviting::{token::kill_tokens, withdraw::close as end},
    work::outbox::{self, MailKind, NewMail},
};

/// Writes an answer. The old state stands in the condition: where somebody else was first, nothing
/// is written.
pub(super) fn close(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    state: InvitationState,
    reason: Option<&FreeText>,
    now: Instant,
) -> Result<(), Error> {
    let open = invitations::table
        .find(invitation.id)
        .filter(invitations::state.eq(word::Open));
    let changed = prepared(diesel::update(open).set((
        invitations::state.eq(state.status()),
        invitations::answered_tenant_id.eq(Some(by.scope().tenant())),
        invitations::closed_at.eq(Some(Ts::from(now))),
        invitations::closed_by.eq(Some(by.acting().membership)),
        invitations::decline_reason.eq(reason.map(FreeText::as_str)),
    )))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the invitation was answered meanwhile".into(),
        ));
    }
    kill_tokens(conn, invitation.id, now)?;
    outbox::drop_invitation(conn, invitation.id, now)
}

/// Records that an invitation ran out, where that isn't on record yet: its answer was refused for
/// it, so that it stays refused when the clock turns out to have been ahead.
pub(super) fn expire(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    now: Instant,
) -> Result<(), Error> {
    let open: Option<InvitationId> = invitations::table
        .find(invitation.id)
        .filter(invitations::state.eq(word::Open))
        .select(invitations::id)
        .first(conn)
        .optional()?;
    if open.is_none() || invitation.state.status() != InvitationStatus::Expired {
        return Ok(());
    }
    end(conn, invitation.id, invitation.state, now)?;
    let facts = json!({ "partner_name": invitation.partner.name });
    let event = NewEvent {
        actor: EventActor::Entente,
        tenant: Some(by.scope().tenant()),
        partner: Some(invitation.partner.id),
        invitation: Some(invitation.id),
        ..NewEvent::by_command(EventKind::InvitationExpired, facts)
    };
    chain::append(conn, &event, now).map(drop)
}

/// Writes one mail to each side, of an answer and what is particular to it: the relationship that it
/// made, or the reason for declining.
pub(super) fn tell(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    (kind, relationship, reason): (MailKind, Option<RelationshipId>, Option<&FreeText>),
    now: Instant,
) -> Result<(), Error> {
    let acting = by.acting();
    let tenant = by.tenant()?;
    let accepted = kind == MailKind::InvitationAccepted && !invitation.roles.is_empty();
    let days = invitation.days.filter(|_| accepted);
    let until = days.map(|days| Ts::from(now + TimeDelta::days(days.into())).text());
    let facts = |side: Side| {
        json!({
            "partner_name": invitation.partner.name,
            "tenant_name": tenant.name,
            "type": invitation.relationship_type,
            "roles": invitation.roles,
            "until": until,
            "reason": reason.map(FreeText::as_str),
            "zone": tenant.zone.name(),
            "side": side,
        })
    };
    let (sender, language): (Option<String>, Option<Language>) = invitations::table
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(invitations::id.eq(invitation.id))
        .select((people::email, people::language))
        .first(conn)?;
    let ours = acting.language.unwrap_or(Language::En);
    let recipients = [
        (Some(acting.email.clone()), ours, Side::Tenant),
        (sender, language.unwrap_or(Language::En), Side::Partner),
    ];
    for (recipient, language, side) in recipients {
        let Some(recipient) = recipient else { continue };
        let mail = NewMail {
            kind,
            recipient: &recipient,
            language,
            tenant: Some(tenant.id),
            partner: Some(invitation.partner.id),
            invitation: Some(invitation.id),
            relationship,
            person: None,
            facts: facts(side),
            secret_link: None,
            once: None,
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    Ok(())
}
