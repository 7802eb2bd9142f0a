//! When roles ran out, where that was recorded: the grants alone tell it then.

use std::collections::HashMap;

use diesel::{dsl::max, prelude::*};

use crate::{
    db::{DbConn, literal, schema::grants, types::Ts},
    domain::{RelationshipId, standing::Kept},
    error::Error,
};

/// How many relationships are asked about at once: databases take so many values in a statement.
const AT_ONCE: usize = 1000;

/// Adds to what is kept beside relationships when their roles ran out. That a role did is seldom on
/// record, so that this seldom asks at all.
///
/// # Errors
/// The database's.
pub fn add<'a>(
    conn: &mut DbConn,
    kept: impl Iterator<Item = (RelationshipId, &'a mut Kept)>,
) -> Result<(), Error> {
    let mut silent: HashMap<RelationshipId, &mut Kept> = kept
        .filter(|(_, kept)| kept.is_silent_about_its_roles())
        .collect();
    let ids: Vec<RelationshipId> = silent.keys().copied().collect();
    for ids in ids.chunks(AT_ONCE) {
        let rows: Vec<(RelationshipId, Option<Ts>)> = grants::table
            .filter(grants::relationship_id.eq_any(ids))
            .filter(grants::state.eq(literal("expired")))
            .group_by(grants::relationship_id)
            .select((grants::relationship_id, max(grants::closed_at)))
            .load(conn)?;
        for (id, at) in rows {
            if let Some(kept) = silent.get_mut(&id) {
                kept.ran_out_at = at.map(Ts::instant);
            }
        }
    }
    Ok(())
}
