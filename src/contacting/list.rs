//! Lists of requests: which of them a page has.

use chrono::DateTime;
use diesel::prelude::*;

use super::read::{Of, Request, rows};
use crate::{
    access::scope::PartnerScope,
    db::{DbConn, MultiBackend, literal, schema::contact_requests, types::Ts},
    domain::{ContactRequestId, Instant, PartnerId, contact_request::ContactRequestState},
    error::Error,
    web::paginate::{COUNTED, Cursor, PAGE},
};

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rows, the newest first.
    pub rows: Vec<Request>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub total: i64,
    /// How many the filter leaves.
    pub matching: i64,
}

pub(super) type Narrowed = contact_requests::BoxedQuery<'static, MultiBackend>;

/// All that is on a side.
pub(super) fn of(side: Of) -> Narrowed {
    let query = contact_requests::table.into_boxed();
    match side {
        Of::Partner(scope) => query.filter(contact_requests::partner_id.eq(scope.partner())),
        Of::Tenant(scope) => query.filter(contact_requests::tenant_id.eq(scope.tenant())),
    }
}

fn narrowed(side: Of, state: Option<ContactRequestState>, now: Instant) -> Narrowed {
    let new = contact_requests::state.eq(literal(ContactRequestState::New.as_str()));
    let in_time = contact_requests::expires_at.gt(Ts::from(now));
    let late = contact_requests::expires_at.le(Ts::from(now));
    match state {
        None => of(side),
        Some(ContactRequestState::New) => of(side).filter(new.and(in_time)),
        Some(ContactRequestState::Expired) => {
            let expired = contact_requests::state.eq(ContactRequestState::Expired);
            of(side).filter(expired.or(new.and(late)))
        }
        Some(state) => of(side).filter(contact_requests::state.eq(state)),
    }
}

/// How many wait for a partner; counting stops at `most`.
///
/// # Errors
/// The database's.
pub fn waiting(
    conn: &mut DbConn,
    partner: PartnerId,
    most: i64,
    now: Instant,
) -> Result<i64, Error> {
    let ids: Vec<ContactRequestId> = contact_requests::table
        .filter(contact_requests::partner_id.eq(partner))
        .filter(contact_requests::state.eq(literal(ContactRequestState::New.as_str())))
        .filter(contact_requests::expires_at.gt(Ts::from(now)))
        .select(contact_requests::id)
        .limit(most)
        .load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

fn count(conn: &mut DbConn, query: Narrowed) -> Result<i64, Error> {
    let ids: Vec<ContactRequestId> = query
        .select(contact_requests::id)
        .limit(COUNTED + 1)
        .load(conn)?;
    i64::try_from(ids.len()).map_err(Error::internal)
}

/// A page of the list, the newest first.
///
/// # Errors
/// [`Error::BadRequest`] for a place that is none; the database's.
pub fn list(
    conn: &mut DbConn,
    side: Of,
    state: Option<ContactRequestState>,
    after: Option<&Cursor>,
    now: Instant,
) -> Result<Found, Error> {
    let mut query = narrowed(side, state, now);
    if let Some(after) = after {
        let at = DateTime::parse_from_rfc3339(&after.key).map_err(|_| Error::BadRequest)?;
        let at = Ts::from(at.to_utc());
        let earlier = contact_requests::id.lt(ContactRequestId::from_uuid(after.id));
        query = query
            .filter(contact_requests::created_at.le(at))
            .filter(contact_requests::created_at.lt(at).or(earlier));
    }
    let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
    let mut ids = newest(conn, query, limit)?;
    let more = ids.len() > PAGE;
    ids.truncate(PAGE);
    let rows = rows(conn, ids, now)?;
    let next = rows.last().filter(|_| more).map(|row| Cursor {
        key: Ts::from(row.created_at).text(),
        id: row.id.uuid(),
    });
    let total = count(conn, of(side))?;
    let matching = match state {
        None => total,
        Some(_) => count(conn, narrowed(side, state, now))?,
    };
    Ok(Found {
        rows,
        next,
        total,
        matching,
    })
}

fn newest(conn: &mut DbConn, query: Narrowed, limit: i64) -> Result<Vec<ContactRequestId>, Error> {
    let newest = (
        contact_requests::created_at.desc(),
        contact_requests::id.desc(),
    );
    Ok(query
        .order(newest)
        .limit(limit)
        .select(contact_requests::id)
        .load(conn)?)
}

/// The first few that wait for a partner, those that end next first.
///
/// # Errors
/// The database's.
pub fn first(
    conn: &mut DbConn,
    scope: PartnerScope,
    few: i64,
    now: Instant,
) -> Result<Vec<Request>, Error> {
    let ids = narrowed(Of::Partner(scope), Some(ContactRequestState::New), now)
        .order((contact_requests::expires_at, contact_requests::id))
        .limit(few)
        .select(contact_requests::id)
        .load(conn)?;
    let mut rows = rows(conn, ids, now)?;
    rows.reverse();
    Ok(rows)
}
