//! Invitations to somebody who is erased.

use diesel::prelude::*;
use serde_json::json;

use super::Named;
use crate::{
    db::{
        DbConn, literal,
        schema::{invitation_tokens, invitations, partners, staff_invitations, tenant_domains},
        types::Ts,
        word,
    },
    domain::{Instant, InvitationId, PartnerId, StaffInvitationId, TenantId, event::EventKind},
    error::Error,
    evidence::chain::{EventActor, NewEvent},
};

/// Invitations to the address lose it, with the partner's words to the person. One that is open is
/// withdrawn: nobody can be reached by it any more. The domain stays, by which the customer is told
/// what it was invited to. Returns the events, to be written when all is held.
pub fn invitations(
    conn: &mut DbConn,
    actor: &EventActor,
    of: &Named,
    now: Instant,
) -> Result<Vec<NewEvent>, Error> {
    type Row = (InvitationId, PartnerId, String, Option<String>);
    let rows: Vec<Row> = invitations::table
        .inner_join(partners::table)
        .filter(invitations::email_folded.eq(&of.folded))
        .order(invitations::id)
        .select((
            invitations::id,
            partners::id,
            partners::name,
            invitations::email_domain,
        ))
        .load(conn)?;
    let mut events = Vec::new();
    for (id, partner, name, domain) in rows {
        let one = invitations::table.find(id);
        let withdrawn = diesel::update(one.filter(invitations::state.eq(word::Open)))
            .set((
                invitations::state.eq("withdrawn"),
                invitations::closed_at.eq(Some(Ts::from(now))),
            ))
            .execute(conn)?;
        let anonymous = format!("erased:{id}");
        diesel::update(one)
            .set((
                invitations::addressee.eq(&anonymous),
                invitations::email.eq(None::<String>),
                invitations::email_folded.eq(Some(&anonymous)),
                invitations::message.eq(None::<String>),
                invitations::reference.eq(None::<String>),
                invitations::search_text.eq(""),
            ))
            .execute(conn)?;
        if withdrawn > 0 {
            kill_link(conn, id, now)?;
            events.push(NewEvent {
                actor: actor.clone(),
                tenant: owner_of(conn, domain)?,
                partner: Some(partner),
                invitation: Some(id),
                ..NewEvent::by_command(
                    EventKind::InvitationWithdrawn,
                    json!({ "partner_name": name }),
                )
            });
        }
    }
    Ok(events)
}

fn kill_link(conn: &mut DbConn, id: InvitationId, now: Instant) -> Result<(), Error> {
    let links = invitation_tokens::table
        .filter(invitation_tokens::invitation_id.eq(id))
        .filter(invitation_tokens::killed_at.is_null());
    diesel::update(links)
        .set(invitation_tokens::killed_at.eq(Some(Ts::from(now))))
        .execute(conn)?;
    Ok(())
}

fn owner_of(conn: &mut DbConn, domain: Option<String>) -> Result<Option<TenantId>, Error> {
    Ok(tenant_domains::table
        .filter(tenant_domains::domain.eq(domain.unwrap_or_default()))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::tenant_id)
        .first(conn)
        .optional()?)
}

/// Links by which the person would have joined a partner's staff go as a whole. Returns the events
/// of those that worked still.
pub fn staff_invitations(
    conn: &mut DbConn,
    actor: &EventActor,
    of: &Named,
) -> Result<Vec<NewEvent>, Error> {
    let to_them = staff_invitations::table.filter(staff_invitations::email_folded.eq(&of.folded));
    let open: Vec<(StaffInvitationId, PartnerId, String)> = to_them
        .inner_join(partners::table)
        .filter(staff_invitations::state.eq(literal("open")))
        .order(staff_invitations::id)
        .select((staff_invitations::id, partners::id, partners::name))
        .load(conn)?;
    diesel::delete(to_them).execute(conn)?;
    let event = |(_, partner, name): (_, PartnerId, String)| NewEvent {
        actor: actor.clone(),
        partner: Some(partner),
        ..NewEvent::by_command(
            EventKind::StaffInvitationWithdrawn,
            json!({ "partner_name": name }),
        )
    };
    Ok(open.into_iter().map(event).collect())
}
