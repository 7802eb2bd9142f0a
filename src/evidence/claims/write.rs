//! Saying that a customer accepted elsewhere, and what becomes of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{
    super::{
        agreement,
        chain::{self, NewEvent},
        consent,
        relationship::Relationship,
    },
    Claim, of_tenant, open,
};
use crate::{
    access::{
        acting::Acting,
        scope::{Between, TenantScope},
    },
    db::{
        DbConn, literal,
        schema::{agreement_claim_words, agreement_claims, agreement_versions},
        types::Ts,
    },
    domain::{
        AgreementId, ClaimId, Instant, VersionId,
        agreement::AgreementKind,
        claim::ClaimState,
        event::EventKind,
        name::Name,
        text::{FreeText, fold},
    },
    error::Error,
    id::Id,
};

/// What an Admin agent says.
#[derive(Debug, Clone)]
pub struct Said {
    /// The day.
    pub accepted_on: NaiveDate,
    /// Who accepted.
    pub name: Name,
    /// How, or where it can be looked up.
    pub note: Option<FreeText>,
}

/// What became of saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claiming {
    /// It is on record.
    Recorded,
    /// There is nothing to say: the customer accepted enough, the operator published nothing, it was
    /// said before, or the relationship has ended.
    Pointless,
}

/// Records what a partner says of its customer, with its event. The caller holds the customer.
///
/// # Errors
/// The database's.
pub fn record(
    conn: &mut DbConn,
    by: &Acting,
    of: &Relationship,
    said: &Said,
    now: Instant,
) -> Result<Claiming, Error> {
    let published = agreement::in_force(conn, AgreementKind::Customer)?;
    let applies = agreement::for_country(&published, &of.customer.country);
    let (Some(applies), None) = (applies, of.kept.ended_at) else {
        return Ok(Claiming::Pointless);
    };
    let version = &applies.version;
    let accepted = consent::newest_number(conn, of.between, version.agreement)?;
    if applies.suffices(accepted, now) || was_said(conn, of.between, version.id)? {
        return Ok(Claiming::Pointless);
    }
    let (id, day): (ClaimId, _) = (Id::at(now), said.accepted_on.to_string());
    diesel::insert_into(agreement_claims::table)
        .values((
            agreement_claims::id.eq(id),
            agreement_claims::tenant_id.eq(of.between.tenant()),
            agreement_claims::partner_id.eq(of.between.partner()),
            agreement_claims::relationship_id.eq(of.id),
            agreement_claims::version_id.eq(version.id),
            agreement_claims::accepted_on.eq(&day),
            agreement_claims::claimed_at.eq(Ts::from(now)),
            agreement_claims::claimed_by.eq(by.membership),
            agreement_claims::state.eq(ClaimState::New),
        ))
        .execute(conn)?;
    let name = said.name.as_str();
    diesel::insert_into(agreement_claim_words::table)
        .values((
            agreement_claim_words::claim_id.eq(id),
            agreement_claim_words::name.eq(name),
            agreement_claim_words::name_folded.eq(fold(name)),
            agreement_claim_words::note.eq(said.note.as_ref().map(FreeText::as_str)),
        ))
        .execute(conn)?;
    let facts = facts(id, &of.partner.name, &version.dated, &day);
    let event = NewEvent {
        tenant: Some(of.between.tenant()),
        relationship: Some(of.id),
        ..NewEvent::by(by, EventKind::AgreementClaimed, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(Claiming::Recorded)
}

/// Whether a partner said it before of this version, whatever came of it, or waits for an answer. A
/// no is an answer, which isn't asked for again.
fn was_said(conn: &mut DbConn, between: Between, version: VersionId) -> Result<bool, Error> {
    let waits = agreement_claims::state.eq(literal(ClaimState::New.as_str()));
    let said: i64 = agreement_claims::table
        .filter(agreement_claims::tenant_id.eq(between.tenant()))
        .filter(agreement_claims::partner_id.eq(between.partner()))
        .filter(waits.or(agreement_claims::version_id.eq(version)))
        .count()
        .get_result(conn)?;
    Ok(said > 0)
}

/// No name in it: what is personal can be erased where it stands.
fn facts(id: ClaimId, partner: &str, dated: &str, day: &str) -> Value {
    json!({ "claim": id, "partner_name": partner, "dated": dated, "accepted_on": day })
}

/// An administrator says no. Saying it again, or of what has an outcome, changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for a claim about another tenant; the database's.
pub fn dismiss(
    conn: &mut DbConn,
    (by, scope): (&Acting, TenantScope),
    id: ClaimId,
    now: Instant,
) -> Result<(), Error> {
    let claim = of_tenant(conn, scope, id)?;
    let Ok(state) = claim.state.dismiss() else {
        return Ok(());
    };
    close(conn, &claim, by, state, now)?;
    chain::append(
        conn,
        &outcome(by, &claim, EventKind::AgreementClaimDismissed),
        now,
    )?;
    Ok(())
}

/// The agreement is about to be accepted: every claim about it gets its outcome. The events are
/// appended by the caller, after the one of the acceptance.
///
/// # Errors
/// The database's.
pub(in crate::evidence) fn confirm(
    conn: &mut DbConn,
    (by, scope): (&Acting, TenantScope),
    agreement: AgreementId,
    now: Instant,
) -> Result<Vec<NewEvent>, Error> {
    let mut events = Vec::new();
    for claim in open(conn, scope)? {
        let of: AgreementId = agreement_versions::table
            .find(claim.version)
            .select(agreement_versions::agreement_id)
            .first(conn)?;
        if of == agreement {
            close(conn, &claim, by, claim.state.confirm()?, now)?;
            events.push(outcome(by, &claim, EventKind::AgreementClaimConfirmed));
        }
    }
    Ok(events)
}

fn outcome(by: &Acting, claim: &Claim, kind: EventKind) -> NewEvent {
    let facts = facts(claim.id, &claim.partner.1, &claim.dated, &claim.accepted_on);
    NewEvent {
        partner: Some(claim.partner.0),
        relationship: Some(claim.relationship),
        ..NewEvent::by(by, kind, facts)
    }
}

/// Writes the outcome. The old state stands in the condition; whoever acts holds the tenant, so that
/// nobody else comes in between.
fn close(
    conn: &mut DbConn,
    claim: &Claim,
    by: &Acting,
    state: ClaimState,
    now: Instant,
) -> Result<(), Error> {
    diesel::update(
        agreement_claims::table
            .find(claim.id)
            .filter(agreement_claims::state.eq(literal(ClaimState::New.as_str()))),
    )
    .set((
        agreement_claims::state.eq(state),
        agreement_claims::closed_at.eq(Some(Ts::from(now))),
        agreement_claims::closed_by.eq(Some(by.membership)),
    ))
    .execute(conn)?;
    Ok(())
}
