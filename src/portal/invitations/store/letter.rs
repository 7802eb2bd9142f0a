//! What an invitation's mail says, read from what is kept.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    db::{
        DbConn,
        schema::{
            invitation_people, invitation_roles, invitations, memberships, partners, people,
            tenants,
        },
        types::Ts,
    },
    domain::{InvitationId, TenantId, relationship::RelationshipType, role::AdminRole},
    error::Error,
};

type Row = (
    String,
    Option<String>,
    RelationshipType,
    Option<i32>,
    Option<String>,
    Ts,
);

/// The facts that the mail with the link is written from, at first and whenever it is sent again.
/// `tenant` is the one whose clocks the reader goes by, where it is known: it isn't named.
///
/// # Errors
/// The database's.
pub(super) fn facts(
    conn: &mut DbConn,
    id: InvitationId,
    tenant: Option<TenantId>,
) -> Result<Value, Error> {
    let (partner, sender, kind, days, message, until): Row = invitations::table
        .inner_join(partners::table)
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(invitations::id.eq(id))
        .select((
            partners::name,
            people::name,
            invitations::relationship_type,
            invitations::days,
            invitations::message,
            invitations::expires_at,
        ))
        .first(conn)?;
    let roles: Vec<AdminRole> = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq(id))
        .order(invitation_roles::role)
        .select(invitation_roles::role)
        .load(conn)?;
    let named: Vec<Option<String>> = invitation_people::table
        .inner_join(people::table)
        .filter(invitation_people::invitation_id.eq(id))
        .order(people::id)
        .select(people::name)
        .load(conn)?;
    let zone: Option<String> = match tenant {
        Some(tenant) => tenants::table
            .find(tenant)
            .select(tenants::time_zone)
            .first(conn)
            .optional()?,
        None => None,
    };
    Ok(json!({
        "partner_name": partner,
        "sender": sender,
        "type": kind,
        "roles": roles,
        "days": days,
        "until": until.text(),
        "message": message,
        "people": named.into_iter().flatten().collect::<Vec<_>>(),
        "zone": zone,
    }))
}
