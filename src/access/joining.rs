//! People who are about to join a partner's staff.

use diesel::prelude::*;

use super::guards::{Guard, SignedIn};
use crate::{
    db::{
        Actor, DbConn,
        schema::{memberships, partners, staff_invitations, tenants},
    },
    domain::{PartnerId, PersonId, StaffInvitationId, TenantId},
    error::Error,
};

/// Somebody signed in who joins a partner's staff by a link. Every tenant of the person is held
/// first, so that nobody becomes an administrator there meanwhile; then the partner, so that nobody
/// who asks for members of staff is demoted meanwhile; then what the link asks.
#[derive(Debug, Clone)]
pub struct Joining {
    by: SignedIn,
    hash: [u8; 32],
}

impl Joining {
    /// Somebody who joins by the link of this hash.
    #[must_use]
    pub const fn new(by: SignedIn, hash: [u8; 32]) -> Self {
        Self { by, hash }
    }

    /// Who acts.
    #[must_use]
    pub const fn by(&self) -> &SignedIn {
        &self.by
    }

    /// The hash of the link.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

impl Actor for Joining {
    fn recheck(&self, conn: &mut DbConn) -> Result<Self, Error> {
        hold_tenants(conn, self.by.acting().person)?;
        hold_partners(
            conn,
            &self.hash,
            self.by.acting().partner.as_ref().map(|one| one.id),
        )?;
        let by = self.by.recheck(conn)?;
        hold_link(conn, &self.hash)?;
        Ok(Self {
            by,
            hash: self.hash,
        })
    }
}

fn hold_tenants(conn: &mut DbConn, person: PersonId) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    let of_person: Vec<Option<TenantId>> = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::tenant_id.is_not_null())
        .filter(memberships::ended_at.is_null())
        .select(memberships::tenant_id)
        .load(conn)?;
    let of_person: Vec<TenantId> = of_person.into_iter().flatten().collect();
    let _: Vec<TenantId> = tenants::table
        .filter(tenants::id.eq_any(of_person))
        .order(tenants::id)
        .select(tenants::id)
        .for_no_key_update()
        .load(conn)?;
    Ok(())
}

/// Holds the partner whose link it is, and that of the person who acts.
fn hold_partners(conn: &mut DbConn, hash: &[u8; 32], own: Option<PartnerId>) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    let mut partners: Vec<PartnerId> = staff_invitations::table
        .filter(staff_invitations::token_hash.eq(hash.to_vec()))
        .select(staff_invitations::partner_id)
        .load(conn)?;
    partners.extend(own);
    let _: Vec<PartnerId> = partners::table
        .filter(partners::id.eq_any(partners))
        .order(partners::id)
        .select(partners::id)
        .for_share()
        .load(conn)?;
    Ok(())
}

fn hold_link(conn: &mut DbConn, hash: &[u8; 32]) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    let _: Vec<StaffInvitationId> = staff_invitations::table
        .filter(staff_invitations::token_hash.eq(hash.to_vec()))
        .select(staff_invitations::id)
        .for_update()
        .load(conn)?;
    Ok(())
}

/// The same for somebody who has no account yet: holds the partner, then the link.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut DbConn, hash: &[u8; 32]) -> Result<(), Error> {
    hold_partners(conn, hash, None)?;
    hold_link(conn, hash)
}
