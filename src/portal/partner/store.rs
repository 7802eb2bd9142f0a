//! What a partner sees of its own: the invitations it sent and its relationships.

use diesel::prelude::*;

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        schema::{
            invitation_roles, invitations, memberships, people, relationships, renewal_requests,
            tenants,
        },
        types::Ts,
    },
    domain::{
        Instant, InvitationId, RelationshipId, invitation::InvitationStatus,
        relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
};

/// The most rows of each list.
pub const MOST: i64 = 200;

/// An invitation, as its sender sees it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its id.
    pub id: InvitationId,
    /// The tenant named, or the address as typed.
    pub customer: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// Who made it; `None` when erased.
    pub sender: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it stops, or stopped, working.
    pub expires_at: Instant,
    /// What became of it, by the clock.
    pub status: InvitationStatus,
    /// When the customer asked for a new link.
    pub renewal_requested_at: Option<Instant>,
}

/// A relationship, as the partner sees it.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Its id.
    pub id: RelationshipId,
    /// The customer's name.
    pub name: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// Whether it stands.
    pub active: bool,
    /// The live roles by the clock, each with its end.
    pub roles: Vec<(AdminRole, Instant)>,
}

type SentRow = (
    (InvitationId, RelationshipType, Ts, Ts, InvitationStatus),
    (Option<String>, Option<String>),
    Option<String>,
    Option<Ts>,
);

/// The newest invitations that a partner sent, at most [`MOST`].
///
/// # Errors
/// The database's.
pub fn sent(conn: &mut DbConn, scope: PartnerScope, now: Instant) -> Result<Vec<Sent>, Error> {
    let rows: Vec<SentRow> = invitations::table
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .left_join(tenants::table.on(invitations::addressed_tenant_id.eq(tenants::id.nullable())))
        .left_join(renewal_requests::table.on(renewal_requests::invitation_id.eq(invitations::id)))
        .filter(invitations::partner_id.eq(scope.partner()))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(MOST)
        .select((
            (
                invitations::id,
                invitations::relationship_type,
                invitations::created_at,
                invitations::expires_at,
                invitations::state,
            ),
            (tenants::name.nullable(), invitations::email),
            people::name,
            renewal_requests::requested_at.nullable(),
        ))
        .load(conn)?;
    let ids: Vec<InvitationId> = rows.iter().map(|row| row.0.0).collect();
    let asked: Vec<(InvitationId, AdminRole)> = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq_any(ids))
        .order(invitation_roles::role)
        .select((invitation_roles::invitation_id, invitation_roles::role))
        .load(conn)?;
    let one = |row: SentRow| {
        let ((id, relationship_type, created, expires, kept), (tenant, email), sender, renewal) =
            row;
        let overdue = kept == InvitationStatus::Open && now >= expires.instant();
        let of_this = asked.iter().filter(|(of, _)| *of == id);
        Sent {
            id,
            customer: tenant.or(email).unwrap_or_default(),
            relationship_type,
            roles: of_this.map(|(_, role)| *role).collect(),
            sender,
            created_at: created.instant(),
            expires_at: expires.instant(),
            status: if overdue {
                InvitationStatus::Expired
            } else {
                kept
            },
            renewal_requested_at: renewal.map(Ts::instant),
        }
    };
    Ok(rows.into_iter().map(one).collect())
}

type CustomerRow = (
    (RelationshipId, RelationshipType, Ts, String),
    String,
    (Option<Ts>, Option<Ts>),
);

/// The relationships of a partner by customer, those that stand first; at most [`MOST`].
///
/// # Errors
/// The database's.
pub fn customers(
    conn: &mut DbConn,
    scope: PartnerScope,
    now: Instant,
) -> Result<Vec<Customer>, Error> {
    let rows: Vec<CustomerRow> = relationships::table
        .inner_join(tenants::table)
        .filter(relationships::partner_id.eq(scope.partner()))
        .order((
            relationships::state,
            tenants::name_folded,
            relationships::relationship_type,
            relationships::id,
        ))
        .limit(MOST)
        .select((
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::state,
            ),
            tenants::name,
            (relationships::global_until, relationships::helpdesk_until),
        ))
        .load(conn)?;
    let one = |row: CustomerRow| {
        let ((id, relationship_type, since, state), name, (global, helpdesk)) = row;
        let until = [
            (AdminRole::GlobalAdministrator, global),
            (AdminRole::HelpdeskAdministrator, helpdesk),
        ];
        let live = |(role, end): (AdminRole, Option<Ts>)| {
            let end = end?.instant();
            (end > now).then_some((role, end))
        };
        let active = state == "active";
        Customer {
            id,
            name,
            relationship_type,
            since: since.instant(),
            active,
            roles: until
                .into_iter()
                .filter_map(live)
                .filter(|_| active)
                .collect(),
        }
    };
    Ok(rows.into_iter().map(one).collect())
}
