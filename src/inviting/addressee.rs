//! Whom an invitation is for, as far as it can be known when it is made.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{tenant_domains, tenants},
    },
    domain::{TenantId, invitation::Addressee, public_id::PublicId},
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
        Addressee::Email(email) => owner_of(conn, email.domain()),
        Addressee::Nobody(_) => Ok(None),
    }
}

/// The tenant that owns a domain.
///
/// # Errors
/// The database's.
pub fn owner_of(conn: &mut DbConn, domain: &str) -> Result<Option<TenantId>, Error> {
    Ok(tenant_domains::table
        .filter(tenant_domains::domain.eq(domain))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::tenant_id)
        .first(conn)
        .optional()?)
}

/// The tenant that a public id names, for the operator, who is told where there is none.
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

/// Whom a public id stands for, for a partner, who isn't told where there is nobody.
///
/// # Errors
/// The database's.
pub fn by_public_id(conn: &mut DbConn, id: &PublicId) -> Result<Addressee, Error> {
    match tenant_by_public_id(conn, id.as_str()) {
        Ok(tenant) => Ok(Addressee::Tenant(tenant)),
        Err(Error::NotFound) => Ok(Addressee::Nobody(id.clone())),
        Err(error) => Err(error),
    }
}

/// An addressee as the partner wrote it.
///
/// # Errors
/// The database's.
pub fn as_written(conn: &mut DbConn, addressee: &Addressee) -> Result<String, Error> {
    match addressee {
        Addressee::Tenant(tenant) => Ok(tenants::table
            .find(*tenant)
            .select(tenants::public_id)
            .first(conn)?),
        Addressee::Email(email) => Ok(email.as_str().to_owned()),
        Addressee::Nobody(id) => Ok(id.as_str().to_owned()),
    }
}
