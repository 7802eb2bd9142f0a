//! Whom to ask instead: people who hold the role that somebody lacks.

use diesel::prelude::*;

use super::acting::Acting;
use crate::{
    db::{
        DbConn,
        schema::{membership_roles, memberships, people},
    },
    domain::{PartnerId, PersonId, membership::MemberRole},
    error::Error,
};

/// Somebody who holds a role: name, e-mail address, role.
pub type Holder = (String, String, MemberRole);

/// People of the same tenant or partner who hold one of these roles. Those whose account was given
/// for a partner are no use to a tenant's user who asks.
///
/// # Errors
/// The database's.
pub fn holders(
    conn: &mut DbConn,
    acting: &Acting,
    roles: &[MemberRole],
) -> Result<Vec<Holder>, Error> {
    besides(conn, acting, roles, Vec::new())
}

/// The same without those who work for a partner: who may accept what it asks for.
///
/// # Errors
/// The database's.
pub fn deciders(
    conn: &mut DbConn,
    acting: &Acting,
    roles: &[MemberRole],
    inviter: PartnerId,
) -> Result<Vec<Holder>, Error> {
    let staff: Vec<PersonId> = memberships::table
        .filter(memberships::partner_id.eq(inviter))
        .filter(memberships::ended_at.is_null())
        .select(memberships::person_id)
        .load(conn)?;
    besides(conn, acting, roles, staff)
}

fn besides(
    conn: &mut DbConn,
    acting: &Acting,
    roles: &[MemberRole],
    others: Vec<PersonId>,
) -> Result<Vec<Holder>, Error> {
    let tenant = acting.tenant.as_ref().map(|tenant| tenant.id);
    let partner = acting.partner.as_ref().map(|partner| partner.id);
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let mut query = memberships::table
        .inner_join(people::table)
        .inner_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
        .filter(memberships::ended_at.is_null())
        .filter(memberships::for_partner_id.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(people::id.ne_all(others))
        .filter(membership_roles::role.eq_any(words))
        .order((people::name_folded, membership_roles::role))
        .limit(20)
        .select((people::name, people::email, membership_roles::role))
        .into_boxed::<crate::db::MultiBackend>();
    query = match (tenant, partner) {
        (Some(tenant), _) => query.filter(memberships::tenant_id.eq(tenant)),
        (None, Some(partner)) => query.filter(memberships::partner_id.eq(partner)),
        (None, None) => return Ok(Vec::new()),
    };
    let rows: Vec<(Option<String>, Option<String>, MemberRole)> = query.load(conn)?;
    let known = |(name, email, role): (Option<String>, Option<String>, MemberRole)| {
        Some((name?, email?, role))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}
