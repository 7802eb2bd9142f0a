//! One relationship, with everything that its page shows.

use super::ran_out;
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{partners, relationships},
        types::Ts,
    },
    domain::{
        Instant, MembershipId, PartnerId, RelationshipId,
        grant::{Grant, GrantState},
        relationship::RelationshipType,
        standing::Kept,
    },
    error::Error,
    evidence::{grants, member::member_name},
};
use diesel::prelude::*;

/// The most other relationships of the same partner that are named.
const OTHERS: i64 = 20;

/// The partner as its page shows it.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its public partner id.
    pub number: String,
    /// Its domain.
    pub domain: Option<String>,
    /// ISO 3166 code.
    pub country: String,
    /// Where it is.
    pub city: Option<String>,
    /// Whom to talk to.
    pub contact_name: Option<String>,
    /// The address.
    pub contact_email: Option<String>,
    /// The telephone.
    pub contact_phone: Option<String>,
}

/// A relationship with its partner.
#[derive(Debug, Clone)]
pub struct Relationship {
    /// Its id.
    pub id: RelationshipId,
    /// Its type.
    pub kind: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// What is kept beside it.
    pub kept: Kept,
    /// Who ended it.
    pub ended_by: Option<MembershipId>,
    /// The partner.
    pub partner: Partner,
}

type Row = (
    (
        RelationshipId,
        RelationshipType,
        Ts,
        Option<Ts>,
        Option<MembershipId>,
    ),
    (bool, Option<Ts>, Option<Ts>, Option<Ts>),
    (PartnerId, String, String, Option<String>, String),
    (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    ),
);

/// One relationship of this tenant's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
) -> Result<Relationship, Error> {
    let row: Row = relationships::table
        .inner_join(partners::table)
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::id.eq(id))
        .select((
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::ended_at,
                relationships::ended_by,
            ),
            (
                relationships::had_roles,
                relationships::global_until,
                relationships::helpdesk_until,
                relationships::roles_left_at,
            ),
            (
                partners::id,
                partners::name,
                partners::number,
                partners::domain,
                partners::country,
            ),
            (
                partners::city,
                partners::contact_name,
                partners::contact_email,
                partners::contact_phone,
            ),
        ))
        .first(conn)?;
    let mut found = read(row);
    ran_out::add(conn, [(found.id, &mut found.kept)].into_iter())?;
    Ok(found)
}

fn read(row: Row) -> Relationship {
    let ((id, kind, since, ended_at, ended_by), kept, partner, contact) = row;
    let (had_roles, global, helpdesk, left) = kept;
    let (partner_id, name, number, domain, country) = partner;
    let (city, contact_name, contact_email, contact_phone) = contact;
    Relationship {
        id,
        kind,
        since: since.instant(),
        kept: Kept {
            ended_at: ended_at.map(Ts::instant),
            had_roles,
            global_until: global.map(Ts::instant),
            helpdesk_until: helpdesk.map(Ts::instant),
            roles_left_at: left.map(Ts::instant),
            ran_out_at: None,
        },
        ended_by,
        partner: Partner {
            id: partner_id,
            name,
            number,
            domain,
            country,
            city,
            contact_name,
            contact_email,
            contact_phone,
        },
    }
}

/// Another relationship of the same partner.
#[derive(Debug, Clone)]
pub struct Other {
    /// Its id.
    pub id: RelationshipId,
    /// Its type.
    pub kind: RelationshipType,
    /// Whether it has ended.
    pub ended: bool,
}

/// The other relationships of the same partner in this tenant, those in force first.
///
/// # Errors
/// The database's.
pub fn others(
    conn: &mut DbConn,
    scope: TenantScope,
    of: &Relationship,
) -> Result<Vec<Other>, Error> {
    let rows: Vec<(RelationshipId, RelationshipType, String)> = relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::partner_id.eq(of.partner.id))
        .filter(relationships::id.ne(of.id))
        .order((relationships::state, relationships::since.desc()))
        .limit(OTHERS)
        .select((
            relationships::id,
            relationships::relationship_type,
            relationships::state,
        ))
        .load(conn)?;
    let other = |(id, kind, state): (_, _, String)| Other {
        id,
        kind,
        ended: state == "ended",
    };
    Ok(rows.into_iter().map(other).collect())
}

/// How the last role of a relationship went: when, and by whom where somebody removed it.
#[derive(Debug, Clone)]
pub struct Left {
    /// When.
    pub at: Instant,
    /// Whether it was removed, and didn't just run out.
    pub removed: bool,
    /// Who removed it; none where the name was erased.
    pub by: Option<String>,
}

/// How the last role of a relationship went; `None` where it never gave one.
///
/// # Errors
/// The database's.
pub fn left(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
    now: Instant,
) -> Result<Option<Left>, Error> {
    let closed = |grant: &Grant| match grant.state_at(now) {
        GrantState::Removed { by, at } => Some((at, Some(by))),
        GrantState::Expired { at } => Some((at, None)),
        GrantState::Live | GrantState::Replaced { .. } => None,
    };
    let given = grants::of_relationship(conn, scope, id)?;
    let Some((at, by)) = given.iter().filter_map(closed).max_by_key(|(at, _)| *at) else {
        return Ok(None);
    };
    let name = match by {
        Some(by) => member_name(conn, by)?,
        None => None,
    };
    Ok(Some(Left {
        at,
        removed: by.is_some(),
        by: name,
    }))
}
