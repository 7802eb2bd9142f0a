//! Whom a session acts for: read anew at every request, never kept in a cookie.

use chrono_tz::Tz;
use diesel::prelude::*;

use crate::{
    db::{DbConn, schema::*, types::Ts},
    domain::{
        Instant, Language, MembershipId, PartnerId, PersonId, SessionId, TenantId, TenantKind,
        membership::{MemberRole, Side, that_count},
    },
    error::Error,
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

type PersonRow = (
    PersonId,
    Option<String>,
    Option<String>,
    Option<Ts>,
    Option<Language>,
);
type TenantRow = (TenantId, String, TenantKind, String, String, bool);
type Row = (
    (MembershipId, Side),
    PersonRow,
    Option<TenantRow>,
    Option<(PartnerId, String)>,
    Option<(PartnerId, String)>,
    Option<MemberRole>,
);

/// Reads who a membership is, in one query. `None` where the person is disabled, the membership
/// has ended, the tenant is closed, or the partner suspended that the person is of or that the
/// account was given for.
///
/// # Errors
/// The database's.
pub fn load(
    conn: &mut DbConn,
    person: PersonId,
    membership: MembershipId,
    authenticated_at: Instant,
    origin: Origin,
) -> Result<Option<Acting>, Error> {
    let rows: Vec<Row> = memberships::table
        .inner_join(people::table)
        .left_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
        .left_join(partners::table.on(memberships::partner_id.eq(partners::id.nullable())))
        .left_join(
            employers.on(memberships::for_partner_id.eq(employers.field(partners::id).nullable())),
        )
        .left_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
        .filter(memberships::id.eq(membership))
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(tenants::ended_at.is_null())
        .filter(partners::suspended_at.is_null())
        .filter(employers.field(partners::suspended_at).is_null())
        .select((
            (memberships::id, memberships::side),
            (
                people::id,
                people::name,
                people::email,
                people::email_verified_at,
                people::language,
            ),
            (
                tenants::id,
                tenants::name,
                tenants::kind,
                tenants::country,
                tenants::time_zone,
                tenants::billing_may_accept_roles,
            )
                .nullable(),
            (partners::id, partners::name).nullable(),
            employers.fields((partners::id, partners::name)).nullable(),
            membership_roles::role.nullable(),
        ))
        .load(conn)?;
    Ok(from_rows(rows, authenticated_at, origin))
}

/// The membership by which a person acts first. Those that may not act don't count: a closed
/// tenant's and a suspended partner's.
///
/// # Errors
/// The database's.
pub fn first_membership(
    conn: &mut DbConn,
    person: PersonId,
) -> Result<Option<MembershipId>, Error> {
    Ok(memberships::table
        .left_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
        .left_join(partners::table.on(memberships::partner_id.eq(partners::id.nullable())))
        .left_join(
            employers.on(memberships::for_partner_id.eq(employers.field(partners::id).nullable())),
        )
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .filter(tenants::ended_at.is_null())
        .filter(partners::suspended_at.is_null())
        .filter(employers.field(partners::suspended_at).is_null())
        .order((memberships::created_at, memberships::id))
        .select(memberships::id)
        .first(conn)
        .optional()?)
}

fn from_rows(rows: Vec<Row>, authenticated_at: Instant, origin: Origin) -> Option<Acting> {
    let roles = rows.iter().filter_map(|row| row.5).collect();
    let ((membership, side), person, tenant, partner, employer, _) = rows.into_iter().next()?;
    let (id, name, email, verified, language) = person;
    let tenant = tenant.map(|(id, name, kind, country, zone, billing)| TenantFacts {
        id,
        name,
        kind,
        country,
        zone: zone.parse().unwrap_or(Tz::UTC),
        billing_may_accept_roles: billing,
    });
    Some(Acting {
        person: id,
        membership,
        session: None,
        authenticated_at,
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        email_verified: verified.is_some(),
        language,
        side,
        tenant,
        partner: partner.map(|(id, name)| PartnerFacts { id, name }),
        roles: that_count(roles, employer.is_some()),
        employer: employer.map(|(id, name)| PartnerFacts { id, name }),
        origin,
        waiting: 0,
    })
}

/// Reads the right again inside a transaction, holding on to it until the end: a demotion waits
/// for us, or we see it. Locks go in one order: tenant, membership, object, chain head.
///
/// The tenant is held by one writer at a time, not shared: what the second one reads has to
/// contain all that the log says before it, so that a removal takes every role whose acceptance
/// comes first. Sharing would also end in a deadlock where two change the tenant itself.
///
/// # Errors
/// [`Error::SignedOut`] where the membership is gone, or the partner was suspended.
pub fn held_roles(conn: &mut DbConn, acting: &Acting) -> Result<Vec<MemberRole>, Error> {
    if let DbConn::Postgres(conn) = conn {
        if let Some(tenant) = &acting.tenant {
            let _: TenantId = tenants::table
                .find(tenant.id)
                .select(tenants::id)
                .for_no_key_update()
                .first(conn)?;
        }
        if let Some(partner) = acting.partner.as_ref().or(acting.employer.as_ref()) {
            let _: PartnerId = partners::table
                .find(partner.id)
                .select(partners::id)
                .for_share()
                .first(conn)?;
        }
        let _: Vec<MembershipId> = memberships::table
            .find(acting.membership)
            .select(memberships::id)
            .for_share()
            .load(conn)?;
    }
    let rows: Vec<Option<MemberRole>> = memberships::table
        .inner_join(people::table)
        .left_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
        .left_join(partners::table.on(memberships::partner_id.eq(partners::id.nullable())))
        .left_join(
            employers.on(memberships::for_partner_id.eq(employers.field(partners::id).nullable())),
        )
        .left_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
        .filter(memberships::id.eq(acting.membership))
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(tenants::ended_at.is_null())
        .filter(partners::suspended_at.is_null())
        .filter(employers.field(partners::suspended_at).is_null())
        .select(membership_roles::role.nullable())
        .load(conn)?;
    if rows.is_empty() {
        return Err(Error::SignedOut);
    }
    let held = rows.into_iter().flatten().collect();
    Ok(that_count(held, acting.employer.is_some()))
}
