//! Memberships as they are kept, with all that decides whether they may act.

use chrono_tz::Tz;
use diesel::prelude::*;

use super::{Acting, PartnerFacts, TenantFacts};
use crate::{
    access::session_row,
    db::{DbConn, schema::*, types::Ts},
    domain::{
        Instant, Language, MembershipId, PartnerId, PersonId, TenantId, TenantKind,
        membership::{MemberRole, Side, that_count},
    },
    error::Error,
    on_each,
    web::request::Origin,
};

type PersonRow = (
    PersonId,
    Option<String>,
    Option<String>,
    Option<Ts>,
    Option<Language>,
);
type TenantRow = (TenantId, String, TenantKind, String, String, bool);
/// A membership with one of its roles, or none: whose it is, and for whom.
pub type Row = (
    (MembershipId, Side),
    PersonRow,
    Option<TenantRow>,
    Option<(PartnerId, String)>,
    Option<(PartnerId, String)>,
    Option<MemberRole>,
);
const PERSON: (
    people::id,
    people::name,
    people::email,
    people::email_verified_at,
    people::language,
) = (
    people::id,
    people::name,
    people::email,
    people::email_verified_at,
    people::language,
);
const TENANT: (
    tenants::id,
    tenants::name,
    tenants::kind,
    tenants::country,
    tenants::time_zone,
    tenants::billing_may_accept_roles,
) = (
    tenants::id,
    tenants::name,
    tenants::kind,
    tenants::country,
    tenants::time_zone,
    tenants::billing_may_accept_roles,
);

/// Joins to memberships whom each is for: a tenant or a partner, and the partner that an account of a
/// tenant was given for.
macro_rules! with_organizations {
    ($memberships:expr) => {
        $memberships
            .left_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
            .left_join(partners::table.on(memberships::partner_id.eq(partners::id.nullable())))
            .left_join(
                employers
                    .on(memberships::for_partner_id.eq(employers.field(partners::id).nullable())),
            )
    };
}

/// The same with the roles that are held, a line for each.
macro_rules! with_roles {
    ($memberships:expr) => {
        with_organizations!($memberships).left_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
    };
}

pub(crate) use {with_organizations, with_roles};

/// Whether a membership lasts: neither it nor the tenant, or the partner that the person is of or
/// that the account was given for, has ended or is suspended.
#[diesel::dsl::auto_type]
pub fn lasts() -> _ {
    memberships::ended_at
        .is_null()
        .and(tenants::ended_at.is_null())
        .and(partners::suspended_at.is_null())
        .and(employers.field(partners::suspended_at).is_null())
}

/// Whether its person may act by it: it lasts, and the person is neither disabled nor erased.
#[diesel::dsl::auto_type]
fn may_act() -> _ {
    lasts()
        .and(people::disabled_at.is_null())
        .and(people::erased_at.is_null())
}

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
    let rows: Vec<Row> = with_roles!(memberships::table.inner_join(people::table))
        .filter(memberships::id.eq(membership))
        .filter(memberships::person_id.eq(person))
        .filter(may_act())
        .select((
            (memberships::id, memberships::side),
            PERSON,
            TENANT.nullable(),
            (partners::id, partners::name).nullable(),
            employers.fields((partners::id, partners::name)).nullable(),
            membership_roles::role.nullable(),
        ))
        .load(conn)?;
    Ok(from_rows(rows, authenticated_at, origin))
}

/// A session by the hash of its key, beside the membership that acts by it, in one query: a line
/// for each of its roles. Nothing where there is no such session, or its membership may not act.
///
/// # Errors
/// The database's.
pub fn with_session(
    conn: &mut DbConn,
    hash: &[u8],
) -> Result<Vec<(session_row::Row, Option<Row>)>, Error> {
    let of_person = sessions::table
        .left_join(memberships::table.on(sessions::membership_id.eq(memberships::id.nullable())))
        .left_join(people::table.on(memberships::person_id.eq(people::id)));
    let by_hash = with_roles!(of_person)
        .filter(sessions::key_hash.eq(hash))
        .filter(memberships::id.is_null().or(may_act()))
        .select((
            session_row::COLUMNS,
            (memberships::id, memberships::side).nullable(),
            PERSON.nullable(),
            (
                TENANT.nullable(),
                (partners::id, partners::name).nullable(),
                employers.fields((partners::id, partners::name)).nullable(),
                membership_roles::role.nullable(),
            ),
        ));
    let rows: Vec<(session_row::Row, Option<_>, Option<_>, (_, _, _, _))> =
        on_each!(conn, c => by_hash.load(c)?);
    let line = |(session, membership, person, rest)| {
        let (tenant, partner, employer, role) = rest;
        let of = Option::zip(membership, person);
        let row =
            of.map(|(membership, person)| (membership, person, tenant, partner, employer, role));
        (session, row)
    };
    Ok(rows.into_iter().map(line).collect())
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
    Ok(with_organizations!(memberships::table)
        .filter(memberships::person_id.eq(person))
        .filter(lasts())
        .order((memberships::created_at, memberships::id))
        .select(memberships::id)
        .first(conn)
        .optional()?)
}

/// Who acts: whom the rows of one membership are of, with all of its roles that count. Nobody where
/// there is none.
pub fn from_rows(rows: Vec<Row>, authenticated_at: Instant, origin: Origin) -> Option<Acting> {
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
    let held = with_roles!(memberships::table.inner_join(people::table));
    let rows: Vec<Option<MemberRole>> = held
        .filter(memberships::id.eq(acting.membership))
        .filter(may_act())
        .select(membership_roles::role.nullable())
        .load(conn)?;
    if rows.is_empty() {
        return Err(Error::SignedOut);
    }
    let held = rows.into_iter().flatten().collect();
    Ok(that_count(held, acting.employer.is_some()))
}
