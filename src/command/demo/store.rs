//! Ending relationships from the partner's side, for the sample: no page does that yet.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    access::{
        guards::{Guard, Staff},
        scope::TenantScope,
    },
    db::{DbConn, literal, schema::relationships, types::Ts},
    domain::{
        Instant, RelationshipId, event::EventKind, grant::GrantState,
        relationship::RelationshipType,
    },
    error::Error,
    evidence::{
        chain::{self, NewEvent},
        grants,
    },
};

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
        .filter(relationships::state.eq(literal("active")))
        .select((relationships::id, relationships::relationship_type))
        .load(conn)?;
    for (id, kind) in active {
        for grant in grants::of_relationship(conn, scope, id)? {
            if grant.state == GrantState::Live {
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
