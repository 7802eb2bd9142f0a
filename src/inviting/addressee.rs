//! Whom an invitation is for, as far as it can be known when it is made.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{tenant_domains, tenants},
    },
    domain::{TenantId, invitation::Addressee},
    error::Error,
};

/// The tenant in whose audit log the invitation belongs, as far as it can be known now. Nothing is
/// bound by it.
///
/// # Errors
/// The database's.
pub fn tenant_of(conn: &mut DbConn, addressee: &Addressee) -> Result<Option<TenantId>, Error> {
    match addressee {
        Addressee::Tenant(tenant) => Ok(Some(*tenant)),
        Addressee::Email(email) => Ok(tenant_domains::table
            .filter(tenant_domains::domain.eq(email.domain()))
            .filter(tenant_domains::ended_at.is_null())
            .select(tenant_domains::tenant_id)
            .first(conn)
            .optional()?),
    }
}

/// The tenant that a public id names.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn tenant_by_public_id(conn: &mut DbConn, public_id: &str) -> Result<TenantId, Error> {
    Ok(tenants::table
        .filter(tenants::public_id.eq(public_id))
        .filter(tenants::ended_at.is_null())
        .select(tenants::id)
        .first(conn)?)
}
