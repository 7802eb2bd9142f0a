//! Who authorized a partner, and when.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    access::scope::Between,
    db::{
        DbConn,
        schema::{authorizations, grants, memberships, people, relationships},
        types::Ts,
    },
    domain::{GrantId, Instant, RelationshipId},
    error::Error,
};

/// That somebody of the customer accepted an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorized {
    /// When.
    pub at: Instant,
    /// Who; none where the name was erased.
    pub by: Option<String>,
}

/// Who gave each grant of a relationship.
///
/// # Errors
/// The database's.
pub fn of_grants(
    conn: &mut DbConn,
    between: Between,
    relationship: RelationshipId,
) -> Result<HashMap<GrantId, Authorized>, Error> {
    let rows: Vec<(GrantId, Ts, Option<String>)> = grants::table
        .inner_join(authorizations::table)
        .inner_join(memberships::table.on(memberships::id.eq(authorizations::membership_id)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(grants::tenant_id.eq(between.tenant()))
        .filter(grants::partner_id.eq(between.partner()))
        .filter(grants::relationship_id.eq(relationship))
        .select((grants::id, authorizations::authorized_at, people::name))
        .load(conn)?;
    let one = |(grant, at, by): (_, Ts, _)| {
        let at = at.instant();
        (grant, Authorized { at, by })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Who authorized a relationship last.
///
/// # Errors
/// The database's.
pub fn newest(
    conn: &mut DbConn,
    between: Between,
    relationship: RelationshipId,
) -> Result<Option<Authorized>, Error> {
    let row: Option<(Ts, Option<String>)> = authorizations::table
        .inner_join(relationships::table)
        .inner_join(memberships::table.on(memberships::id.eq(authorizations::membership_id)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(authorizations::tenant_id.eq(between.tenant()))
        .filter(relationships::partner_id.eq(between.partner()))
        .filter(authorizations::relationship_id.eq(relationship))
        .order((
            authorizations::authorized_at.desc(),
            authorizations::id.desc(),
        ))
        .select((authorizations::authorized_at, people::name))
        .first(conn)
        .optional()?;
    Ok(row.map(|(at, by)| Authorized {
        at: at.instant(),
        by,
    }))
}
