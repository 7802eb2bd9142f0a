//! How roles went: they ran out, or somebody closed them.

use super::{
    grants,
    member::{Known, member},
    relationship::Relationship,
};
use crate::{
    db::DbConn,
    domain::{
        Instant,
        grant::{Grant, GrantState},
        membership::Side,
    },
    error::Error,
};

/// How the last role of a relationship went: when, and by whom where it didn't just run out.
#[derive(Debug, Clone)]
pub struct Left {
    /// When.
    pub at: Instant,
    /// How.
    pub how: Gone,
}

/// How a role goes before its end, or at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gone {
    /// Its time ran out.
    Ended,
    /// The customer removed it; by whom, unless the name was erased.
    Removed(Option<String>),
    /// The partner gave it back; by whom, unless the name was erased.
    GivenBack(Option<String>),
    /// A later authorization gave the same role anew.
    Replaced,
}

/// How a grant went, and when; `None` while it is live.
///
/// # Errors
/// The database's.
pub fn gone(
    conn: &mut DbConn,
    grant: &Grant,
    now: Instant,
) -> Result<Option<(Instant, Gone)>, Error> {
    Ok(match grant.state_at(now) {
        GrantState::Live => None,
        GrantState::Expired { at } => Some((at, Gone::Ended)),
        GrantState::Replaced { at } => Some((at, Gone::Replaced)),
        GrantState::Removed { by, at } => {
            let Known { name, side } = member(conn, by)?;
            let how = match side {
                Side::Partner => Gone::GivenBack(name),
                Side::Tenant | Side::Operator => Gone::Removed(name),
            };
            Some((at, how))
        }
    })
}

/// How the last role of a relationship went; `None` where it never gave one.
///
/// # Errors
/// The database's.
pub fn left(conn: &mut DbConn, of: &Relationship, now: Instant) -> Result<Option<Left>, Error> {
    let closed = |grant: &Grant| match grant.state_at(now) {
        GrantState::Removed { at, .. } | GrantState::Expired { at } => Some(at),
        GrantState::Live | GrantState::Replaced { .. } => None,
    };
    let given = grants::of_relationship(conn, of.between, of.id)?;
    let last = given
        .iter()
        .filter_map(|grant| Some((closed(grant)?, grant)))
        .max_by_key(|(at, _)| *at);
    let Some((_, grant)) = last else {
        return Ok(None);
    };
    Ok(gone(conn, grant, now)?.map(|(at, how)| Left { at, how }))
}
