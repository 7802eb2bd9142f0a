//! The list: which rows a page has, then what it shows of them.

use std::collections::{HashMap, HashSet};

use chrono::DateTime;
use diesel::prelude::*;

use super::filter::{Filter, count, narrowed, of_partner, waiting};
use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        schema::{invitation_roles, invitations, memberships, people, renewal_requests, tenants},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, MembershipId, TenantId, invitation::InvitationStatus,
        relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
    web::paginate::{Cursor, PAGE},
    work::delivery::{self, Delivery},
};

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The invitation.
    pub id: InvitationId,
    /// Whom it is for, as the partner wrote it: an address or a public id.
    pub written: String,
    /// The customer's name, once it has answered.
    pub customer: Option<String>,
    /// The type.
    pub kind: RelationshipType,
    /// The roles asked for.
    pub roles: Vec<AdminRole>,
    /// The partner's own note.
    pub reference: Option<String>,
    /// Who made it; `None` when erased.
    pub sender: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it can be answered.
    pub expires_at: Instant,
    /// What became of it, by the clock.
    pub status: InvitationStatus,
    /// How far its mail has come; `None` where none is sent.
    pub delivery: Option<Delivery>,
    /// When a new link was asked for.
    pub renewal: Option<Instant>,
    /// Whether that still waits for a new invitation.
    pub renewal_waits: bool,
}

/// What a page of the list shows.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub total: i64,
    /// How many the filter leaves.
    pub matching: i64,
    /// Who made any of them, by name.
    pub makers: Vec<(MembershipId, String)>,
}

/// Reads a page of the list, the newest first.
///
/// # Errors
/// [`Error::BadRequest`] for a place that is none; the database's.
pub fn find(
    conn: &mut DbConn,
    scope: PartnerScope,
    filter: &Filter,
    after: Option<&Cursor>,
    now: Instant,
) -> Result<Found, Error> {
    let mut query = narrowed(scope, filter, now);
    if let Some(after) = after {
        let at = DateTime::parse_from_rfc3339(&after.key).map_err(|_| Error::BadRequest)?;
        let at = Ts::from(at.to_utc());
        let earlier = invitations::id.lt(InvitationId::from_uuid(after.id));
        query = query
            .filter(invitations::created_at.le(at))
            .filter(invitations::created_at.lt(at).or(earlier));
    }
    let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
    let mut ids: Vec<InvitationId> = query
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(limit)
        .select(invitations::id)
        .load(conn)?;
    let more = ids.len() > PAGE;
    ids.truncate(PAGE);
    let rows = rows(conn, scope, ids, now)?;
    let next = rows.last().filter(|_| more).map(|row| Cursor {
        key: Ts::from(row.created_at).text(),
        id: row.id.uuid(),
    });
    let total = count(conn, scope, &Filter::default(), now)?;
    let matching = if filter.is_empty() {
        total
    } else {
        count(conn, scope, filter, now)?
    };
    Ok(Found {
        rows,
        next,
        total,
        matching,
        makers: makers(conn, scope)?,
    })
}

/// Who made invitations of this partner, by name, at most 200. Those who were erased have none.
fn makers(conn: &mut DbConn, scope: PartnerScope) -> Result<Vec<(MembershipId, String)>, Error> {
    let made = invitations::table
        .filter(invitations::partner_id.eq(scope.partner()))
        .select(invitations::created_by);
    let rows: Vec<(MembershipId, Option<String>)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq_any(made))
        .order((people::name_folded, memberships::id))
        .limit(200)
        .select((memberships::id, people::name))
        .load(conn)?;
    let known = |(id, name): (MembershipId, Option<String>)| Some((id, name?));
    Ok(rows.into_iter().filter_map(known).collect())
}

type Columns = (
    (InvitationId, RelationshipType, InvitationStatus, Ts, Ts),
    (
        Option<String>,
        Option<String>,
        Option<TenantId>,
        Option<String>,
    ),
    Option<String>,
    Option<Ts>,
);

