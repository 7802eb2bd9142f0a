//! Saying that a customer accepted the agreement elsewhere.

use crate::{
    access::{at_customer::AtCustomer, guards::Guard, scope::PartnerScope},
    db::DbConn,
    domain::{Instant, RelationshipId, claim::ClaimState},
    error::Error,
    evidence::{
        claims::{self, Claim, Claiming, Said},
        consent::{self, Consent},
        relationship,
    },
    web::now::Clock,
};

/// Whether there is something to say: the customer's acceptance is missing or doesn't suffice any
/// more, and what was said of it before has neither been left open nor refused.
#[must_use]
pub fn is_open(consent: Consent, last: Option<&Claim>) -> bool {
    let lacks = matches!(consent, Consent::Missing | Consent::Outdated);
    let said = last.is_some_and(|claim| claim.state == ClaimState::New || claim.in_force);
    lacks && !said
}

/// Whether something can be said of a customer now.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's relationship; the database's.
pub fn may(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: RelationshipId,
    now: Instant,
) -> Result<bool, Error> {
    let of = relationship::of_partner(conn, scope, id)?;
    if of.kept.ended_at.is_some() {
        return Ok(false);
    }
    let customer = [(of.between, of.customer.country.as_str())];
    let consents = consent::of_customers(conn, &customer, now)?;
    let last = claims::newest(conn, of.between)?;
    let consent = consents.get(&of.customer.id).copied();
    Ok(is_open(consent.unwrap_or(Consent::Missing), last.as_ref()))
}

/// Records it, in the customer's chain too.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's relationship; the database's.
pub fn claim(
    conn: &mut DbConn,
    at: &AtCustomer,
    said: &Said,
    clock: &Clock,
) -> Result<Claiming, Error> {
    let by = at.by();
    let of = relationship::of_partner(conn, by.scope(), at.relationship())?;
    claims::record(conn, by.acting(), &of, said, clock.now())
}
