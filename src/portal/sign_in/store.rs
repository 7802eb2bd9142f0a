//! Who has this address, and which membership acts first.

use diesel::prelude::*;

use crate::{
    access::{acting, known_browser::Shown, throttle},
    db::{
        DbConn,
        schema::{invitations, partners, people},
        types::Ts,
        word,
    },
    domain::{Instant, InvitationId, MembershipId, PersonId, email::Email},
    error::Error,
};

/// What is kept of an account, as far as signing in needs it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The hash of the password, where one was set.
    pub hash: Option<String>,
    /// When the password was set.
    pub verified: Option<Instant>,
    /// The membership that acts first.
    pub membership: Option<MembershipId>,
}

/// What tries from a browser are counted by, and what was found.
pub type Tried = (Vec<u8>, Option<Account>);

/// Looks the account up and counts the try, by the account's own budget where the browser is known
/// to it. Disabled accounts, and those without a membership that may act, are not found: a closed
/// tenant's and a suspended partner's may not.
///
/// # Errors
/// [`Error::TooMany`].
pub fn try_account(
    conn: &mut DbConn,
    email: &Email,
    browser: &Shown,
    now: Instant,
) -> Result<Tried, Error> {
    let row: Option<(PersonId, Option<String>, Option<Ts>)> = people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .filter(people::disabled_at.is_null())
        .select((
            people::id,
            people::password_hash,
            people::password_changed_at,
        ))
        .first(conn)
        .optional()?;
    let known = row
        .as_ref()
        .is_some_and(|(person, _, set)| browser.is_known_to(*person, set.map(Ts::instant)));
    let budget = if known {
        throttle::at_home(email)
    } else {
        throttle::account(email)
    };
    throttle::count(conn, &budget, now)?;
    let account = match row {
        Some(row) => Some(account(conn, row)?),
        None => None,
    };
    Ok((budget, account))
}

fn account(
    conn: &mut DbConn,
    (person, hash, set): (PersonId, Option<String>, Option<Ts>),
) -> Result<Account, Error> {
    let membership = acting::first_membership(conn, person)?;
    Ok(Account {
        person,
        hash,
        verified: set.map(Ts::instant),
        membership,
    })
}

/// Forgets the tries that were counted, after the right password.
///
/// # Errors
/// The database's.
pub fn succeeded(conn: &mut DbConn, budget: &[u8]) -> Result<(), Error> {
    throttle::forget(conn, budget)
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
        .filter(invitations::state.eq(word::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .select((partners::name, invitations::created_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(name, at)| (name, at.instant())))
}
