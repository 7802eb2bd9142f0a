//! Passwords that the operator sets.

use diesel::prelude::*;
use serde_json::json;

use super::person;
use crate::{
    access::throttle,
    db::{
        DbConn,
        schema::{memberships, people, sessions},
        types::Ts,
    },
    domain::{Instant, Language, PersonId, TenantId, email::Email, event::EventKind},
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    work::outbox::{self, MailKind, NewMail},
};

pub(super) fn keep_hash(
    conn: &mut DbConn,
    person: PersonId,
    hash: &str,
    now: Instant,
) -> Result<(), Error> {
    diesel::update(people::table.find(person))
        .set((
            people::password_hash.eq(Some(hash)),
            people::password_changed_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn end_sessions(conn: &mut DbConn, person: PersonId) -> Result<(), Error> {
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Sets a person's password and ends every session of the person. The event stands in the chain of
/// each tenant that lets the person in, or in the installation's.
///
/// # Errors
/// [`Error::Refused`] where nobody has the address.
pub fn set_password(
    conn: &mut DbConn,
    actor: &EventActor,
    email: &Email,
    hash: &str,
    now: Instant,
) -> Result<(), Error> {
    let (person, name) = person(conn, email)?;
    keep_hash(conn, person, hash, now)?;
    end_sessions(conn, person)?;
    throttle::forget_all(conn, email)?;
    let (language, recipient): (Option<Language>, Option<String>) = people::table
        .find(person)
        .select((people::language, people::email))
        .first(conn)?;
    let recipient = recipient.unwrap_or_default();
    let mail = NewMail {
        kind: MailKind::PasswordChanged,
        recipient: &recipient,
        language: language.unwrap_or(Language::En),
        tenant: None,
        partner: None,
        invitation: None,
        relationship: None,
        person: Some(person),
        facts: json!({ "at": Ts::from(now).text() }),
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, now)?;
    let mut tenants: Vec<Option<TenantId>> = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .filter(memberships::tenant_id.is_not_null())
        .order(memberships::tenant_id)
        .select(memberships::tenant_id)
        .load(conn)?;
    if tenants.is_empty() {
        tenants.push(None);
    }
    for tenant in tenants {
        let event = NewEvent {
            actor: actor.clone(),
            tenant,
            subject: Some((person, json!({ "name": name, "email": recipient }))),
            ..NewEvent::by_command(EventKind::PasswordChanged, json!({}))
        };
        chain::append(conn, &event, now)?;
    }
    Ok(())
}
