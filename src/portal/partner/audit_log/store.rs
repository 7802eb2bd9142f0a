//! What a partner reads of the logs, page by page.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        schema::{events, relationships},
    },
    domain::{EventId, RelationshipId, membership::Side},
    error::Error,
    evidence::told::{
        self, Filter, Told, ToldActor,
        placed::{Placed, placed_for_partner},
    },
    web::paginate::COUNTED,
};

/// What a page shows.
pub struct Read {
    /// The events.
    pub told: Vec<Told>,
    /// How many there are.
    pub count: i64,
    /// The partner's own relationships among those named.
    pub relationships: HashSet<RelationshipId>,
}

/// Reads a page.
///
/// # Errors
/// The database's.
pub fn read(conn: &mut DbConn, scope: PartnerScope, filter: &Filter) -> Result<Read, Error> {
    let mut told = told::told_to_partner(conn, scope, filter)?;
    let named: Vec<RelationshipId> = told.iter().filter_map(|event| event.relationship).collect();
    let own: Vec<RelationshipId> = relationships::table
        .filter(relationships::partner_id.eq(scope.partner()))
        .filter(relationships::id.eq_any(named))
        .select(relationships::id)
        .load(conn)?;
    hide_strangers(conn, scope, &mut told)?;
    Ok(Read {
        count: told::count_for_partner(conn, scope, filter, COUNTED + 1)?,
        relationships: own.into_iter().collect(),
        told,
    })
}

/// Reads one event.
///
/// # Errors
/// [`Error::NotFound`] where it concerns another partner, or nobody.
pub fn one(conn: &mut DbConn, scope: PartnerScope, id: EventId) -> Result<Placed, Error> {
    let mut placed = placed_for_partner(conn, scope, id)?;
    hide_strangers(conn, scope, std::slice::from_mut(&mut placed.told))?;
    Ok(placed)
}

/// Takes the names of tenants away that the partner doesn't know yet: whose the address is that an
/// invitation was sent to, nobody is told before somebody there has answered.
fn hide_strangers(conn: &mut DbConn, scope: PartnerScope, told: &mut [Told]) -> Result<(), Error> {
    let ids: Vec<EventId> = told.iter().map(|event| event.id).collect();
    let related = relationships::tenant_id
        .nullable()
        .eq(events::tenant_id)
        .and(relationships::partner_id.eq(scope.partner()));
    let known: Vec<EventId> = events::table
        .inner_join(relationships::table.on(related))
        .filter(events::id.eq_any(ids))
        .select(events::id)
        .load(conn)?;
    let known: HashSet<EventId> = known.into_iter().collect();
    for event in told {
        let answered =
            matches!(event.actor, ToldActor::Person { side, .. } if side == Side::Tenant);
        if !answered && !known.contains(&event.id) {
            event.tenant = None;
        }
    }
    Ok(())
}
