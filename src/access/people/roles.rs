//! Changing roles: a tenant always keeps one active Global administrator, a partner one Admin agent.

use diesel::prelude::*;
use serde_json::json;

use super::{Home, Member, by, member};
use crate::{
    db::{
        DbConn,
        schema::{membership_roles, memberships, partners, people, sessions, tenants},
        types::Ts,
    },
    domain::{
        Instant, MembershipId, MembershipRoleId, PartnerId, TenantId,
        email::Email,
        event::EventKind,
        membership::{MemberRole, Side},
    },
    error::Error,
    evidence::chain::{self, EventActor},
    id::Id,
};

/// The roles in the order of the domain, each once, each of this side.
pub(super) fn check(home: &Home, roles: &[MemberRole]) -> Result<Vec<MemberRole>, Error> {
    if let Some(role) = roles.iter().find(|role| role.side() != home.side()) {
        return Err(Error::Refused(format!(
            "{role} is no role of the {}'s side",
            home.side()
        )));
    }
    if roles.is_empty() && home.side() != Side::Tenant {
        return Err(Error::Refused("at least one role is needed".into()));
    }
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}

pub(super) fn give(
    conn: &mut DbConn,
    by: Option<MembershipId>,
    membership: MembershipId,
    role: MemberRole,
    now: Instant,
) -> Result<(), Error> {
    let id: MembershipRoleId = Id::at(now);
    diesel::insert_into(membership_roles::table)
        .values((
            membership_roles::id.eq(id),
            membership_roles::membership_id.eq(membership),
            membership_roles::role.eq(role),
            membership_roles::created_at.eq(Ts::from(now)),
            membership_roles::created_by.eq(by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Holds on to a membership until the end of the transaction: the tenant or partner first, so that
/// two demotions can't both believe that somebody else is left. Whoever merely refers to the tenant
/// doesn't wait: an event that names it comes after the chain's head, which we take later.
fn lock(conn: &mut DbConn, home: &Home, membership: MembershipId) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    match home {
        Home::Tenant(id) => {
            let _: TenantId = tenants::table
                .find(*id)
                .select(tenants::id)
                .for_no_key_update()
                .first(conn)?;
        }
        Home::Partner(id, _) => {
            let _: PartnerId = partners::table
                .find(*id)
                .select(partners::id)
                .for_no_key_update()
                .first(conn)?;
        }
        Home::Operator => {
            let _: Vec<MembershipId> = memberships::table
                .filter(memberships::side.eq(Side::Operator))
                .order(memberships::id)
                .select(memberships::id)
                .for_no_key_update()
                .load(conn)?;
        }
    }
    let _: Vec<MembershipId> = memberships::table
        .find(membership)
        .select(memberships::id)
        .for_no_key_update()
        .load(conn)?;
    Ok(())
}

/// The member with this address, held until the end of the transaction.
pub(super) fn hold(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Member, Error> {
    let found = member(conn, home, email)?;
    lock(conn, home, found.membership)?;
    // Whoever held it before us may have ended it.
    member(conn, home, email)
}

pub(super) fn roles_of(
    conn: &mut DbConn,
    membership: MembershipId,
) -> Result<Vec<MemberRole>, Error> {
    let mut roles: Vec<MemberRole> = membership_roles::table
        .filter(membership_roles::membership_id.eq(membership))
        .filter(membership_roles::ended_at.is_null())
        .select(membership_roles::role)
        .load(conn)?;
    roles.sort_unstable();
    Ok(roles)
}

/// Whether a change takes the last active holder of the role that every tenant and partner keeps.
/// The tenant or partner is held.
///
/// # Errors
/// The database's.
pub fn takes_the_last(
    conn: &mut DbConn,
    home: &Home,
    member: &Member,
    after: &[MemberRole],
) -> Result<bool, Error> {
    let kept = MemberRole::kept_by(home.side());
    let before = roles_of(conn, member.membership)?;
    // Whoever works for a partner never counted as the one who is left.
    if member.employer.is_some() || !before.contains(&kept) || after.contains(&kept) {
        return Ok(false);
    }
    let mut query = memberships::table
        .inner_join(people::table)
        .inner_join(membership_roles::table.on(membership_roles::membership_id.eq(memberships::id)))
        .filter(memberships::side.eq(home.side()))
        .filter(memberships::id.ne(member.membership))
        .filter(memberships::ended_at.is_null())
        .filter(memberships::for_partner_id.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(membership_roles::ended_at.is_null())
        .filter(membership_roles::role.eq(kept))
        .select(diesel::dsl::count_star())
        .into_boxed::<crate::db::MultiBackend>();
    query = match home {
        Home::Tenant(tenant) => query.filter(memberships::tenant_id.eq(*tenant)),
        Home::Partner(partner, _) => query.filter(memberships::partner_id.eq(*partner)),
        Home::Operator => query,
    };
    let others: i64 = query.first(conn)?;
    Ok(others == 0)
}

/// Refuses to take the last active holder of the role that every tenant and partner keeps.
pub(super) fn keep_one(
    conn: &mut DbConn,
    home: &Home,
    member: &Member,
    after: &[MemberRole],
) -> Result<(), Error> {
    if takes_the_last(conn, home, member, after)? {
        let kept = MemberRole::kept_by(home.side());
        return Err(Error::Refused(format!(
            "{} is the last one here with the role {kept}: give it to somebody else first",
            member.email
        )));
    }
    Ok(())
}

pub(super) fn end_roles(
    conn: &mut DbConn,
    actor: &EventActor,
    membership: MembershipId,
    roles: &[MemberRole],
    now: Instant,
) -> Result<(), Error> {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    diesel::update(
        membership_roles::table
            .filter(membership_roles::membership_id.eq(membership))
            .filter(membership_roles::ended_at.is_null())
            .filter(membership_roles::role.eq_any(words)),
    )
    .set((
        membership_roles::ended_at.eq(Some(Ts::from(now))),
        membership_roles::ended_by.eq(by(actor)),
    ))
    .execute(conn)?;
    Ok(())
}

/// Refuses the roles that decide about partners to somebody who works for one.
fn check_employer(
    member: &Member,
    before: &[MemberRole],
    after: &[MemberRole],
) -> Result<(), Error> {
    let Some(employer) = &member.employer else {
        return Ok(());
    };
    match after
        .iter()
        .find(|role| role.sees_partners() && !before.contains(role))
    {
        Some(role) => Err(Error::Refused(format!(
            "{} has this account for the partner {employer}: whoever works for a partner decides \
             nothing about partners, so the role {role} is for the tenant's own people",
            member.email
        ))),
        None => Ok(()),
    }
}

/// Gives a member exactly these roles. The person's sessions get a new key at their next request.
/// Returns the roles before.
///
/// # Errors
/// [`Error::Refused`] where nobody would be left with the role that is always kept, or somebody who
/// works for a partner would decide about partners.
pub fn set_roles(
    conn: &mut DbConn,
    actor: &EventActor,
    home: &Home,
    email: &Email,
    roles: &[MemberRole],
    now: Instant,
) -> Result<Vec<MemberRole>, Error> {
    let after = check(home, roles)?;
    let member = hold(conn, home, email)?;
    let before = roles_of(conn, member.membership)?;
    if before == after {
        return Ok(before);
    }
    check_employer(&member, &before, &after)?;
    keep_one(conn, home, &member, &after)?;
    let gone: Vec<MemberRole> = before
        .iter()
        .filter(|role| !after.contains(role))
        .copied()
        .collect();
    end_roles(conn, actor, member.membership, &gone, now)?;
    for role in after.iter().filter(|role| !before.contains(role)) {
        give(conn, by(actor), member.membership, *role, now)?;
    }
    diesel::update(sessions::table.filter(sessions::person_id.eq(member.person)))
        .set(sessions::renew.eq(true))
        .execute(conn)?;
    let facts = json!({ "before": before, "after": after });
    let event = home.event(actor, EventKind::RolesChanged, facts, &member);
    chain::append(conn, &event, now)?;
    Ok(before)
}
