//! Erasing: what names a person is blanked, and what the person did stays, by nobody's name.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::{leave, password::end_sessions};
use crate::{
    db::{
        DbConn, literal,
        schema::{
            agreement_claim_words, agreement_claims, events, invitations, memberships,
            outgoing_mail, password_resets, people, personal_data,
        },
        types::Ts,
    },
    domain::{ClaimId, Instant, PersonId, TenantId, email::Email, event::EventKind},
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
    let person = find(conn, email)?;
    let tenants = tenants_of(conn, person)?;
    leave::lock(conn, &tenants.iter().copied().collect())?;
    hold(conn, person, email)?;
    refuse_members(conn, person, email)?;
    refuse_kept(conn, person, email, (retention, now))?;
    let pieces = blank_pieces(conn, person, now)?;
    blank_claims(conn, person, &tenants, now)?;
    blank_mail(conn, person, now)?;
    blank_person(conn, person, now)?;
    let facts = json!({ "person": person, "pieces": pieces });
    for tenant in tenants.into_iter().map(Some).chain([None]) {
        let event = NewEvent {
            actor: actor.clone(),
            tenant,
            ..NewEvent::by_command(EventKind::PersonErased, facts.clone())
        };
        chain::append(conn, &event, now)?;
    }
    Ok(Erased { person, pieces })
}

fn nobody(email: &Email) -> Error {
    Error::Refused(format!("nobody has the address {}", email.as_str()))
}

fn find(conn: &mut DbConn, email: &Email) -> Result<PersonId, Error> {
    let found: Option<PersonId> = people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .select(people::id)
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

/// Personal data beside evidence, and the words that stand with an answer for its readers.
fn blank_pieces(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<usize, Error> {
    let theirs = memberships::table
        .filter(memberships::person_id.eq(person))
        .select(memberships::id.nullable());
    diesel::update(invitations::table.filter(invitations::closed_by.eq_any(theirs)))
        .set(invitations::decline_reason.eq(None::<String>))
        .execute(conn)?;
    let kept = personal_data::table
        .filter(personal_data::person_id.eq(person))
        .filter(personal_data::data.is_not_null());
    Ok(diesel::update(kept)
        .set((
            personal_data::data.eq(None::<String>),
            personal_data::salt.eq(None::<Vec<u8>>),
            personal_data::erased_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?)
}

/// What was said of acceptances elsewhere: by the person, or of somebody of that name in a tenant that
/// the person belonged to. The name is all that such a claim knows.
fn blank_claims(
    conn: &mut DbConn,
    person: PersonId,
    tenants: &[TenantId],
    now: Instant,
) -> Result<(), Error> {
    let named: Option<String> = people::table
        .find(person)
        .select(people::name_folded)
        .first(conn)?;
    let said: Vec<ClaimId> = agreement_claims::table
        .inner_join(memberships::table.on(memberships::id.eq(agreement_claims::claimed_by)))
        .filter(memberships::person_id.eq(person))
        .select(agreement_claims::id)
        .load(conn)?;
    let of: Vec<ClaimId> = agreement_claims::table
        .inner_join(agreement_claim_words::table)
        .filter(agreement_claims::tenant_id.eq_any(tenants.to_vec()))
        .filter(agreement_claim_words::name_folded.eq(named))
        .select(agreement_claims::id)
        .load(conn)?;
    let both: Vec<ClaimId> = said.into_iter().chain(of).collect();
    let kept = agreement_claim_words::table
        .filter(agreement_claim_words::claim_id.eq_any(both))
        .filter(agreement_claim_words::erased_at.is_null());
    diesel::update(kept)
        .set((
            agreement_claim_words::name.eq(None::<String>),
            agreement_claim_words::name_folded.eq(None::<String>),
            agreement_claim_words::note.eq(None::<String>),
            agreement_claim_words::erased_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}

/// Mail to the person: what waits isn't sent, and nothing keeps the address or the words.
fn blank_mail(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<(), Error> {
    // As it was typed when the person was added, which is how mail is written to it.
    let email: Option<String> = people::table
        .find(person)
        .select(people::email)
        .first(conn)?;
    let theirs = outgoing_mail::person_id
        .eq(person)
        .or(outgoing_mail::recipient.eq(&email));
    diesel::update(
        outgoing_mail::table
            .filter(outgoing_mail::state.eq(literal("queued")))
            .filter(theirs),
    )
    .set((
        outgoing_mail::state.eq("obsolete"),
        outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
        outgoing_mail::closed_at.eq(Some(Ts::from(now))),
    ))
    .execute(conn)?;
    let theirs = outgoing_mail::person_id
        .eq(person)
        .or(outgoing_mail::recipient.eq(&email));
    diesel::update(outgoing_mail::table.filter(theirs))
        .set((
            outgoing_mail::recipient.eq(None::<String>),
            outgoing_mail::facts.eq("{}"),
        ))
        .execute(conn)?;
    Ok(())
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
