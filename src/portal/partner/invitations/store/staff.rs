//! The staff who can be named to get a user account.

use diesel::prelude::*;

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        schema::{memberships, people},
    },
    domain::PersonId,
    error::Error,
};

/// Everybody of the partner's staff who can be named, by name, at most 200.
///
/// # Errors
/// The database's.
pub fn staff(
    conn: &mut DbConn,
    scope: PartnerScope,
) -> Result<Vec<(PersonId, String, String)>, Error> {
    let rows: Vec<(PersonId, Option<String>, Option<String>)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::partner_id.eq(scope.partner()))
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .order((people::name_folded, people::id))
        .limit(200)
        .select((people::id, people::name, people::email))
        .load(conn)?;
    let known = |(id, name, email): (PersonId, Option<String>, Option<String>)| {
        Some((id, name?, email.unwrap_or_default()))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}
