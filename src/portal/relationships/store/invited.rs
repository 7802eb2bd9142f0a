//! Open invitations that wait for the tenant, as lines on top of the list.

use diesel::prelude::*;

use super::filter::Filter;
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{invitation_roles, invitations, partners},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, PartnerId,
        relationship::RelationshipType,
        role::{AdminRole, Reach},
        standing::StandingFilter,
        text::fold,
    },
    error::Error,
    evidence::addressed,
};

/// The most invitations that are shown on top of the list.
const SHOWN: i64 = 50;

/// An open invitation as a line of the list.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The invitation.
    pub id: InvitationId,
    /// Who invites.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its public partner id.
    pub number: String,
    /// Its domain.
    pub domain: Option<String>,
    /// The type that it asks for.
    pub kind: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// The last moment to answer.
    pub until: Instant,
}

impl Invited {
    /// How far the partner would reach.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.kind.reach(&self.roles)
    }

    /// Whether the line stays under a filter. What is only asked for is neither full control nor
    /// a role that ends.
    #[must_use]
    pub fn is_within(&self, filter: &Filter) -> bool {
        let domain = self.domain.as_deref().unwrap_or_default();
        let text = fold(&format!("{} {} {domain}", self.name, self.number));
        text.contains(&filter.search)
            && filter.kind.is_none_or(|kind| kind == self.kind)
            && filter
                .status
                .is_none_or(|status| status == StandingFilter::Invited)
            && !filter.full
            && !filter.soon
    }
}

type Row = (
    InvitationId,
    RelationshipType,
    Ts,
    (PartnerId, String, String, Option<String>),
);

/// The invitations that wait for an answer of this tenant, the newest first, at most 50.
///
/// # Errors
/// The database's.
pub fn invited(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Invited>, Error> {
    let ids: Vec<InvitationId> = invitations::table
        .filter(addressed::waits_for(scope.tenant(), now))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(SHOWN)
        .select(invitations::id)
        .load(conn)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let roles: Vec<(InvitationId, AdminRole)> = invitation_roles::table
        .filter(invitation_roles::invitation_id.eq_any(ids.clone()))
        .select((invitation_roles::invitation_id, invitation_roles::role))
        .load(conn)?;
    let rows: Vec<Row> = invitations::table
        .inner_join(partners::table)
        .filter(invitations::id.eq_any(ids))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .select((
            invitations::id,
            invitations::relationship_type,
            invitations::expires_at,
            (
                partners::id,
                partners::name,
                partners::number,
                partners::domain,
            ),
        ))
        .load(conn)?;
    let of = |id| {
        roles
            .iter()
            .filter(move |(of, _)| *of == id)
            .map(|(_, role)| *role)
    };
    let line = |(id, kind, until, partner): Row| Invited {
        id,
        partner: partner.0,
        name: partner.1,
        number: partner.2,
        domain: partner.3,
        kind,
        roles: of(id).collect(),
        until: until.instant(),
    };
    Ok(rows.into_iter().map(line).collect())
}
