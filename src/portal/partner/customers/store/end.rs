//! Ending a relationship, in one transaction.

use serde_json::json;

use super::tell::tell;
use crate::{
    access::{
        at_customer::AtCustomer,
        guards::Guard,
        people::guests::{self, Guest},
    },
    db::DbConn,
    domain::{
        Instant, event::EventKind, grant::Grant, relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
    evidence::{
        chain::{self, EventActor, NewEvent},
        grants,
        relationship::{self, Relationship},
    },
    web::now::Clock,
    work::outbox::MailKind,
};

/// The accounts that end with a relationship: those that the customer gave for this partner, where
/// the type is the one that gives them.
///
/// # Errors
/// The database's.
pub fn accounts(conn: &mut DbConn, of: &Relationship) -> Result<Vec<Guest>, Error> {
    match of.kind {
        RelationshipType::Partner => guests::between(conn, of.between),
        _ => Ok(Vec::new()),
    }
}

/// Ends a relationship with the grants that it gave and the accounts that came of it. What was
/// accepted stays on record. The clock is read when everything is held. One that has ended stays as
/// it is.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's relationship; the database's.
pub fn end(conn: &mut DbConn, at: &AtCustomer, clock: &Clock) -> Result<(), Error> {
    let by = at.by().acting();
    let of = relationship::of_partner(conn, at.by().scope(), at.relationship())?;
    if of.kept.ended_at.is_some() {
        return Ok(());
    }
    let accounts = accounts(conn, &of)?;
    guests::hold(conn, &accounts)?;
    grants::hold(conn, of.between)?;
    let now = clock.now();
    let actor = EventActor::of(by);
    let leave = |guest| guests::end(conn, &actor, &of.partner.name, guest, now);
    let mut events: Vec<NewEvent> = accounts.iter().map(leave).collect::<Result<_, _>>()?;
    let closed = close(conn, at, &of, now)?;
    relationship::end(conn, of.id, by.membership, now)?;
    let roles: Vec<AdminRole> = closed.iter().map(|grant| grant.role).collect();
    tell(conn, MailKind::RelationshipEnded, &of, &roles, now)?;
    let facts = json!({
        "partner_name": of.partner.name,
        "type": of.kind,
        "roles": roles,
        "count": closed.len(),
        "grants": closed.iter().map(|grant| grant.id).collect::<Vec<_>>(),
        "accounts": accounts.len(),
    });
    events.push(NewEvent {
        tenant: Some(of.between.tenant()),
        relationship: Some(of.id),
        ..NewEvent::by(by, EventKind::RelationshipEnded, facts)
    });
    for event in events {
        chain::append(conn, &event, now)?;
    }
    Ok(())
}

/// Closes every open grant of the relationship, whatever this clock says of its start and end.
fn close(
    conn: &mut DbConn,
    at: &AtCustomer,
    of: &Relationship,
    now: Instant,
) -> Result<Vec<Grant>, Error> {
    let mut closed = Vec::new();
    for given in grants::open(conn, of.between)? {
        if given.relationship == of.id {
            let grant = given.grant.remove(at.by().acting().membership, now)?;
            grants::close(conn, &grant)?;
            closed.push(grant);
        }
    }
    if !closed.is_empty() {
        grants::refresh_copies(conn, of.id, Some(now))?;
    }
    Ok(closed)
}
