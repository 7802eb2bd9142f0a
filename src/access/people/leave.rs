//! Leaving: a tenant or a partner, and with the partner every tenant that gave an account for it.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::json;

use super::{Home, Member, by, find, guests, password::end_sessions, roles};
use crate::{
    db::{
        DbConn,
        schema::{memberships, people, tenants},
        types::Ts,
    },
    domain::{
        Instant, MembershipId, TenantId, email::Email, event::EventKind, membership::MemberRole,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
};

/// Holds tenants, in the order of their ids.
pub(super) fn lock(conn: &mut DbConn, wanted: &BTreeSet<TenantId>) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let _: Vec<TenantId> = tenants::table
            .filter(tenants::id.eq_any(wanted))
            .order(tenants::id)
            .select(tenants::id)
            .for_no_key_update()
            .load(conn)?;
    }
    Ok(())
}

/// Holds the tenants that gave accounts to somebody of a partner's staff, in the order of their
/// ids: before partner and membership, as everybody who acts in a tenant does.
///
/// # Errors
/// The database's.
fn hold_tenants(conn: &mut DbConn, home: &Home, email: &Email) -> Result<(), Error> {
    let (Home::Partner(partner, _), Some(member)) = (home, find(conn, home, email)?) else {
        return Ok(());
    };
    let guests = guests::of_person(conn, member.person, *partner)?;
    lock(conn, &guests.iter().map(|guest| guest.tenant).collect())
}

/// Ends every account that a tenant gave to this member of a partner's staff. Returns the event
/// that belongs in each tenant's chain, in the order of tenants: the caller writes them last.
///
/// # Errors
/// The database's.
fn end_all(
    conn: &mut DbConn,
    actor: &EventActor,
    home: &Home,
    member: &Member,
    now: Instant,
) -> Result<Vec<NewEvent>, Error> {
    let Home::Partner(partner, name) = home else {
        return Ok(Vec::new());
    };
    // The staff membership is held: whoever would let the person in now waits for us. One who was
    // let in since the tenants were held is among these.
    let guests = guests::of_person(conn, member.person, *partner)?;
    lock(conn, &guests.iter().map(|guest| guest.tenant).collect())?;
    let end = |guest| guests::end(conn, actor, name, guest, now);
    guests.iter().map(end).collect()
}

/// Ends a membership with the roles that it holds.
///
/// # Errors
/// [`Error::Conflict`] where somebody else was first.
pub(super) fn end(
    conn: &mut DbConn,
    actor: &EventActor,
    membership: MembershipId,
    held: &[MemberRole],
    now: Instant,
) -> Result<(), Error> {
    roles::end_roles(conn, actor, membership, held, now)?;
    let changed = diesel::update(
        memberships::table
            .find(membership)
            .filter(memberships::ended_at.is_null()),
    )
    .set((
        memberships::ended_at.eq(Some(Ts::from(now))),
        memberships::ended_by.eq(by(actor)),
    ))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict("disabled by somebody else".into()));
    }
    Ok(())
}

/// Ends a membership with its roles, and every session of the person. Whoever leaves a partner also
/// leaves every tenant that gave an account for it. Who has no other membership can't sign in any
/// more.
///
/// # Errors
/// [`Error::Refused`] where nobody would be left with the role that is always kept.
pub fn disable(
    conn: &mut DbConn,
    actor: &EventActor,
    home: &Home,
    email: &Email,
    now: Instant,
) -> Result<Member, Error> {
    hold_tenants(conn, home, email)?;
    let member = roles::hold(conn, home, email)?;
    let before = roles::roles_of(conn, member.membership)?;
    roles::keep_one(conn, home, &member, &[])?;
    end(conn, actor, member.membership, &before, now)?;
    let events = end_all(conn, actor, home, &member, now)?;
    let left: i64 = memberships::table
        .filter(memberships::person_id.eq(member.person))
        .filter(memberships::ended_at.is_null())
        .count()
        .get_result(conn)?;
    if left == 0 {
        diesel::update(people::table.find(member.person))
            .set(people::disabled_at.eq(Some(Ts::from(now))))
            .execute(conn)?;
    }
    end_sessions(conn, member.person)?;
    for event in events {
        chain::append(conn, &event, now)?;
    }
    let kind = match home {
        Home::Partner(..) => EventKind::StaffDisabled,
        _ => EventKind::UserDisabled,
    };
    let event = home.event(actor, kind, json!({ "roles": before }), &member);
    chain::append(conn, &event, now)?;
    Ok(member)
}
