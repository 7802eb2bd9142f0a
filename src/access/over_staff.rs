//! Staff who decide about other staff of their partner.

use diesel::prelude::*;

use super::guards::AdminAgent;
use crate::{
    db::{
        Actor, DbConn,
        schema::{memberships, partners, tenants},
    },
    domain::{MembershipId, PartnerId, PersonId, TenantId},
    error::Error,
};

/// An Admin agent who changes a member of staff. The tenants that gave the member an account are
/// held first, then the partner alone: of two who demote each other at the same time, one comes
/// second and finds what the first one did.
#[derive(Debug, Clone)]
pub struct OverStaff {
    by: AdminAgent,
    member: MembershipId,
}

impl OverStaff {
    /// Somebody who is about to change a member of staff. Whether it is one of the partner's own is
    /// for the store to find out, within the scope of [`Self::by`].
    #[must_use]
    pub const fn new(by: AdminAgent, member: MembershipId) -> Self {
        Self { by, member }
    }

    /// Who acts.
    #[must_use]
    pub const fn by(&self) -> &AdminAgent {
        &self.by
    }

    /// Who is changed.
    #[must_use]
    pub const fn member(&self) -> MembershipId {
        self.member
    }
}

impl Actor for OverStaff {
    fn recheck(&self, conn: &mut DbConn) -> Result<Self, Error> {
        let partner = self.by.scope().partner();
        if let DbConn::Postgres(conn) = conn {
            let person = memberships::table
                .find(self.member)
                .filter(memberships::partner_id.eq(partner))
                .select(memberships::person_id)
                .load::<PersonId>(conn)?;
            let accounts: Vec<Option<TenantId>> = memberships::table
                .filter(memberships::person_id.eq_any(person))
                .filter(memberships::for_partner_id.eq(partner))
                .filter(memberships::ended_at.is_null())
                .select(memberships::tenant_id)
                .load(conn)?;
            let accounts: Vec<TenantId> = accounts.into_iter().flatten().collect();
            let _: Vec<TenantId> = tenants::table
                .filter(tenants::id.eq_any(accounts))
                .order(tenants::id)
                .select(tenants::id)
                .for_no_key_update()
                .load(conn)?;
            let _: PartnerId = partners::table
                .find(partner)
                .select(partners::id)
                .for_no_key_update()
                .first(conn)?;
        }
        Ok(Self {
            by: self.by.recheck(conn)?,
            ..*self
        })
    }
}
