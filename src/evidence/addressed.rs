//! Whom an open invitation is for: read at use, bound by nothing before somebody answers.

use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_types::{Bool, Nullable},
};

use crate::{
    db::{
        MultiBackend, among, literal,
        schema::{invitations, membership_roles, memberships, partners, people, tenant_domains},
        types::{DbUuid, Ts},
    },
    domain::{Instant, TenantId, invitation::InvitationStatus, membership::MemberRole},
};

/// The condition that an invitation is this tenant's to answer, or was answered by it: it names
/// the tenant; or the tenant owns the address's domain; or, where that domain is nobody's, an
/// administrator of the tenant has that address, verified. Somebody who works for a partner is no
/// administrator here: a partner can't make its own people's address the tenant's.
pub type Condition =
    Box<dyn BoxableExpression<invitations::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// The invitations that are found by one of the ways, by an index of its own.
type Found = invitations::BoxedQuery<'static, MultiBackend, DbUuid>;

fn found(way: Condition) -> Found {
    invitations::table
        .filter(way)
        .select(invitations::id)
        .into_boxed()
}

/// The condition that an invitation waits for an answer of this tenant: open, in time, and not a
/// suspended partner's, since that one can't be accepted.
#[must_use]
pub fn waits_for(tenant: TenantId, now: Instant) -> Condition {
    let inviter = partners::table
        .filter(partners::id.eq(invitations::partner_id))
        .filter(partners::suspended_at.is_null());
    let unanswered = [named(tenant), domain(tenant), administrator(tenant)];
    Box::new(
        among(invitations::id, unanswered.map(found))
            .and(invitations::state.eq(literal(InvitationStatus::Open.as_str())))
            .and(invitations::expires_at.gt(Ts::from(now)))
            .and(exists(inviter)),
    )
}

/// The condition for a tenant, to look through all that it has.
#[must_use]
pub fn all_to_tenant(tenant: TenantId) -> Condition {
    let ways = [
        answered(tenant),
        named(tenant),
        domain(tenant),
        administrator(tenant),
    ];
    Box::new(among(invitations::id, ways.map(found)))
}

/// The condition for a tenant, to look at an invitation that is known already.
#[must_use]
pub fn to_tenant(tenant: TenantId) -> Condition {
    Box::new(
        answered(tenant)
            .or(named(tenant))
            .or(domain(tenant))
            .or(administrator(tenant)),
    )
}

fn answered(tenant: TenantId) -> Condition {
    Box::new(invitations::answered_tenant_id.eq(tenant))
}

fn named(tenant: TenantId) -> Condition {
    Box::new(
        invitations::answered_tenant_id
            .is_null()
            .and(invitations::addressed_tenant_id.eq(tenant)),
    )
}

fn domain(tenant: TenantId) -> Condition {
    let domains = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq(tenant))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::domain.nullable());
    Box::new(
        invitations::answered_tenant_id
            .is_null()
            .and(invitations::email_domain.eq_any(domains)),
    )
}

fn administrator(tenant: TenantId) -> Condition {
    let owner = tenant_domains::table
        .filter(
            tenant_domains::domain
                .nullable()
                .eq(invitations::email_domain),
        )
        .filter(tenant_domains::ended_at.is_null());
    let administrators = memberships::table
        .inner_join(people::table)
        .inner_join(membership_roles::table.on(membership_roles::membership_id.eq(memberships::id)))
        .filter(memberships::tenant_id.eq(tenant))
        .filter(memberships::ended_at.is_null())
        .filter(memberships::for_partner_id.is_null())
        .filter(membership_roles::ended_at.is_null())
        .filter(
            membership_roles::role
                .eq(literal(MemberRole::GlobalAdministrator.as_str()))
                .or(membership_roles::role.eq(literal(MemberRole::BillingAdministrator.as_str()))),
        )
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(people::email_verified_at.is_not_null())
        .select(people::email_folded);
    Box::new(
        invitations::answered_tenant_id
            .is_null()
            .and(invitations::email_folded.eq_any(administrators))
            .and(not(exists(owner))),
    )
}
