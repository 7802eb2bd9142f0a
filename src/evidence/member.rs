//! Whoever is on record as a membership, by name.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{memberships, people},
    },
    domain::{MembershipId, membership::Side},
    error::Error,
};

/// The name of a member; `None` where it was erased.
///
/// # Errors
/// The database's.
pub fn member_name(conn: &mut DbConn, member: MembershipId) -> Result<Option<String>, Error> {
    let name: Option<Option<String>> = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq(member))
        .select(people::name)
        .first(conn)
        .optional()?;
    Ok(name.flatten())
}

/// Somebody on record, with the side of the membership.
#[derive(Debug, Clone)]
pub struct Known {
    /// The name; `None` where it was erased.
    pub name: Option<String>,
    /// The side.
    pub side: Side,
}

/// Who a membership is, whether or not it has ended.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn member(conn: &mut DbConn, member: MembershipId) -> Result<Known, Error> {
    let (name, side) = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq(member))
        .select((people::name, memberships::side))
        .first(conn)?;
    Ok(Known { name, side })
}
