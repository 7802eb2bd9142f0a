//! What Home tells: waiting invitations, roles about to end, counts.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    access::{
        guards::{Guard, SignedIn},
        scope::TenantScope,
    },
    db::{
        DbConn, MultiBackend,
        schema::{
            acceptances, invitation_roles, invitations, memberships, partners, people,
            relationships, tenants,
        },
        types::Ts,
        word,
    },
    domain::{
        AcceptanceId, Instant, InvitationId, PartnerId, RelationshipId, membership::Side,
        relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
    evidence::addressed,
    web::paginate::COUNTED,
};

/// How many days ahead an end is announced.
pub const SOON_DAYS: i64 = 30;
/// How many invitations, and how many ends, are listed one by one.
pub const LISTED: usize = 5;

/// An invitation that waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub partner: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// How long they would last, in days.
    pub days: Option<i32>,
    /// Until when it can be answered.
    pub expires_at: Instant,
}

/// The invitations whose deadline is nearest, at most [`LISTED`].
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Waiting>, Error> {
    let rows: Vec<(InvitationId, String, RelationshipType, Option<i32>, Ts)> = invitations::table
        .inner_join(partners::table)
        .filter(invitations::id.eq_any({
            let ids: Vec<InvitationId> = invitations::table
                .filter(addressed::waits_for(scope.tenant(), now))
                .order((invitations::expires_at, invitations::id))
                .limit(i64::try_from(LISTED).unwrap_or(1))
                .select(invitations::id)
                .load(conn)?;
            ids
        }))
        .order((invitations::expires_at, invitations::id))
        .select((
            invitations::id,
            partners::name,
            invitations::relationship_type,
            invitations::days,
            invitations::expires_at,
        ))
        .load(conn)?;
    let ids: Vec<InvitationId> = rows.iter().map(|row| row.0).collect();
    let asked: Vec<(InvitationId, AdminRole)> = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq_any(ids))
        .order(invitation_roles::role)
        .select((invitation_roles::invitation_id, invitation_roles::role))
        .load(conn)?;
    let roles = |id| {
        let of_this = asked.iter().filter(|(of, _)| *of == id);
        of_this.map(|(_, role)| *role).collect()
    };
    let waiting = |(id, partner, relationship_type, days, expires): (_, _, _, _, Ts)| Waiting {
        id,
        partner,
        relationship_type,
        roles: roles(id),
        days,
        expires_at: expires.instant(),
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// A relationship of which a role ends soon.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The relationship.
    pub id: RelationshipId,
    /// The partner.
    pub partner: String,
    /// When the first of its roles ends.
    pub first: Instant,
    /// Whether no role is left after that.
    pub all: bool,
}

/// The relationships of which a role ends soon, the nearest first; at most one more than are
/// counted.
///
/// # Errors
/// The database's.
pub fn ending(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Ending>, Error> {
    let (from, to) = (Ts::from(now), Ts::from(now + TimeDelta::days(SOON_DAYS)));
    let soon = relationships::global_until
        .gt(from)
        .and(relationships::global_until.le(to))
        .or(relationships::helpdesk_until
            .gt(from)
            .and(relationships::helpdesk_until.le(to)));
    let rows: Vec<(RelationshipId, String, Option<Ts>, Option<Ts>)> = relationships::table
        .inner_join(partners::table)
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::state.eq(word::Active))
        .filter(soon)
        .order((relationships::sort_end, relationships::id))
        .limit(COUNTED + 1)
        .select((
            relationships::id,
            partners::name,
            relationships::global_until,
            relationships::helpdesk_until,
        ))
        .load(conn)?;
    let ending = |(id, partner, global, helpdesk): (_, _, Option<Ts>, Option<Ts>)| {
        let ends = [global, helpdesk].into_iter().flatten();
        let live: Vec<Instant> = ends.map(Ts::instant).filter(|end| *end > now).collect();
        let first = live.iter().min().copied()?;
        let all = live.iter().all(|end| *end == first);
        Some(Ending {
            id,
            partner,
            first,
            all,
        })
    };
    let mut ending: Vec<Ending> = rows.into_iter().filter_map(ending).collect();
    ending.sort_by_key(|ending| ending.first);
    Ok(ending)
}

/// The partners of a tenant, counted; counting stops at one more than are counted.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// With an active relationship.
    pub active: i64,
    /// With a live admin role.
    pub with_roles: i64,
    /// With full control.
    pub full: i64,
}

/// Counts the partners by what the list keeps beside each relationship, and the clock.
///
/// # Errors
/// The database's.
pub fn numbers(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Numbers, Error> {
    let mut partners = |full: bool, roles: bool| -> Result<i64, Error> {
        let mut query = relationships::table
            .filter(relationships::tenant_id.eq(scope.tenant()))
            .filter(relationships::state.eq(word::Active))
            .select(relationships::partner_id)
            .distinct()
            .limit(COUNTED + 1)
            .into_boxed::<MultiBackend>();
        let now = Ts::from(now);
        if full {
            query = query.filter(relationships::global_until.gt(now));
        } else if roles {
            let either = relationships::global_until
                .gt(now)
                .or(relationships::helpdesk_until.gt(now));
            query = query.filter(either);
        }
        let ids: Vec<PartnerId> = query.load(conn)?;
        Ok(i64::try_from(ids.len()).unwrap_or(COUNTED))
    };
    Ok(Numbers {
        active: partners(false, false)?,
        with_roles: partners(false, true)?,
        full: partners(true, true)?,
    })
}

/// The name of the person who accepted an agreement; `None` when erased.
///
/// # Errors
/// The database's.
pub fn accepted_by(
    conn: &mut DbConn,
    scope: TenantScope,
    acceptance: AcceptanceId,
) -> Result<Option<String>, Error> {
    Ok(acceptances::table
        .inner_join(memberships::table)
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(acceptances::id.eq(acceptance))
        .filter(acceptances::tenant_id.eq(scope.tenant()))
        .select(people::name)
        .first(conn)?)
}

/// How many tenants and partners this installation serves, for its operators.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub fn served(conn: &mut DbConn, by: &SignedIn) -> Result<(i64, i64), Error> {
    if by.acting().side != Side::Operator {
        return Err(Error::NotFound);
    }
    let tenants = tenants::table.filter(tenants::ended_at.is_null());
    let partners = partners::table.filter(partners::suspended_at.is_null());
    Ok((
        tenants.count().get_result(conn)?,
        partners.count().get_result(conn)?,
    ))
}
