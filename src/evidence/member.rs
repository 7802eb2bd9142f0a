//! Whoever is on record as a membership, by name.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{memberships, people},
    },
    domain::MembershipId,
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
