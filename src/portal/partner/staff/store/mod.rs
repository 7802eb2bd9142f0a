//! Staff as it is kept: read within one partner, its roles set, disabled.

pub mod invite;
mod limit;
pub mod waiting;

use diesel::prelude::*;

use crate::{
    access::{
        guards::Guard,
        over_staff::OverStaff,
        people::{self, Home, leave, roles},
        scope::PartnerScope,
    },
    db::{
        DbConn,
        schema::{membership_roles, memberships, people as persons},
        types::Ts,
    },
    domain::{Instant, MembershipId, email::Email, membership::MemberRole},
    error::Error,
    evidence::chain::EventActor,
    web::now::Clock,
};

/// The most members that the list shows.
pub const MOST: i64 = 500;

/// A member of staff.
#[derive(Debug, Clone)]
pub struct Member {
    /// By which membership.
    pub membership: MembershipId,
    /// The name; none where it was erased.
    pub name: Option<String>,
    /// The address as typed.
    pub email: Option<String>,
    /// Since when.
    pub since: Instant,
    /// When disabled.
    pub ended: Option<Instant>,
    /// The roles held now.
    pub roles: Vec<MemberRole>,
}

/// What became of the wish to change somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is as wished.
    Done,
    /// Nobody would be left as Admin agent; nothing was written.
    LastAgent,
    /// Staff has at least one role; nothing was written.
    NoRole,
}

type Row = (MembershipId, Option<String>, Option<String>, Ts, Option<Ts>);

macro_rules! of_partner {
    ($scope:expr) => {
        memberships::table
            .inner_join(persons::table)
            .filter(memberships::partner_id.eq($scope.partner()))
            .select((
                memberships::id,
                persons::name,
                persons::email,
                memberships::created_at,
                memberships::ended_at,
            ))
    };
}

fn complete(conn: &mut DbConn, rows: Vec<Row>) -> Result<Vec<Member>, Error> {
    let ids: Vec<MembershipId> = rows.iter().map(|row| row.0).collect();
    let held: Vec<(MembershipId, MemberRole)> = membership_roles::table
        .filter(membership_roles::membership_id.eq_any(ids))
        .filter(membership_roles::ended_at.is_null())
        .select((membership_roles::membership_id, membership_roles::role))
        .load(conn)?;
    let member = |(membership, name, email, since, ended): Row| {
        let of = held.iter().filter(|(of, _)| *of == membership);
        let mut roles: Vec<MemberRole> = of.map(|(_, role)| *role).collect();
        roles.sort_unstable();
        Member {
            membership,
            name,
            email,
            since: since.instant(),
            ended: ended.map(Ts::instant),
            roles,
        }
    };
    Ok(rows.into_iter().map(member).collect())
}

/// All staff there is and was, whoever is there first, by name; at most [`MOST`].
///
/// # Errors
/// The database's.
pub fn list(conn: &mut DbConn, scope: PartnerScope) -> Result<Vec<Member>, Error> {
    let rows: Vec<Row> = of_partner!(scope)
        .order((
            memberships::ended_at.is_not_null(),
            persons::name_folded,
            memberships::id,
        ))
        .limit(MOST)
        .load(conn)?;
    complete(conn, rows)
}

/// One member of this partner's staff.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn find(conn: &mut DbConn, scope: PartnerScope, id: MembershipId) -> Result<Member, Error> {
    let row: Row = of_partner!(scope)
        .filter(memberships::id.eq(id))
        .first(conn)?;
    complete(conn, vec![row])?.pop().ok_or(Error::NotFound)
}

/// Somebody who can be changed: the home, the address by which people are found there, and who.
fn subject(
    conn: &mut DbConn,
    over: &OverStaff,
) -> Result<Option<(Home, Email, people::Member)>, Error> {
    let member = find(conn, over.by().scope(), over.member())?;
    let (None, Some(email)) = (member.ended, member.email) else {
        return Ok(None);
    };
    let acting = over.by().acting();
    let home = Home::Partner(
        over.by().scope().partner(),
        acting.organization().to_owned(),
    );
    let email = Email::parse(&email).map_err(Error::internal)?;
    let member = people::member(conn, &home, &email)?;
    Ok(Some((home, email, member)))
}

/// Gives a member exactly these roles. Somebody who has left stays as they were.
///
/// # Errors
/// [`Error::NotFound`] for a stranger; the database's.
pub fn set_roles(
    conn: &mut DbConn,
    over: &OverStaff,
    wanted: &[MemberRole],
    clock: &Clock,
) -> Result<Change, Error> {
    let Some((home, email, member)) = subject(conn, over)? else {
        return Ok(Change::Done);
    };
    if wanted.is_empty() {
        return Ok(Change::NoRole);
    }
    if roles::takes_the_last(conn, &home, &member, wanted)? {
        return Ok(Change::LastAgent);
    }
    let actor = EventActor::of(over.by().acting());
    roles::set_roles(conn, &actor, &home, &email, wanted, clock.now())?;
    Ok(Change::Done)
}

/// Disables a member, as the operator's command does. Asking again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for a stranger; the database's.
pub fn disable(conn: &mut DbConn, over: &OverStaff, clock: &Clock) -> Result<Change, Error> {
    let Some((home, email, member)) = subject(conn, over)? else {
        return Ok(Change::Done);
    };
    if roles::takes_the_last(conn, &home, &member, &[])? {
        return Ok(Change::LastAgent);
    }
    let actor = EventActor::of(over.by().acting());
    leave::disable(conn, &actor, &home, &email, clock.now())?;
    Ok(Change::Done)
}
