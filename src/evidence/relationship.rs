//! One relationship, as both of its sides see it, and its end.

use diesel::prelude::*;

use super::{
    ran_out,
    standing::{KEPT, KeptRow, kept},
};
use crate::{
    access::scope::{Between, PartnerScope, TenantScope},
    db::{
        DbConn, prepared,
        schema::{partners, relationships, tenants},
        types::Ts,
        word,
    },
    domain::{
        Instant, MembershipId, PartnerId, RelationshipId, TenantId,
        relationship::{RelationshipState, RelationshipType},
        standing::Kept,
    },
    error::Error,
};

/// The most other relationships of the same partner that are named.
const OTHERS: i64 = 20;

/// The partner as its customers' pages show it.
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

/// The customer as its partner's pages show it.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// ISO 3166 code.
    pub country: String,
    /// The zone in which its people read times.
    pub zone: String,
}

/// A relationship with its two sides.
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
    /// The customer.
    pub customer: Customer,
    /// The partner.
    pub partner: Partner,
    /// What is between the two.
    pub between: Between,
}

type Row = (
    (RelationshipId, RelationshipType, Ts, Option<MembershipId>),
    KeptRow,
    (TenantId, String, String, String),
    (PartnerId, String, String, Option<String>, String),
    (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    ),
);

macro_rules! joined {
    () => {
        relationships::table
            .inner_join(partners::table)
            .inner_join(tenants::table)
            .select((
                (
                    relationships::id,
                    relationships::relationship_type,
                    relationships::since,
                    relationships::ended_by,
                ),
                KEPT,
                (
                    tenants::id,
                    tenants::name,
                    tenants::country,
                    tenants::time_zone,
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
    };
}

/// One relationship of this tenant's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn of_tenant(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
) -> Result<Relationship, Error> {
    let row: Row = joined!()
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::id.eq(id))
        .first(conn)?;
    let between = scope.with(row.3.0);
    complete(conn, read(row, between))
}

/// One relationship of this partner's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn of_partner(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: RelationshipId,
) -> Result<Relationship, Error> {
    let row: Row = joined!()
        .filter(relationships::partner_id.eq(scope.partner()))
        .filter(relationships::id.eq(id))
        .first(conn)?;
    let between = scope.with(row.2.0);
    complete(conn, read(row, between))
}

/// With when its roles ran out, where nothing kept beside it says so.
fn complete(conn: &mut DbConn, mut found: Relationship) -> Result<Relationship, Error> {
    ran_out::add(conn, [(found.id, &mut found.kept)].into_iter())?;
    Ok(found)
}

fn read(row: Row, between: Between) -> Relationship {
    let ((id, kind, since, ended_by), row, customer, partner, contact) = row;
    let (partner_id, name, number, domain, country) = partner;
    let (city, contact_name, contact_email, contact_phone) = contact;
    Relationship {
        id,
        kind,
        since: since.instant(),
        kept: kept(row),
        ended_by,
        customer: Customer {
            id: customer.0,
            name: customer.1,
            country: customer.2,
            zone: customer.3,
        },
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
        between,
    }
}

/// Writes that a relationship has ended. The old state stands in the condition: where somebody
/// else was first, nothing is written.
///
/// # Errors
/// [`Error::Conflict`] where it isn't active any more.
pub fn end(
    conn: &mut DbConn,
    id: RelationshipId,
    by: MembershipId,
    now: Instant,
) -> Result<(), Error> {
    let ended = RelationshipState::Active.end(by, now)?;
    let changed = prepared(
        diesel::update(
            relationships::table
                .find(id)
                .filter(relationships::state.eq(word::Active)),
        )
        .set((
            relationships::state.eq(ended.as_str()),
            relationships::ended_at.eq(Some(Ts::from(now))),
            relationships::ended_by.eq(Some(by)),
        )),
    )
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the relationship was ended by somebody else".into(),
        ));
    }
    Ok(())
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

/// The other relationships of the same two sides, those in force first.
///
/// # Errors
/// The database's.
pub fn others(conn: &mut DbConn, of: &Relationship) -> Result<Vec<Other>, Error> {
    let rows: Vec<(RelationshipId, RelationshipType, String)> = relationships::table
        .filter(relationships::tenant_id.eq(of.between.tenant()))
        .filter(relationships::partner_id.eq(of.between.partner()))
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
