//! Whom a session acts for: read anew at every request, never kept in a cookie.

mod read;

use chrono_tz::Tz;

pub(super) use self::read::{Row, from_rows, with_session};
pub use self::read::{first_membership, held_roles, load};
pub(crate) use self::read::{lasts, with_organizations, with_roles};
use crate::{
    domain::{
        Instant, Language, MembershipId, PartnerId, PersonId, SessionId, TenantId, TenantKind,
        membership::{MemberRole, Side},
    },
    web::request::Origin,
};

/// The tenant that a person acts for.
#[derive(Debug, Clone)]
pub struct TenantFacts {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Organization or school.
    pub kind: TenantKind,
    /// ISO 3166 code, which chooses the agreement.
    pub country: String,
    /// The zone in which its people read times.
    pub zone: Tz,
    /// Whether Billing administrators may accept invitations that grant admin roles.
    pub billing_may_accept_roles: bool,
}

/// The partner that a person acts for.
#[derive(Debug, Clone)]
pub struct PartnerFacts {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
}

/// A person with the membership that acts, and its roles as they are now.
#[derive(Debug, Clone)]
pub struct Acting {
    /// Who.
    pub person: PersonId,
    /// By which membership.
    pub membership: MembershipId,
    /// The session, where a browser acts.
    pub session: Option<SessionId>,
    /// When the person signed in.
    pub authenticated_at: Instant,
    /// The person's name.
    pub name: String,
    /// The e-mail address as typed.
    pub email: String,
    /// Whether the address is verified.
    pub email_verified: bool,
    /// The language of the profile.
    pub language: Option<Language>,
    /// The side of the membership.
    pub side: Side,
    /// The tenant, on the tenant's side.
    pub tenant: Option<TenantFacts>,
    /// The partner, on the partner's side.
    pub partner: Option<PartnerFacts>,
    /// The partner that this user of a tenant works for, where the account was given for it.
    pub employer: Option<PartnerFacts>,
    /// The roles that count now.
    pub roles: Vec<MemberRole>,
    /// Where the request came from.
    pub origin: Origin,
    /// What waits for an answer, for the navigation: invitations of a tenant, requests of a partner.
    pub waiting: i64,
}

impl Acting {
    /// Whether one of these roles is held.
    #[must_use]
    pub fn holds(&self, roles: &[MemberRole]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }

    /// The role that pages name: the first held in the order of the domain.
    #[must_use]
    pub fn first_role(&self) -> Option<MemberRole> {
        MemberRole::ALL
            .iter()
            .find(|role| self.roles.contains(role))
            .copied()
    }

    /// The organization acted for.
    #[must_use]
    pub fn organization(&self) -> &str {
        match (&self.tenant, &self.partner) {
            (Some(tenant), _) => &tenant.name,
            (None, Some(partner)) => &partner.name,
            (None, None) => "Entente",
        }
    }

    /// The zone in which this person reads times.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.tenant.as_ref().map_or(Tz::UTC, |tenant| tenant.zone)
    }
}
