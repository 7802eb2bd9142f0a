//! Partners that somebody chose in the directory, to be written to.

use diesel::prelude::*;

use super::kept::{among, entry};
use crate::{
    db::{DbConn, schema::directory_profiles},
    domain::PartnerId,
    error::Error,
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
pub fn listed(conn: &mut DbConn, numbers: &[String]) -> Result<Vec<Listed>, Error> {
    let entries: Vec<i64> = numbers.iter().filter_map(|number| entry(number)).collect();
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let found = among(conn, &entries)?.into_iter();
    let listed = found.map(|(id, card)| Listed {
        id,
        number: card.number,
        name: card.name,
        place: card.places.into_iter().next(),
    });
    Ok(listed.collect())
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
