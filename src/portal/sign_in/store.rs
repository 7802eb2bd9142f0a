//! Who has this address, and which membership acts first.

use diesel::prelude::*;

use crate::{
    access::throttle,
    db::{
        DbConn,
        schema::{employers, invitations, memberships, partners, people, tenants},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, MembershipId, PersonId, email::Email, invitation::InvitationStatus,
    },
    error::Error,
};

/// What is kept of an account, as far as signing in needs it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The hash of the password, where one was set.
    pub hash: Option<String>,
    /// The membership that acts first.
    pub membership: Option<MembershipId>,
}

/// Counts the try, then looks the account up. Disabled accounts, and those without a membership
/// that may act, are not found: a closed tenant's and a suspended partner's may not.
///
/// # Errors
/// [`Error::TooMany`].
pub fn try_account(
    conn: &mut DbConn,
    email: &Email,
    now: Instant,
) -> Result<Option<Account>, Error> {
    throttle::count(conn, &throttle::account(email), now)?;
    let row: Option<(PersonId, Option<String>)> = people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .filter(people::disabled_at.is_null())
        .select((people::id, people::password_hash))
        .first(conn)
        .optional()?;
    let Some((person, hash)) = row else {
        return Ok(None);
    };
    let membership = memberships::table
        .left_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
        .left_join(partners::table.on(memberships::partner_id.eq(partners::id.nullable())))
        .left_join(
            employers.on(memberships::for_partner_id.eq(employers.field(partners::id).nullable())),
        )
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .filter(tenants::ended_at.is_null())
        .filter(partners::suspended_at.is_null())
        .filter(employers.field(partners::suspended_at).is_null())
        .order((memberships::created_at, memberships::id))
        .select(memberships::id)
        .first(conn)
        .optional()?;
    Ok(Some(Account {
        person,
        hash,
        membership,
    }))
}

/// Forgets the tries after the right password.
///
/// # Errors
/// The database's.
pub fn succeeded(conn: &mut DbConn, email: &Email) -> Result<(), Error> {
    throttle::forget(conn, &throttle::account(email))
}

/// Who invites, for the side of the sign-in page that follows a link. Whoever has the
/// invitation's id came from its link.
///
/// # Errors
/// The database's.
pub fn inviter(
    conn: &mut DbConn,
    id: InvitationId,
    now: Instant,
) -> Result<Option<(String, Instant)>, Error> {
    let row: Option<(String, Ts)> = invitations::table
        .inner_join(partners::table)
        .filter(invitations::id.eq(id))
        .filter(invitations::state.eq(InvitationStatus::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .select((partners::name, invitations::created_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(name, at)| (name, at.instant())))
}
