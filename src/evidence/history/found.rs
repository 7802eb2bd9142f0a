//! Finding the events of a relationship.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Authorization;
use crate::{
    db::{
        DbConn,
        schema::{chains, contact_requests, events, grants},
        types::Ts,
    },
    domain::{
        AuthorizationId, ContactRequestId, EventId, GrantId, InvitationId, TenantId,
        event::{EventGroup, EventKind},
    },
    error::Error,
    evidence::relationship::Relationship,
};

/// Events by their id: whether they stand in the customer's own chain, and their hash.
pub(super) type Found = HashMap<EventId, (bool, String)>;

type Row = (EventId, Option<TenantId>, Vec<u8>);

const COLUMNS: (events::id, events::tenant_id, events::hash) =
    (events::id, events::tenant_id, events::hash);

/// The words of what happens between a customer and a partner.
fn shared() -> Vec<&'static str> {
    let kinds = EventKind::ALL.iter();
    kinds
        .filter(|kind| matches!(kind.group(), EventGroup::Invitations | EventGroup::Roles))
        .map(|kind| kind.as_str())
        .collect()
}

/// The events of a relationship, of the invitations that it came of, of the requests that these
/// answer, and of the acceptances that it relies upon. Each way has an index of its own.
pub(super) fn events_of(
    conn: &mut DbConn,
    of: &Relationship,
    authorizations: &[Authorization],
) -> Result<Found, Error> {
    let invitations: Vec<InvitationId> = authorizations.iter().map(|one| one.invitation).collect();
    let accepted: Vec<EventId> = authorizations.iter().map(|one| one.accepted).collect();
    let of_partner = || {
        events::table
            .filter(events::partner_id.eq(of.between.partner()))
            .filter(events::kind.eq_any(shared()))
    };
    let own = of_partner()
        .filter(events::relationship_id.eq(of.id))
        .select(COLUMNS)
        .load::<Row>(conn)?;
    let invited = of_partner()
        .filter(events::invitation_id.eq_any(invitations.clone()))
        .select(COLUMNS)
        .load::<Row>(conn)?;
    let chain = chains::table
        .filter(chains::tenant_id.eq(of.between.tenant()))
        .select(chains::id);
    let closing = [EventKind::RolesRemoved, EventKind::RolesEnded].map(EventKind::as_str);
    let closed = of_partner()
        .filter(events::chain_id.eq_any(chain))
        .filter(events::kind.eq_any(closing))
        .select(COLUMNS)
        .load::<Row>(conn)?;
    let agreed = events::table
        .filter(events::id.eq_any(accepted))
        .filter(events::tenant_id.eq(of.between.tenant()))
        .select(COLUMNS)
        .load::<Row>(conn)?;
    let asked = asked(conn, of, invitations)?;
    let all = [own, invited, closed, agreed, asked].into_iter().flatten();
    Ok(all
        .map(|(id, tenant, hash)| {
            let in_chain = tenant == Some(of.between.tenant());
            (id, (in_chain, hex::encode(hash)))
        })
        .collect())
}

/// The events of the requests that these invitations answer. A request knows no invitation when it
/// is written, so that its event is the first since then that names it.
fn asked(
    conn: &mut DbConn,
    of: &Relationship,
    invitations: Vec<InvitationId>,
) -> Result<Vec<Row>, Error> {
    let invitations: Vec<Option<InvitationId>> = invitations.into_iter().map(Some).collect();
    let requests: Vec<(ContactRequestId, Ts)> = contact_requests::table
        .filter(contact_requests::partner_id.eq(of.between.partner()))
        .filter(contact_requests::invitation_id.eq_any(invitations))
        .select((contact_requests::id, contact_requests::created_at))
        .load(conn)?;
    let mut found = Vec::new();
    for (request, at) in requests {
        let event: Option<Row> = events::table
            .filter(events::partner_id.eq(of.between.partner()))
            .filter(events::at.ge(at))
            .filter(events::kind.eq(EventKind::ContactRequested.as_str()))
            .filter(events::canonical.like(format!("%\"request\":\"{request}\"%")))
            .order(events::at)
            .select(COLUMNS)
            .first(conn)
            .optional()?;
        found.extend(event);
    }
    Ok(found)
}

/// Which authorization gave each grant of a relationship.
pub(super) fn givers(
    conn: &mut DbConn,
    of: &Relationship,
) -> Result<HashMap<GrantId, AuthorizationId>, Error> {
    let rows: Vec<(GrantId, AuthorizationId)> = grants::table
        .filter(grants::tenant_id.eq(of.between.tenant()))
        .filter(grants::partner_id.eq(of.between.partner()))
        .filter(grants::relationship_id.eq(of.id))
        .select((grants::id, grants::authorization_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