/// These invitations of the partner's as lines, the newest first.
///
/// # Errors
/// The database's.
pub fn rows(
    conn: &mut DbConn,
    scope: PartnerScope,
    ids: Vec<InvitationId>,
    now: Instant,
) -> Result<Vec<Row>, Error> {
    let columns: Vec<Columns> = invitations::table
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .left_join(tenants::table.on(invitations::addressed_tenant_id.eq(tenants::id.nullable())))
        .left_join(renewal_requests::table.on(renewal_requests::invitation_id.eq(invitations::id)))
        .filter(invitations::partner_id.eq(scope.partner()))
        .filter(invitations::id.eq_any(ids.clone()))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .select((
            (
                invitations::id,
                invitations::relationship_type,
                invitations::state,
                invitations::created_at,
                invitations::expires_at,
            ),
            (
                tenants::public_id.nullable(),
                invitations::email,
                invitations::answered_tenant_id,
                invitations::reference,
            ),
            people::name,
            renewal_requests::requested_at.nullable(),
        ))
        .load(conn)?;
    let beside = Beside {
        roles: roles(conn, ids.clone())?,
        names: names(conn, columns.iter().filter_map(|row| row.1.2).collect())?,
        waiting: still_waiting(conn, scope, ids.clone())?,
        delivery: delivery::of_invitations(conn, scope, ids)?,
    };
    Ok(columns
        .into_iter()
        .map(|columns| read(columns, &beside, now))
        .collect())
}

/// What stands beside the rows, each read in one query for all.
struct Beside {
    roles: Vec<(InvitationId, AdminRole)>,
    names: HashMap<TenantId, String>,
    waiting: HashSet<InvitationId>,
    delivery: HashMap<InvitationId, Delivery>,
}

fn read(columns: Columns, beside: &Beside, now: Instant) -> Row {
    let ((id, kind, kept, created, expires), whom, sender, renewal) = columns;
    let (public_id, email, answered, reference) = whom;
    let overdue = kept == InvitationStatus::Open && now >= expires.instant();
    let of_this = beside.roles.iter().filter(|(of, _)| *of == id);
    Row {
        id,
        written: public_id.or(email).unwrap_or_default(),
        customer: answered.and_then(|tenant| beside.names.get(&tenant).cloned()),
        kind,
        roles: of_this.map(|(_, role)| *role).collect(),
        reference,
        sender,
        created_at: created.instant(),
        expires_at: expires.instant(),
        status: if overdue {
            InvitationStatus::Expired
        } else {
            kept
        },
        delivery: beside.delivery.get(&id).copied(),
        renewal: renewal.map(Ts::instant),
        renewal_waits: beside.waiting.contains(&id),
    }
}

fn roles(
    conn: &mut DbConn,
    ids: Vec<InvitationId>,
) -> Result<Vec<(InvitationId, AdminRole)>, Error> {
    Ok(invitation_roles::table
        .filter(invitation_roles::invitation_id.eq_any(ids))
        .order(invitation_roles::role)
        .select((invitation_roles::invitation_id, invitation_roles::role))
        .load(conn)?)
}

fn names(conn: &mut DbConn, ids: Vec<TenantId>) -> Result<HashMap<TenantId, String>, Error> {
    let names: Vec<(TenantId, String)> = tenants::table
        .filter(tenants::id.eq_any(ids))
        .select((tenants::id, tenants::name))
        .load(conn)?;
    Ok(names.into_iter().collect())
}

fn still_waiting(
    conn: &mut DbConn,
    scope: PartnerScope,
    ids: Vec<InvitationId>,
) -> Result<HashSet<InvitationId>, Error> {
    let waiting: Vec<InvitationId> = waiting(of_partner(scope))
        .filter(invitations::id.eq_any(ids))
        .select(invitations::id)
        .load(conn)?;
    Ok(waiting.into_iter().collect())
}
