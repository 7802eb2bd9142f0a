//! What a partner's Home shows: what waits, numbers, and whom it works with.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::super::invitations::store::{
    filter::{self, Filter, Narrowed, of_partner, waiting},
    list::{Row, rows},
};
use crate::{
    access::scope::PartnerScope,
    contacting::{list, read::Request},
    db::{
        DbConn,
        schema::{invitations, relationships, tenants},
        types::Ts,
        word,
    },
    domain::{
        Instant, InvitationId, RelationshipId, invitation::InvitationStatus,
        relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
    evidence::standing::ends_soon,
    web::paginate::COUNTED,
};

/// The most rows of what needs an answer.
const FEW: i64 = 5;
/// How long an answer is new.
pub const LATELY: TimeDelta = TimeDelta::days(30);
/// The most rows of the table.
pub const MOST: i64 = 200;

/// A relationship, as the partner sees it.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Its id.
    pub id: RelationshipId,
    /// The customer's name.
    pub name: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// Whether it stands.
    pub active: bool,
    /// The live roles by the clock, each with its end.
    pub roles: Vec<(AdminRole, Instant)>,
}

type CustomerRow = (
    (RelationshipId, RelationshipType, Ts, String),
    String,
    (Option<Ts>, Option<Ts>),
);

macro_rules! customer_columns {
    () => {
        (
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::state,
            ),
            tenants::name,
            (relationships::global_until, relationships::helpdesk_until),
        )
    };
}

/// What waits, and what was answered lately.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Contact requests that wait.
    pub requests: Vec<Request>,
    /// Those for which a customer asked for a new link.
    pub asked: Vec<Row>,
    /// Those that were accepted or declined within [`LATELY`].
    pub answered: Vec<Row>,
}

/// How much there is of everything; counting stops beyond 1,000.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// Contact requests that wait.
    pub requests: i64,
    /// Open invitations.
    pub open: i64,
    /// Invitations accepted within [`LATELY`].
    pub accepted: i64,
    /// Relationships in force.
    pub customers: i64,
    /// Relationships with a role that ends within 30 days.
    pub ending: i64,
}

fn ids(conn: &mut DbConn, query: Narrowed, most: i64) -> Result<Vec<InvitationId>, Error> {
    Ok(query
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(most)
        .select(invitations::id)
        .load(conn)?)
}

fn lately(scope: PartnerScope, status: InvitationStatus, now: Instant) -> Narrowed {
    of_partner(scope)
        .filter(invitations::state.eq(status))
        .filter(invitations::closed_at.gt(Ts::from(now - LATELY)))
}

/// What the partner's invitations ask of it.
///
/// # Errors
/// The database's.
pub fn sent(conn: &mut DbConn, scope: PartnerScope, now: Instant) -> Result<Sent, Error> {
    let asked = ids(conn, waiting(of_partner(scope)), FEW)?;
    let accepted = lately(scope, InvitationStatus::Accepted, now);
    let declined = lately(scope, InvitationStatus::Declined, now);
    let mut answered = ids(conn, accepted, FEW)?;
    answered.extend(ids(conn, declined, FEW)?);
    Ok(Sent {
        requests: list::first(conn, scope, FEW, now)?,
        asked: rows(conn, scope, asked, now)?,
        answered: rows(conn, scope, answered, now)?,
    })
}

/// The numbers.
///
/// # Errors
/// The database's.
pub fn numbers(conn: &mut DbConn, scope: PartnerScope, now: Instant) -> Result<Numbers, Error> {
    let open = Filter {
        status: Some(InvitationStatus::Open),
        ..Filter::default()
    };
    let open = filter::count(conn, scope, &open, now)?;
    let accepted = lately(scope, InvitationStatus::Accepted, now);
    let accepted = ids(conn, accepted, COUNTED + 1)?.len();
    let active = || {
        relationships::table
            .filter(relationships::partner_id.eq(scope.partner()))
            .filter(relationships::state.eq(word::Active))
            .select(relationships::id)
            .limit(COUNTED + 1)
    };
    let customers: Vec<RelationshipId> = active().load(conn)?;
    let ending: Vec<RelationshipId> = active().filter(ends_soon(now)).load(conn)?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Numbers {
        requests: list::waiting(conn, scope.partner(), COUNTED + 1, now)?,
        open,
        accepted: number(accepted),
        customers: number(customers.len()),
        ending: number(ending.len()),
    })
}

/// The first of the roles that end within 30 days: by customer, the next end first.
///
/// # Errors
/// The database's.
pub fn ending(
    conn: &mut DbConn,
    scope: PartnerScope,
    now: Instant,
) -> Result<Vec<Customer>, Error> {
    let first: Vec<RelationshipId> = relationships::table
        .filter(relationships::partner_id.eq(scope.partner()))
        .filter(ends_soon(now))
        .order((relationships::sort_end, relationships::id))
        .limit(FEW)
        .select(relationships::id)
        .load(conn)?;
    let rows: Vec<CustomerRow> = relationships::table
        .inner_join(tenants::table)
        .filter(relationships::id.eq_any(first))
        .order((relationships::sort_end, relationships::id))
        .select(customer_columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| customer(row, now)).collect())
}

/// The relationships of a partner by customer, those that stand first; at most [`MOST`].
///
/// # Errors
/// The database's.
pub fn customers(
    conn: &mut DbConn,
    scope: PartnerScope,
    now: Instant,
) -> Result<Vec<Customer>, Error> {
    let rows: Vec<CustomerRow> = relationships::table
        .inner_join(tenants::table)
        .filter(relationships::partner_id.eq(scope.partner()))
        .order((
            relationships::state,
            tenants::name_folded,
            relationships::relationship_type,
            relationships::id,
        ))
        .limit(MOST)
        .select(customer_columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| customer(row, now)).collect())
}

fn customer(row: CustomerRow, now: Instant) -> Customer {
    let ((id, relationship_type, since, state), name, (global, helpdesk)) = row;
    let until = [
        (AdminRole::GlobalAdministrator, global),
        (AdminRole::HelpdeskAdministrator, helpdesk),
    ];
    let live = |(role, end): (AdminRole, Option<Ts>)| {
        let end = end?.instant();
        (end > now).then_some((role, end))
    };
    let active = state == "active";
    Customer {
        id,
        name,
        relationship_type,
        since: since.instant(),
        active,
        roles: until
            .into_iter()
            .filter_map(live)
            .filter(|_| active)
            .collect(),
    }
}
