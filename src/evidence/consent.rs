//! What tenants have accepted of the agreement: one for its own pages, or all customers of a
//! partner, by the same judgement.

use std::collections::HashMap;

use diesel::prelude::*;

use super::agreement::{self, Accepted, InForce};
use crate::{
    access::scope::{Between, TenantScope},
    db::{
        DbConn,
        schema::{acceptances, agreement_versions},
        types::Ts,
    },
    domain::{
        AcceptanceId, AgreementId, Instant, TenantId, TextId, VersionId, agreement::AgreementKind,
        words,
    },
    error::Error,
};

words! {
    /// What a tenant has accepted of the agreement that applies to it.
    Consent {
        /// The operator published none.
        Unpublished = "unpublished",
        /// Nothing.
        Missing = "missing",
        /// An earlier version, which doesn't suffice any more.
        Outdated = "outdated",
        /// Enough.
        Accepted = "accepted",
    }
}

fn judge(applies: Option<&InForce>, accepted: Option<i32>, now: Instant) -> Consent {
    match applies {
        None => Consent::Unpublished,
        Some(applies) if applies.suffices(accepted, now) => Consent::Accepted,
        Some(_) if accepted.is_some() => Consent::Outdated,
        Some(_) => Consent::Missing,
    }
}

/// What customers have accepted, each given with its country.
///
/// # Errors
/// The database's.
pub fn of_customers(
    conn: &mut DbConn,
    customers: &[(Between, &str)],
    now: Instant,
) -> Result<HashMap<TenantId, Consent>, Error> {
    let published = agreement::in_force(conn, AgreementKind::Customer)?;
    let tenants: Vec<TenantId> = customers.iter().map(|(one, _)| one.tenant()).collect();
    let rows: Vec<(TenantId, AgreementId, i32)> = acceptances::table
        .inner_join(agreement_versions::table)
        .filter(acceptances::tenant_id.eq_any(tenants))
        .select((
            acceptances::tenant_id,
            acceptances::agreement_id,
            agreement_versions::number,
        ))
        .load(conn)?;
    let consent = |(between, country): &(Between, &str)| {
        let tenant = between.tenant();
        let applies = agreement::for_country(&published, country);
        let of = |row: &&(TenantId, AgreementId, i32)| {
            row.0 == tenant && applies.is_some_and(|applies| applies.version.agreement == row.1)
        };
        let accepted = rows.iter().filter(of).map(|row| row.2).max();
        (tenant, judge(applies, accepted, now))
    };
    Ok(customers.iter().map(consent).collect())
}

/// The number of the newest version of an agreement that a customer accepted.
///
/// # Errors
/// The database's.
pub(super) fn newest_number(
    conn: &mut DbConn,
    between: Between,
    agreement: AgreementId,
) -> Result<Option<i32>, Error> {
    Ok(acceptances::table
        .inner_join(agreement_versions::table)
        .filter(acceptances::tenant_id.eq(between.tenant()))
        .filter(acceptances::agreement_id.eq(agreement))
        .select(diesel::dsl::max(agreement_versions::number))
        .first(conn)?)
}

/// What a tenant accepted last of an agreement.
///
/// # Errors
/// The database's.
pub fn accepted(
    conn: &mut DbConn,
    scope: TenantScope,
    agreement: AgreementId,
) -> Result<Option<Accepted>, Error> {
    let row: Option<(AcceptanceId, i32, VersionId, String, TextId, Ts)> = acceptances::table
        .inner_join(agreement_versions::table)
        .filter(acceptances::tenant_id.eq(scope.tenant()))
        .filter(acceptances::agreement_id.eq(agreement))
        .order(agreement_versions::number.desc())
        .select((
            acceptances::id,
            agreement_versions::number,
            acceptances::version_id,
            agreement_versions::dated,
            acceptances::text_id,
            acceptances::accepted_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, number, version, dated, text, at)| Accepted {
        id,
        number,
        version,
        dated,
        text,
        at: at.instant(),
    }))
}
