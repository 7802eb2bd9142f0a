//! Giving back one role, in one transaction.

use serde_json::json;

use super::tell::{self, tell};
use crate::{
    access::{at_customer::AtCustomer, guards::Guard},
    db::DbConn,
    domain::{event::EventKind, grant::GrantState, role::AdminRole},
    error::Error,
    evidence::{
        chain::{self, NewEvent},
        grants,
        relationship::{self, Relationship},
    },
    web::now::Clock,
    work::outbox::MailKind,
};

/// Closes the open grant of a role under one relationship, whatever this clock says of its start
/// and end, with one event and one mail to each side. The clock is read when everything is held.
/// Returns the number of the event that tells that the role was given back; where there was nothing
/// left to give back it is the last one's, if there is one.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's relationship; the database's.
pub fn give_back(
    conn: &mut DbConn,
    at: &AtCustomer,
    role: AdminRole,
    clock: &Clock,
) -> Result<Option<i64>, Error> {
    let by = at.by();
    let of = relationship::of_partner(conn, by.scope(), at.relationship())?;
    grants::hold(conn, of.between)?;
    let now = clock.now();
    let open = grants::open(conn, of.between)?;
    let own = open
        .iter()
        .find(|given| given.relationship == of.id && given.grant.role == role);
    let Some(given) = own else {
        return last(conn, &of, role);
    };
    let closed = given.grant.remove(by.acting().membership, now)?;
    grants::close(conn, &closed)?;
    let removed = matches!(closed.state, GrantState::Removed { .. });
    grants::refresh_copies(conn, of.id, removed.then_some(now))?;
    let facts = json!({
        "partner_name": of.partner.name,
        "type": of.kind,
        "roles": [role],
        "count": 1,
        "grants": [closed.id],
    });
    if removed {
        tell(conn, MailKind::RolesGivenBack, &of, &[role], now)?;
    }
    let kind = if removed {
        EventKind::RolesGivenBack
    } else {
        EventKind::RolesEnded
    };
    let event = NewEvent {
        tenant: Some(of.between.tenant()),
        relationship: Some(of.id),
        ..NewEvent::by(by.acting(), kind, facts)
    };
    let appended = chain::append(conn, &event, now)?;
    Ok(removed.then_some(appended.number))
}

fn last(conn: &mut DbConn, of: &Relationship, role: AdminRole) -> Result<Option<i64>, Error> {
    let told = tell::given_back(conn, of)?;
    let last = told.into_iter().find(|(_, roles)| roles.contains(&role));
    Ok(last.map(|(number, _)| number))
}

/// The roles that were given back by the event of that number.
///
/// # Errors
/// The database's.
pub fn given_back_by(
    conn: &mut DbConn,
    of: &Relationship,
    number: i64,
) -> Result<Vec<AdminRole>, Error> {
    let told = tell::given_back(conn, of)?;
    let found = told.into_iter().find(|(told, _)| *told == number);
    Ok(found.map(|(_, roles)| roles).unwrap_or_default())
}
