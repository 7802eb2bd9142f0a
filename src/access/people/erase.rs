//! Erasing: what names a person is blanked, and what the person did stays, by nobody's name.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::{
    forget::{self, Named},
    leave,
    password::end_sessions,
};
use crate::{
    db::{
        DbConn,
        schema::{events, memberships, password_resets, people},
        types::Ts,
    },
    domain::{Instant, PersonId, TenantId, email::Email, event::EventKind},
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
};

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Whose.
    pub person: PersonId,
    /// How many pieces of personal data beside evidence.
    pub pieces: usize,
}

/// Erases a person who is a member nowhere any more. Chains and records stay valid: they hold what
/// was committed to, and the salt goes with the data. Each tenant that the person belonged to finds
/// it in its log.
///
/// # Errors
/// [`Error::Refused`] where there is no such person, who is a member still, so that the rule about
/// the last administrator holds here too, or where what the person did is still to be kept.
pub fn erase(
    conn: &mut DbConn,
    actor: &EventActor,
    email: &Email,
    retention: TimeDelta,
    now: Instant,
) -> Result<Erased, Error> {
    let (person, name) = find(conn, email)?;
    let tenants = tenants_of(conn, person)?;
    leave::lock(conn, &tenants.iter().copied().collect())?;
    hold(conn, person, email)?;
    refuse_members(conn, person, email)?;
    refuse_kept(conn, person, email, (retention, now))?;
    let mut named = Named::new(person, name, email);
    let mut events = forget::invitations(conn, actor, &named, now)?;
    events.extend(forget::staff_invitations(conn, actor, &named)?);
    named.words = forget::requests(conn, &named, now)?;
    forget::claims(conn, &named, &tenants, now)?;
    forget::mail(conn, &named, now)?;
    forget::contacts(conn, &named)?;
    let pieces = forget::pieces(conn, &named, now)?;
    blank_person(conn, person, now)?;
    let facts = json!({ "person": person, "pieces": pieces });
    events.extend(
        tenants
            .into_iter()
            .map(Some)
            .chain([None])
            .map(|tenant| NewEvent {
                actor: actor.clone(),
                tenant,
                ..NewEvent::by_command(EventKind::PersonErased, facts.clone())
            }),
    );
    // Chains are locked in one order, the installation's last.
    events.sort_by_key(|event| (event.tenant.is_none(), event.tenant));
    for event in events {
        chain::append(conn, &event, now)?;
    }
    Ok(Erased { person, pieces })
}

fn nobody(email: &Email) -> Error {
    Error::Refused(format!("nobody has the address {}", email.as_str()))
}

fn find(conn: &mut DbConn, email: &Email) -> Result<(PersonId, Option<String>), Error> {
    let found: Option<(PersonId, Option<String>)> = people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .select((people::id, people::name))
        .first(conn)
        .optional()?;
    found.ok_or_else(|| nobody(email))
}

/// The tenants that the person belongs or belonged to, in the order in which chains are locked.
fn tenants_of(conn: &mut DbConn, person: PersonId) -> Result<Vec<TenantId>, Error> {
    let tenants: Vec<Option<TenantId>> = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::tenant_id.is_not_null())
        .order(memberships::tenant_id)
        .select(memberships::tenant_id)
        .distinct()
        .load(conn)?;
    Ok(tenants.into_iter().flatten().collect())
}

/// Holds the person's row, so that nobody makes a member of somebody who is being erased.
fn hold(conn: &mut DbConn, person: PersonId, email: &Email) -> Result<(), Error> {
    let alive = people::table
        .find(person)
        .filter(people::erased_at.is_null())
        .select(people::id);
    let held: Option<PersonId> = match conn {
        DbConn::Postgres(conn) => alive.for_update().first(conn).optional()?,
        DbConn::Sqlite(conn) => alive.first(conn).optional()?,
    };
    held.map(drop).ok_or_else(|| nobody(email))
}

fn refuse_members(conn: &mut DbConn, person: PersonId, email: &Email) -> Result<(), Error> {
    let live: i64 = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .count()
        .get_result(conn)?;
    if live == 0 {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "{} is a member still: first disable the account everywhere (user disable, staff disable), \
         which makes sure that an administrator is left",
        email.as_str()
    )))
}

/// Refuses while what the person did last is to be kept.
fn refuse_kept(
    conn: &mut DbConn,
    person: PersonId,
    email: &Email,
    (retention, now): (TimeDelta, Instant),
) -> Result<(), Error> {
    let last: Option<Ts> = events::table
        .filter(events::person_id.eq(person))
        .order(events::at.desc())
        .select(events::at)
        .first(conn)
        .optional()?;
    let until = last.map(|last| last.instant() + retention);
    match until {
        Some(until) if until > now => Err(Error::Refused(format!(
            "what {} did is kept until {} (retention_days)",
            email.as_str(),
            until.date_naive()
        ))),
        _ => Ok(()),
    }
}

fn blank_person(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<(), Error> {
    end_sessions(conn, person)?;
    let links = password_resets::table.filter(password_resets::person_id.eq(person));
    diesel::delete(links).execute(conn)?;
    diesel::update(people::table.find(person))
        .set((
            people::name.eq(None::<String>),
            people::name_folded.eq(None::<String>),
            people::email.eq(None::<String>),
            people::email_folded.eq(None::<String>),
            people::email_verified_at.eq(None::<Ts>),
            people::email_verified_by.eq(None::<String>),
            people::password_hash.eq(None::<String>),
            people::password_changed_at.eq(None::<Ts>),
            people::language.eq(None::<String>),
            people::erased_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}
