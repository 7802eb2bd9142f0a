//! Adding people.

use diesel::prelude::*;
use serde_json::json;

use super::{
    Home, Known, Member, by, find, known,
    password::{end_sessions, keep_hash},
    roles,
};
use crate::{
    db::{
        DbConn,
        schema::{memberships, people},
        types::Ts,
    },
    domain::{
        Instant, Language, MembershipId, PersonId, email::Email, event::EventKind,
        membership::MemberRole, name::Name,
    },
    error::Error,
    evidence::chain::{self, EventActor},
    id::Id,
};

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Where.
    pub home: Home,
    /// The address to sign in with; counts as verified by the operator.
    pub email: Email,
    /// The person's name.
    pub name: Name,
    /// The roles; none for a user who only has a profile.
    pub roles: Vec<MemberRole>,
    /// The language of the profile.
    pub language: Option<Language>,
    /// The hash of a password, where one is set at once.
    pub password_hash: Option<String>,
}

/// Adds somebody, with the event. A person who is known already gets one more membership, and
/// keeps name and password; unless nobody has proved yet to be the one with that address.
///
/// # Errors
/// [`Error::Refused`] says what is in the way: a role of another side, a membership that is there
/// already, a password for somebody who has one.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewMember,
    now: Instant,
) -> Result<Member, Error> {
    let roles = roles::check(&new.home, &new.roles)?;
    let (person, name, email, known) = match known(conn, &new.email)? {
        Some(row) => again(conn, new, row, now)?,
        None => first(conn, new, now)?,
    };
    if find(conn, &new.home, &new.email)?.is_some() {
        return Err(Error::Refused(format!("{email} is a member here already")));
    }
    let membership: MembershipId = Id::at(now);
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(membership),
            memberships::person_id.eq(person),
            memberships::side.eq(new.home.side()),
            memberships::tenant_id.eq(new.home.tenant()),
            memberships::partner_id.eq(new.home.partner()),
            memberships::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    for role in &roles {
        roles::give(conn, by(actor), membership, *role, now)?;
    }
    let member = Member {
        person,
        membership,
        name,
        email,
        known,
        employer: None,
    };
    let kind = match new.home {
        Home::Tenant(_) => EventKind::UserAdded,
        Home::Partner(..) => EventKind::StaffAdded,
        Home::Operator => EventKind::OperatorAdded,
    };
    let event = new
        .home
        .event(actor, kind, json!({ "roles": roles }), &member);
    chain::append(conn, &event, now)?;
    Ok(member)
}

/// A person who is known. One who was disabled comes back without the old password. So does one
/// whose address nobody has proved: whoever made that account needn't be the one whom the operator
/// means, so that it goes on under the operator's name for it, and its sessions end.
fn again(
    conn: &mut DbConn,
    new: &NewMember,
    (person, name, email, has_password, disabled, verified): Known,
    now: Instant,
) -> Result<(PersonId, String, String, bool), Error> {
    let email = email.unwrap_or_default();
    if new.password_hash.is_some() && has_password && !disabled && verified {
        return Err(Error::Refused(format!(
            "{email} has a password already: add without one, or use user set-password"
        )));
    }
    let mut name = name.unwrap_or_default();
    if !verified {
        new.name.as_str().clone_into(&mut name);
        diesel::update(people::table.find(person))
            .set((
                people::name.eq(Some(new.name.as_str())),
                people::name_folded.eq(Some(new.name.folded())),
            ))
            .execute(conn)?;
        end_sessions(conn, person)?;
    }
    if disabled || !verified {
        diesel::update(people::table.find(person))
            .set((
                people::disabled_at.eq(None::<Ts>),
                people::password_hash.eq(None::<String>),
            ))
            .execute(conn)?;
    }
    if let Some(hash) = &new.password_hash {
        keep_hash(conn, person, hash, now)?;
    }
    diesel::update(
        people::table
            .find(person)
            .filter(people::email_verified_at.is_null()),
    )
    .set((
        people::email_verified_at.eq(Some(Ts::from(now))),
        people::email_verified_by.eq(Some("operator")),
    ))
    .execute(conn)?;
    Ok((person, name, email, true))
}

fn first(
    conn: &mut DbConn,
    new: &NewMember,
    now: Instant,
) -> Result<(PersonId, String, String, bool), Error> {
    let person: PersonId = Id::at(now);
    let changed = new.password_hash.as_ref().map(|_| Ts::from(now));
    diesel::insert_into(people::table)
        .values((
            people::id.eq(person),
            people::name.eq(Some(new.name.as_str())),
            people::name_folded.eq(Some(new.name.folded())),
            people::email.eq(Some(new.email.as_str())),
            people::email_folded.eq(Some(new.email.folded())),
            people::email_verified_at.eq(Some(Ts::from(now))),
            people::email_verified_by.eq(Some("operator")),
            people::password_hash.eq(new.password_hash.as_deref()),
            people::password_changed_at.eq(changed),
            people::language.eq(new.language.map(Language::as_str)),
            people::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let (name, email) = (new.name.as_str().to_owned(), new.email.as_str().to_owned());
    Ok((person, name, email, false))
}
