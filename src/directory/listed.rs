//! Partners that somebody chose in the directory, to be written to.

use diesel::prelude::*;

use super::kept::details;
use crate::{
    db::{
        DbConn,
        schema::{directory_profiles, partners},
    },
    domain::{PartnerId, directory::ProfileState},
};

/// A partner of the directory, as one that was chosen is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: PartnerId,
    /// Its public partner id.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Its first place: country and city.
    pub place: Option<(String, String)>,
}

/// Those of these public partner ids that are in the directory, by name. One that is hidden,
/// suspended or unknown is left out, so that nothing tells them apart.
///
/// # Errors
/// The database's.
pub fn listed(conn: &mut DbConn, numbers: &[String]) -> QueryResult<Vec<Listed>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(PartnerId, String, String)> = directory_profiles::table
        .inner_join(partners::table)
        .filter(directory_profiles::state.eq(ProfileState::Published))
        .filter(directory_profiles::suspended.eq(false))
        .filter(partners::number.eq_any(numbers.to_vec()))
        .order((
            directory_profiles::name_folded,
            directory_profiles::partner_id,
        ))
        .select((partners::id, partners::number, partners::name))
        .load(conn)?;
    let ids: Vec<PartnerId> = rows.iter().map(|row| row.0).collect();
    let mut details = details(conn, &ids, &[])?;
    let listed = |(id, number, name)| Listed {
        place: details
            .places
            .remove(&id)
            .and_then(|places| places.into_iter().next()),
        id,
        number,
        name,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Where a partner wants to be told of requests. It stands in mail to the partner alone, and on no
/// page but the partner's own form.
///
/// # Errors
/// The database's.
pub fn contact_address(conn: &mut DbConn, partner: PartnerId) -> QueryResult<Option<String>> {
    let address: Option<Option<String>> = directory_profiles::table
        .filter(directory_profiles::partner_id.eq(partner))
        .select(directory_profiles::contact_email)
        .first(conn)
        .optional()?;
    Ok(address.flatten())
}
