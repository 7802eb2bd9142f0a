//! The mail that brings a link: written from what is kept of the invitation.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    contacting::letter::asker_of,
    db::{
        DbConn,
        schema::{
            invitation_people, invitation_roles, invitations, memberships, partners, people,
            tenants,
        },
        types::Ts,
    },
    domain::{
        Instant, InvitationId, Language, PartnerId, TenantId, relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    secret::Secret,
    work::outbox::{self, MailKind, NewMail},
};

type Row = (
    (Option<String>, Option<String>, Language),
    (RelationshipType, Option<i32>, Option<String>, Ts),
    (PartnerId, String),
    Option<String>,
);

/// Writes the mail with a link into the outbox: to the address that was named, or to whoever wrote
/// the request that it answers. None is written where the invitation is for a public id: the partner
/// hands that link over.
///
/// # Errors
/// The database's.
pub(super) fn enqueue(
    conn: &mut DbConn,
    id: InvitationId,
    tenant: Option<TenantId>,
    (secret, link): (&Secret, &str),
    now: Instant,
) -> Result<(), Error> {
    let row: Row = invitations::table
        .inner_join(partners::table)
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(invitations::id.eq(id))
        .select((
            (
                invitations::email,
                invitations::email_domain,
                invitations::language,
            ),
            (
                invitations::relationship_type,
                invitations::days,
                invitations::message,
                invitations::expires_at,
            ),
            (partners::id, partners::name),
            people::name,
        ))
        .first(conn)?;
    let ((email, domain, language), (kind, days, message, until), partner, sender) = row;
    let named = email.filter(|_| domain.is_some_and(|domain| !domain.is_empty()));
    let asked = match named {
        Some(named) => Some(named),
        None => asker_of(conn, id)?,
    };
    let Some(recipient) = asked else {
        return Ok(());
    };
    let facts = json!({
        "partner_name": partner.1,
        "sender": sender,
        "type": kind,
        "roles": roles(conn, id)?,
        "days": days,
        "until": until.text(),
        "message": message,
        "people": names(conn, id)?,
        "zone": zone(conn, tenant)?,
    });
    let mail = NewMail {
        kind: MailKind::Invitation,
        recipient: &recipient,
        language,
        tenant,
        partner: Some(partner.0),
        invitation: Some(id),
        relationship: None,
        person: None,
        facts,
        secret_link: Some((secret, link)),
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
}

fn roles(conn: &mut DbConn, id: InvitationId) -> Result<Vec<AdminRole>, Error> {
    Ok(invitation_roles::table
        .filter(invitation_roles::invitation_id.eq(id))
        .order(invitation_roles::role)
        .select(invitation_roles::role)
        .load(conn)?)
}

fn names(conn: &mut DbConn, id: InvitationId) -> Result<Vec<String>, Error> {
    let names: Vec<Option<String>> = invitation_people::table
        .inner_join(people::table)
        .filter(invitation_people::invitation_id.eq(id))
        .order((people::name_folded, people::id))
        .select(people::name)
        .load(conn)?;
    Ok(names.into_iter().flatten().collect())
}

/// The zone in which the tenant reads times, where it is known.
fn zone(conn: &mut DbConn, tenant: Option<TenantId>) -> Result<Option<String>, Error> {
    let Some(tenant) = tenant else {
        return Ok(None);
    };
    Ok(tenants::table
        .find(tenant)
        .select(tenants::time_zone)
        .first(conn)
        .optional()?)
}
