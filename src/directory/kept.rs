//! What is said of the partners in the directory, as anybody who reads it may see it: in one row a
//! partner, written whenever its profile is. Where requests go isn't among it, so that no page can
//! show it.

use diesel::{dsl::not, prelude::*, result::Error::NotFound};
use serde::{Deserialize, Serialize};

use super::index;
use crate::{
    db::{
        DbConn,
        schema::{directory_cards, directory_entries, directory_profiles, partners},
    },
    domain::{
        PartnerId,
        directory::{Help, Size},
        spoken::Spoken,
    },
    error::Error,
    on_each,
};

/// A partner in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its public partner id.
    pub number: String,
    /// Its name, as the operator registered it.
    pub name: String,
    /// Its domain.
    pub domain: Option<String>,
    /// What it does, in its own words.
    pub description: String,
    /// Its places: country and city, the first one first.
    pub places: Vec<(String, String)>,
    /// Kinds of help.
    pub help: Vec<Help>,
    /// Sizes served.
    pub sizes: Vec<Size>,
    /// Languages spoken.
    pub languages: Vec<Spoken>,
    /// Keywords and services.
    pub keywords: Vec<String>,
}

/// Puts what is said of a partner in the place of what was.
pub(super) fn put(conn: &mut DbConn, entry: i64, said: &Published) -> Result<(), Error> {
    let (folded, suspended): (String, bool) = partners::table
        .filter(partners::number.eq(&said.number))
        .select((partners::name_folded, partners::suspended_at.is_not_null()))
        .first(conn)?;
    let row = (
        directory_entries::entry.eq(entry),
        directory_entries::name_folded.eq(&folded),
        directory_entries::suspended.eq(suspended),
    );
    // Whether it is suspended is kept by the database from here on.
    on_each!(conn, c => diesel::insert_into(directory_entries::table)
        .values(&row)
        .on_conflict(directory_entries::entry)
        .do_update()
        .set(directory_entries::name_folded.eq(&folded))
        .execute(c))?;
    let card = serde_json::to_string(said).map_err(Error::internal)?;
    let row = (
        directory_cards::entry.eq(entry),
        directory_cards::card.eq(&card),
    );
    on_each!(conn, c => diesel::insert_into(directory_cards::table)
        .values(&row)
        .on_conflict(directory_cards::entry)
        .do_update()
        .set(directory_cards::card.eq(&card))
        .execute(c))?;
    Ok(())
}

/// Takes a partner out.
pub(super) fn take(conn: &mut DbConn, entry: i64) -> QueryResult<()> {
    diesel::delete(directory_cards::table.find(entry)).execute(conn)?;
    diesel::delete(directory_entries::table.find(entry)).execute(conn)?;
    Ok(())
}

fn read(card: &str) -> Result<Published, Error> {
    serde_json::from_str(card).map_err(Error::internal)
}

/// What is said of the partners of these entries, in their order.
pub(super) fn cards(conn: &mut DbConn, entries: &[i64]) -> Result<Vec<Published>, Error> {
    let these = directory_cards::table
        .filter(index::one_of(conn, entries))
        .select((directory_cards::entry, directory_cards::card));
    let mut rows: Vec<(i64, String)> = on_each!(conn, c => these.load(c)?);
    rows.sort_by_cached_key(|(entry, _)| entries.iter().position(|one| one == entry));
    rows.iter().map(|(_, card)| read(card)).collect()
}

/// Those of these entries that are in the directory, by name. One that is hidden, suspended or
/// unknown is left out.
pub(super) fn among(
    conn: &mut DbConn,
    entries: &[i64],
) -> Result<Vec<(PartnerId, Published)>, Error> {
    let rows: Vec<(PartnerId, String)> = directory_cards::table
        .inner_join(directory_entries::table.inner_join(directory_profiles::table))
        .filter(index::one_of(conn, entries))
        .filter(not(directory_entries::suspended))
        .order((directory_entries::name_folded, directory_entries::entry))
        .select((directory_profiles::partner_id, directory_cards::card))
        .load(conn)?;
    let whole = |(partner, card): (PartnerId, String)| Ok((partner, read(&card)?));
    rows.into_iter().map(whole).collect()
}

/// The entry that a public partner id names; none for what is no such id.
pub(super) fn entry(number: &str) -> Option<i64> {
    let entry: i64 = number.parse().ok()?;
    (entry > 0 && entry.to_string() == number).then_some(entry)
}

/// One partner of the directory, by its public partner id. One that is hidden, suspended or unknown
/// isn't there.
///
/// # Errors
/// [`Error::NotFound`] where it isn't there; the database's.
pub fn published(conn: &mut DbConn, number: &str) -> Result<Published, Error> {
    let entry = entry(number).ok_or(NotFound)?;
    let found = among(conn, &[entry])?.pop().ok_or(NotFound)?;
    Ok(found.1)
}
