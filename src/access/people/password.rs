//! Passwords that were set, by the owner or by the operator: kept, told to the owner, recorded.

use diesel::prelude::*;
use serde_json::json;

use super::person;
use crate::{
    access::{acting::Acting, throttle},
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

/// Keeps a new password, as its hash.
///
/// # Errors
/// The database's.
pub fn keep_hash(
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

/// Ends every session of a person, and says how many there were.
///
/// # Errors
/// The database's.
pub fn end_sessions(conn: &mut DbConn, person: PersonId) -> Result<usize, Error> {
    let of_person = sessions::table.filter(sessions::person_id.eq(person));
    Ok(diesel::delete(of_person).execute(conn)?)
}

/// Notes that somebody set their own password: forgets the tries, tells the owner, and writes the
/// event, which says how many sessions ended by it.
///
/// # Errors
/// The database's.
pub fn note(
    conn: &mut DbConn,
    acting: &Acting,
    (kind, ended): (EventKind, usize),
    language: Language,
    now: Instant,
) -> Result<(), Error> {
    let email = Email::parse(&acting.email).map_err(Error::internal)?;
    throttle::forget_all(conn, &email)?;
    tell_owner(
        conn,
        acting,
        (MailKind::PasswordChanged, ended),
        language,
        now,
    )?;
    let event = NewEvent::by(acting, kind, json!({ "sessions_ended": ended }));
    chain::append(conn, &event, now).map(drop)
}

/// Writes a mail to the owner of an account about what was done with it, in the language of the
/// profile or else of the page.
///
/// # Errors
/// The database's.
pub fn tell_owner(
    conn: &mut DbConn,
    acting: &Acting,
    (kind, ended): (MailKind, usize),
    language: Language,
    now: Instant,
) -> Result<(), Error> {
    let mail = NewMail {
        kind,
        recipient: &acting.email,
        language: acting.language.unwrap_or(language),
        tenant: acting.tenant.as_ref().map(|tenant| tenant.id),
        partner: acting.partner.as_ref().map(|partner| partner.id),
        invitation: None,
        relationship: None,
        person: Some(acting.person),
        facts: json!({
            "at": Ts::from(now).text(),
            "zone": acting.zone().name(),
            "sessions_ended": ended,
        }),
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
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
