//! Reading invitations, within the tenant that they are for.

use diesel::{dsl, prelude::*};

use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{
            authorizations, invitation_people, invitation_roles, invitation_tokens, invitations,
            memberships, partners, people, renewal_requests, tenants,
        },
        types::Ts,
    },
    domain::{
        Instant, InvitationId, MembershipId, PartnerId, PersonId, RelationshipId,
        invitation::{InvitationState, InvitationStatus},
        relationship::RelationshipType,
        role::{AdminRole, Reach},
        token::Token,
    },
    error::Error,
    evidence::addressed,
};

/// The partner as an invitation shows it.
#[derive(Debug, Clone)]
pub struct Inviter {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its public partner id.
    pub number: String,
    /// Its domain.
    pub domain: Option<String>,
    /// Where it is.
    pub city: Option<String>,
    /// ISO 3166 code.
    pub country: String,
    /// Whom to talk to.
    pub contact_name: Option<String>,
    /// Its address.
    pub contact_email: Option<String>,
    /// Its telephone.
    pub contact_phone: Option<String>,
    /// Whether the operator suspended it.
    pub suspended: bool,
}

/// An invitation with everything that its pages show.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub partner: Inviter,
    /// The member of staff who made it.
    pub sender: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// How long they would last, in days.
    pub days: Option<i32>,
    /// The partner's people who would get a user account.
    pub people: Vec<(PersonId, String)>,
    /// The partner's words.
    pub message: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it stops working.
    pub expires_at: Instant,
    /// What became of it, by the clock.
    pub state: InvitationState,
    /// Who answered it.
    pub answered_by: Option<String>,
    /// Why it was declined.
    pub decline_reason: Option<String>,
    /// When the customer asked for a new link.
    pub renewal_requested_at: Option<Instant>,
    /// Whom it is for, as the partner typed it or by name.
    pub addressee: String,
}

impl Invitation {
    /// How far the partner would reach.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.relationship_type.reach(&self.roles)
    }

    /// Whether it asks for full control.
    #[must_use]
    pub fn full_control(&self) -> bool {
        self.roles.iter().any(|role| role.full_control())
    }
}

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
type Row = (
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

fn complete(conn: &mut DbConn, row: Row, now: Instant) -> Result<Invitation, Error> {
    let ((id, relationship_type, days, message, created, expires), closed, partner, ..) = row;
    let (status, closed_at, closed_by, decline_reason, email) = closed;
    let (sender, tenant, renewal) = (row.3, row.4, row.5);
    let expires_at = expires.instant();
    let roles = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq(id))
        .order(invitation_roles::role)
        .select(invitation_roles::role)
        .load(conn)?;
    let people: Vec<(PersonId, Option<String>)> = if relationship_type == RelationshipType::Partner
    {
        invitation_people::table
            .inner_join(people::table)
            .filter(invitation_people::invitation_id.eq(id))
            .order(people::name_folded)
            .select((people::id, people::name))
            .load(conn)?
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

fn member_name(conn: &mut DbConn, member: MembershipId) -> Result<Option<String>, Error> {
    let name: Option<Option<String>> = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq(member))
        .select(people::name)
        .first(conn)
        .optional()?;
    Ok(name.flatten())
}

/// Where every read within a tenant starts.
fn in_tenant(scope: TenantScope) -> dsl::Filter<invitations::table, addressed::Condition> {
    invitations::table.filter(addressed::to_tenant(scope.tenant()))
}

fn all(conn: &mut DbConn, ids: Vec<InvitationId>, now: Instant) -> Result<Vec<Invitation>, Error> {
    let rows: Vec<Row> = joined!()
        .filter(invitations::id.eq_any(ids))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .load(conn)?;
    rows.into_iter()
        .map(|row| complete(conn, row, now))
        .collect()
}

/// One invitation of this tenant's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is for somebody else.
pub fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    id: InvitationId,
    now: Instant,
) -> Result<Invitation, Error> {
    let id: InvitationId = in_tenant(scope)
        .filter(invitations::id.eq(id))
        .select(invitations::id)
        .first(conn)?;
    let row: Row = joined!().filter(invitations::id.eq(id)).first(conn)?;
    complete(conn, row, now)
}

/// The newest invitations of this tenant, at most 200.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Invitation>, Error> {
    let ids = in_tenant(scope)
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(200)
        .select(invitations::id)
        .load(conn)?;
    all(conn, ids, now)
}

/// The newest invitations that wait for an answer of this tenant, at most 50.
///
/// # Errors
/// The database's.
pub fn waiting(
    conn: &mut DbConn,
    scope: TenantScope,
    now: Instant,
) -> Result<Vec<Invitation>, Error> {
    let ids = in_tenant(scope)
        .filter(invitations::state.eq(InvitationStatus::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(50)
        .select(invitations::id)
        .load(conn)?;
    all(conn, ids, now)
}

/// What a link leads to: the invitation, and who invites; only while the link is alive and the
/// invitation open, so that strangers can't tell dead links apart.
///
/// # Errors
/// [`Error::NotFound`] in every other case.
pub fn by_live_token(
    conn: &mut DbConn,
    token: &Token,
    now: Instant,
) -> Result<(InvitationId, String, Instant), Error> {
    let row: (InvitationId, String, Ts) = invitation_tokens::table
        .inner_join(invitations::table.inner_join(partners::table))
        .filter(invitation_tokens::token_hash.eq(token.hash().to_vec()))
        .filter(invitation_tokens::killed_at.is_null())
        .filter(invitations::state.eq(InvitationStatus::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .select((invitations::id, partners::name, invitations::created_at))
        .first(conn)?;
    Ok((row.0, row.1, row.2.instant()))
}

/// The invitation that a link was ever made for, so that the person whom it is for can be told
/// what became of it.
///
/// # Errors
/// [`Error::NotFound`] for a link that never was.
pub fn by_any_token(conn: &mut DbConn, token: &Token) -> Result<InvitationId, Error> {
    Ok(invitation_tokens::table
        .filter(invitation_tokens::token_hash.eq(token.hash().to_vec()))
        .select(invitation_tokens::invitation_id)
        .first(conn)?)
}

/// The relationship that accepting an invitation made or joined.
///
/// # Errors
/// The database's.
pub fn relationship_of(
    conn: &mut DbConn,
    scope: TenantScope,
    id: InvitationId,
) -> Result<Option<RelationshipId>, Error> {
    Ok(authorizations::table
        .filter(authorizations::tenant_id.eq(scope.tenant()))
        .filter(authorizations::invitation_id.eq(id))
        .select(authorizations::relationship_id)
        .first(conn)
        .optional()?)
}
