//! Joining a partner's staff by a link: by the person's own act, never by somebody else's.

use diesel::prelude::*;

use super::roles;
use crate::{
    db::{
        DbConn, is_taken,
        schema::{membership_roles, memberships, people, tenants},
        types::Ts,
    },
    domain::{
        Instant, Language, MembershipId, PartnerId, PersonId,
        email::Email,
        membership::{MemberRole, Side},
        name::Name,
    },
    error::Error,
    id::Id,
};

/// Somebody who has no account yet.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The name.
    pub name: Name,
    /// The address to sign in with.
    pub email: Email,
    /// Whether the link came by mail and no other way, which proves the address.
    pub verified: bool,
    /// The language of the page.
    pub language: Language,
    /// The hash of the password.
    pub password_hash: String,
}

/// Makes an account. `None` where somebody has the address: disabled or not, nobody else decides
/// over that account.
///
/// # Errors
/// The database's.
pub fn make(conn: &mut DbConn, new: &Newcomer, now: Instant) -> Result<Option<PersonId>, Error> {
    let known: i64 = people::table
        .filter(people::email_folded.eq(new.email.folded()))
        .filter(people::erased_at.is_null())
        .count()
        .get_result(conn)?;
    if known > 0 {
        return Ok(None);
    }
    let (person, at): (PersonId, _) = (Id::at(now), Ts::from(now));
    let verified = new.verified.then_some((at, "mail"));
    let inserted = diesel::insert_into(people::table)
        .values((
            people::id.eq(person),
            people::name.eq(Some(new.name.as_str())),
            people::name_folded.eq(Some(new.name.folded())),
            people::email.eq(Some(new.email.as_str())),
            people::email_folded.eq(Some(new.email.folded())),
            people::email_verified_at.eq(verified.map(|(at, _)| at)),
            people::email_verified_by.eq(verified.map(|(_, by)| by)),
            people::password_hash.eq(Some(&new.password_hash)),
            people::password_changed_at.eq(Some(at)),
            people::language.eq(Some(new.language.as_str())),
            people::created_at.eq(at),
        ))
        .execute(conn);
    match inserted {
        // Somebody came by another link at the same moment; asking again finds the account.
        Err(error) if is_taken(&error) => Err(Error::Conflict("the address was taken".into())),
        result => result.map(|_| Some(person)).map_err(Error::from),
    }
}

/// Makes a person a member of a partner's staff with the roles that an Admin agent asked for.
///
/// # Errors
/// [`Error::Conflict`] where the person is one already.
pub fn join(
    conn: &mut DbConn,
    person: PersonId,
    partner: PartnerId,
    (roles, asked_by): (&[MemberRole], MembershipId),
    now: Instant,
) -> Result<MembershipId, Error> {
    let membership: MembershipId = Id::at(now);
    let inserted = diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(membership),
            memberships::person_id.eq(person),
            memberships::side.eq(Side::Partner),
            memberships::partner_id.eq(Some(partner)),
            memberships::created_at.eq(Ts::from(now)),
        ))
        .execute(conn);
    match inserted {
        Err(error) if is_taken(&error) => {
            return Err(Error::Conflict("a member of the staff already".into()));
        }
        result => result?,
    };
    for role in roles {
        roles::give(conn, Some(asked_by), membership, *role, now)?;
    }
    Ok(membership)
}

/// Notes that a person has the mailbox that the account is named by.
///
/// # Errors
/// The database's.
pub fn verify_by_mail(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<(), Error> {
    let unverified = people::table
        .find(person)
        .filter(people::email_verified_at.is_null());
    diesel::update(unverified)
        .set((
            people::email_verified_at.eq(Some(Ts::from(now))),
            people::email_verified_by.eq(Some("mail")),
        ))
        .execute(conn)?;
    Ok(())
}

/// The tenant whose partners a person decides about, if there is one: Global and Billing
/// administrators do, save by an account that was given for a partner.
///
/// # Errors
/// The database's.
pub fn decides_for(conn: &mut DbConn, person: PersonId) -> Result<Option<String>, Error> {
    let deciding = MemberRole::ALL.iter().filter(|role| role.sees_partners());
    let deciding: Vec<&str> = deciding.map(|role| role.as_str()).collect();
    Ok(memberships::table
        .inner_join(tenants::table.on(memberships::tenant_id.eq(tenants::id.nullable())))
        .inner_join(membership_roles::table.on(membership_roles::membership_id.eq(memberships::id)))
        .filter(memberships::person_id.eq(person))
        .filter(memberships::for_partner_id.is_null())
        .filter(memberships::ended_at.is_null())
        .filter(membership_roles::ended_at.is_null())
        .filter(membership_roles::role.eq_any(deciding))
        .order(tenants::name_folded)
        .select(tenants::name)
        .first(conn)
        .optional()?)
}
