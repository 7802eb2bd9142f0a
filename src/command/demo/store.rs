//! Taking back what the sample's company gave. The pages have functions of their own for this;
//! these serve the sample only.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    access::{
        guards::{BillingAdmin, Guard, Staff},
        scope::TenantScope,
    },
    db::{DbConn, schema::relationships, types::Ts},
    domain::{
        Instant, PartnerId, RelationshipId, event::EventKind, relationship::RelationshipType,
    },
    error::Error,
    evidence::{
        chain::{self, NewEvent},
        grants,
    },
};

/// Takes back every live role of a partner, whichever relationship gave it.
///
/// # Errors
/// The database's.
pub fn remove_roles(
    conn: &mut DbConn,
    by: &BillingAdmin,
    partner: (PartnerId, &str),
    now: Instant,
) -> Result<(), Error> {
    let live = grants::live(conn, by.scope(), partner.0, now, true)?;
    let mut touched: Vec<RelationshipId> = Vec::new();
    let mut roles = Vec::new();
    for given in &live {
        grants::close(conn, &given.grant.remove(by.acting().membership, now)?)?;
        roles.push(given.grant.role);
        if !touched.contains(&given.relationship) {
            touched.push(given.relationship);
        }
    }
    for relationship in &touched {
        grants::refresh_copies(conn, *relationship, Some(now))?;
    }
    let facts = json!({ "partner_name": partner.1, "roles": roles, "count": live.len() });
    let event = NewEvent {
        partner: Some(partner.0),
        relationship: touched.first().copied(),
        ..NewEvent::by(by.acting(), EventKind::RolesRemoved, facts)
    };
    chain::append(conn, &event, now).map(drop)
}

/// Ends every active relationship of a partner with a tenant, from the partner's side.
///
/// # Errors
/// The database's.
pub fn end_relationships(
    conn: &mut DbConn,
    by: &Staff,
    scope: TenantScope,
    partner_name: &str,
    now: Instant,
) -> Result<(), Error> {
    let me = by.acting().membership;
    let active: Vec<(RelationshipId, RelationshipType)> = relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::partner_id.eq(by.scope().partner()))
        .filter(relationships::state.eq("active"))
        .select((relationships::id, relationships::relationship_type))
        .load(conn)?;
    for (id, kind) in active {
        for grant in grants::of_relationship(conn, scope, id)? {
            if grant.is_live(now) {
                grants::close(conn, &grant.remove(me, now)?)?;
            }
        }
        diesel::update(relationships::table.find(id))
            .set((
                relationships::state.eq("ended"),
                relationships::ended_at.eq(Some(Ts::from(now))),
                relationships::ended_by.eq(Some(me)),
            ))
            .execute(conn)?;
        grants::refresh_copies(conn, id, Some(now))?;
        let facts = json!({ "partner_name": partner_name, "type": kind });
        let event = NewEvent {
            tenant: Some(scope.tenant()),
            relationship: Some(id),
            ..NewEvent::by(by.acting(), EventKind::RelationshipEnded, facts)
        };
        chain::append(conn, &event, now)?;
    }
    Ok(())
}
