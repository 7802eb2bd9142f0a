//! Staff who change what is between their partner and one customer.

use diesel::prelude::*;

use super::guards::AdminAgent;
use crate::{
    db::{
        Actor, DbConn,
        schema::{relationships, tenants},
    },
    domain::{RelationshipId, TenantId},
    error::Error,
};

/// An Admin agent who changes a relationship. The customer is held before partner and membership,
/// as everybody holds it who acts in a tenant: locks go in one order, and whoever removes roles
/// there at the same time comes before us or after.
#[derive(Debug, Clone)]
pub struct AtCustomer {
    by: AdminAgent,
    relationship: RelationshipId,
}

impl AtCustomer {
    /// Somebody who is about to change a relationship. Whether it is the partner's own is for the
    /// store to find out, within the scope of [`Self::by`].
    #[must_use]
    pub const fn new(by: AdminAgent, relationship: RelationshipId) -> Self {
        Self { by, relationship }
    }

    /// Who acts.
    #[must_use]
    pub const fn by(&self) -> &AdminAgent {
        &self.by
    }

    /// What is changed.
    #[must_use]
    pub const fn relationship(&self) -> RelationshipId {
        self.relationship
    }
}

impl Actor for AtCustomer {
    fn recheck(&self, conn: &mut DbConn) -> Result<Self, Error> {
        if let DbConn::Postgres(conn) = conn {
            let customer = relationships::table
                .find(self.relationship)
                .filter(relationships::partner_id.eq(self.by.scope().partner()))
                .select(relationships::tenant_id);
            let _: Vec<TenantId> = tenants::table
                .filter(tenants::id.eq_any(customer))
                .select(tenants::id)
                .for_no_key_update()
                .load(conn)?;
        }
        Ok(Self {
            by: self.by.recheck(conn)?,
            ..*self
        })
    }
}
