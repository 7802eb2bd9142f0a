//! Which relationship a partner's name leads to. The events themselves are evidence, and told by
//! it.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    access::scope::TenantScope,
    db::{DbConn, schema::relationships},
    domain::{PartnerId, RelationshipId},
    error::Error,
};

/// For each of these partners, its newest relationship with the tenant.
///
/// # Errors
/// The database's.
pub fn relationships_of(
    conn: &mut DbConn,
    scope: TenantScope,
    partners: Vec<PartnerId>,
) -> Result<HashMap<PartnerId, RelationshipId>, Error> {
    let rows: Vec<(PartnerId, RelationshipId)> = relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::partner_id.eq_any(partners))
        .order((relationships::since, relationships::id))
        .select((relationships::partner_id, relationships::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
