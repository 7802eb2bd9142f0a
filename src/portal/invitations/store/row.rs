//! An invitation's row, and the state that it stands for.

use diesel::prelude::*;

use super::invitation::{Invitation, Inviter};
use crate::{
    db::{
        DbConn, MultiBackend,
        schema::{invitation_people, invitation_roles, invitations, memberships, people},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, MembershipId, PartnerId, PersonId,
        invitation::{InvitationState, InvitationStatus},
        relationship::RelationshipType,
    },
    error::Error,
    evidence::member::member_name,
};

type PartnerRow = (
    PartnerId,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<Ts>,
);

/// A row of [`joined`].
pub(super) type Row = (
    (
        InvitationId,
        RelationshipType,
        Option<i32>,
        Option<String>,
        Ts,
        Ts,
    ),
    (
        InvitationStatus,
        Option<Ts>,
        Option<MembershipId>,
        Option<String>,
        Option<String>,
    ),
    PartnerRow,
    Option<String>,
    Option<String>,
    Option<Ts>,
);

/// Every column that a page shows, from invitations and what they refer to.
macro_rules! joined {
    () => {
        invitations::table
            .inner_join(partners::table)
            .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
            .inner_join(people::table.on(people::id.eq(memberships::person_id)))
            .left_join(
                tenants::table.on(invitations::addressed_tenant_id.eq(tenants::id.nullable())),
            )
            .left_join(
                renewal_requests::table.on(renewal_requests::invitation_id.eq(invitations::id)),
            )
            .select((
                (
                    invitations::id,
                    invitations::relationship_type,
                    invitations::days,
                    invitations::message,
                    invitations::created_at,
                    invitations::expires_at,
                ),
                (
                    invitations::state,
                    invitations::closed_at,
                    invitations::closed_by,
                    invitations::decline_reason,
                    invitations::email,
                ),
                (
                    partners::id,
                    partners::name,
                    partners::number,
                    partners::domain,
                    partners::city,
                    partners::country,
                    partners::contact_name,
                    partners::contact_email,
                    partners::contact_phone,
                    partners::suspended_at,
                ),
                people::name,
                tenants::name.nullable(),
                renewal_requests::requested_at.nullable(),
            ))
    };
}

pub(super) use joined;

fn state(
    status: InvitationStatus,
    at: Option<Ts>,
    by: Option<MembershipId>,
    expires_at: Instant,
    now: Instant,
) -> Result<InvitationState, Error> {
    let at = at.map(Ts::instant);
    let kept = match (status, at, by) {
        (InvitationStatus::Open, None, _) => InvitationState::Open,
        (InvitationStatus::Accepted, Some(at), Some(by)) => InvitationState::Accepted { by, at },
        (InvitationStatus::Declined, Some(at), Some(by)) => InvitationState::Declined { by, at },
        (InvitationStatus::Withdrawn, Some(at), by) => InvitationState::Withdrawn { by, at },
        (InvitationStatus::Expired, Some(at), _) => InvitationState::Expired { at },
        _ => return Err(Error::internal("an invitation contradicts itself")),
    };
    Ok(kept.at(expires_at, now))
}

/// What a row says, with the roles, the people and who answered.
///
/// # Errors
/// The database's, or a row that contradicts itself.
pub(super) fn complete(conn: &mut DbConn, row: Row, now: Instant) -> Result<Invitation, Error> {
    let ((id, relationship_type, days, message, created, expires), closed, partner, ..) = row;
    let (status, closed_at, closed_by, decline_reason, email) = closed;
    let (sender, tenant, renewal) = (row.3, row.4, row.5);
    let expires_at = expires.instant();
    let roles = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq(id))
        .order(invitation_roles::role)
        .select(invitation_roles::role)
        .load(conn)?;
    let people = if relationship_type == RelationshipType::Partner {
        named(
            conn,
            id,
            (status == InvitationStatus::Open).then_some(partner.0),
        )?
    } else {
        Vec::new()
    };
    let answered_by = match closed_by {
        Some(by) => member_name(conn, by)?,
        None => None,
    };
    let (partner_id, name, number, domain, city, country, contact, mail, phone, suspended) =
        partner;
    Ok(Invitation {
        id,
        partner: Inviter {
            id: partner_id,
            name,
            number,
            domain,
            city,
            country,
            contact_name: contact,
            contact_email: mail,
            contact_phone: phone,
            suspended: suspended.is_some(),
        },
        sender: sender.unwrap_or_default(),
        relationship_type,
        roles,
        days,
        people: people
            .into_iter()
            .map(|(id, name)| (id, name.unwrap_or_default()))
            .collect(),
        message,
        created_at: created.instant(),
        expires_at,
        state: state(status, closed_at, closed_by, expires_at, now)?,
        answered_by,
        decline_reason,
        renewal_requested_at: renewal.map(Ts::instant),
        addressee: tenant.or(email).unwrap_or_default(),
    })
}

/// The people who were named. Those of an invitation that waits are the ones who are still of the
/// partner's staff: nobody else is let in.
fn named(
    conn: &mut DbConn,
    id: InvitationId,
    staff_of: Option<PartnerId>,
) -> Result<Vec<(PersonId, Option<String>)>, Error> {
    let mut named = invitation_people::table
        .inner_join(people::table)
        .filter(invitation_people::invitation_id.eq(id))
        .order((people::name_folded, people::id))
        .select((people::id, people::name))
        .into_boxed::<MultiBackend>();
    if let Some(partner) = staff_of {
        let staff = memberships::table
            .filter(memberships::partner_id.eq(partner))
            .filter(memberships::ended_at.is_null())
            .select(memberships::person_id);
        named = named
            .filter(people::id.eq_any(staff))
            .filter(people::disabled_at.is_null())
            .filter(people::erased_at.is_null());
    }
    Ok(named.load(conn)?)
}

/// Holds the staff memberships of the people who were named, and tells whose staff: whoever leaves
/// the partner meanwhile waits for us, or is seen to have left.
///
/// # Errors
/// The database's.
pub(super) fn hold_named(conn: &mut DbConn, id: InvitationId) -> Result<PartnerId, Error> {
    let partner: PartnerId = invitations::table
        .find(id)
        .select(invitations::partner_id)
        .first(conn)?;
    if let DbConn::Postgres(conn) = conn {
        let named = invitation_people::table
            .filter(invitation_people::invitation_id.eq(id))
            .select(invitation_people::person_id);
        let _: Vec<MembershipId> = memberships::table
            .filter(memberships::partner_id.eq(partner))
            .filter(memberships::person_id.eq_any(named))
            .filter(memberships::ended_at.is_null())
            .order(memberships::id)
            .select(memberships::id)
            .for_share()
            .load(conn)?;
    }
    Ok(partner)
}
