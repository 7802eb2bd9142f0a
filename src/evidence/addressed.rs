//! Whom an open invitation is for: read at use, bound by nothing before somebody answers.

use diesel::{
    dsl::{auto_type, exists, not},
    prelude::*,
    sql_types::{Bool, Nullable},
};

use super::recipient::decides;
use crate::{
    db::{
        MultiBackend,
        among::{among, together},
        schema::{invitations, membership_roles, memberships, partners, people, tenant_domains},
        types::Ts,
        word,
    },
    domain::{Instant, TenantId},
};

/// The condition that an invitation is this tenant's to answer, or was answered by it: it names
/// the tenant; or the tenant owns the address's domain; or, where that domain is nobody's, an
/// administrator of the tenant has that address, verified. Somebody who works for a partner is no
/// administrator here: a partner can't make its own people's address the tenant's.
pub type Condition =
    Box<dyn BoxableExpression<invitations::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// The condition that an invitation waits for an answer of this tenant: open, in time, and not a
/// suspended partner's, since that one can't be accepted.
#[auto_type]
pub(crate) fn waits_for(tenant: TenantId, now: Instant) -> _ {
    let inviter = partners::table
        .filter(partners::id.eq(invitations::partner_id))
        .filter(partners::suspended_at.is_null());
    let clock: Ts = Ts::from(now);
    let unanswered: unanswered = unanswered(tenant);
    among(invitations::id, unanswered)
        .and(invitations::state.eq(word::Open))
        .and(invitations::expires_at.gt(clock))
        .and(exists(inviter))
}

/// The condition for a tenant, to look through all that it has.
#[auto_type]
pub(crate) fn all_to_tenant(tenant: TenantId) -> _ {
    let by_it: answered = answered(tenant);
    let by_it = invitations::table.filter(by_it).select(invitations::id);
    let unanswered: unanswered = unanswered(tenant);
    among(invitations::id, together(by_it, unanswered))
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

/// Those that nobody answered, found by each of the ways with an index of its own.
#[auto_type]
fn unanswered(tenant: TenantId) -> _ {
    // Each with its type, which `auto_type` can't read from a call with an argument.
    let named: named = named(tenant);
    let domain: domain = domain(tenant);
    let administrator: administrator = administrator(tenant);
    let by_domain = invitations::table.filter(domain).select(invitations::id);
    let by_address = invitations::table
        .filter(administrator)
        .select(invitations::id);
    together(
        invitations::table.filter(named).select(invitations::id),
        together(by_domain, by_address),
    )
}

#[auto_type]
fn answered(tenant: TenantId) -> _ {
    invitations::answered_tenant_id.eq(tenant)
}

#[auto_type]
fn named(tenant: TenantId) -> _ {
    invitations::answered_tenant_id
        .is_null()
        .and(invitations::addressed_tenant_id.eq(tenant))
}

#[auto_type]
fn domain(tenant: TenantId) -> _ {
    let domains = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq(tenant))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::domain.nullable());
    invitations::answered_tenant_id
        .is_null()
        .and(invitations::email_domain.eq_any(domains))
}

#[auto_type]
fn administrator(tenant: TenantId) -> _ {
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
        .filter(decides())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(people::email_verified_at.is_not_null())
        .select(people::email_folded);
    invitations::answered_tenant_id
        .is_null()
        .and(invitations::email_folded.eq_any(administrators))
        .and(not(exists(owner)))
}
