//! Published profiles, as anybody who reads the directory may see them. Where requests go isn't
//! among what is read here, so that no page can show it.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{directory_choices, directory_locations, directory_profiles, partners},
    },
    domain::{
        PartnerId,
        directory::{Facet, Help, ProfileState, Size},
        spoken::Spoken,
    },
};

/// A partner in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub id: PartnerId,
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

/// What a line of the directory begins with: the partner, and what it says of itself.
pub(super) type Head = (PartnerId, String, String, Option<String>, Option<String>);

/// Places and choices of profiles.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub(super) places: HashMap<PartnerId, Vec<(String, String)>>,
    pub(super) choices: HashMap<PartnerId, Vec<(Facet, String)>>,
}

/// Reads places and some choices of several profiles in two visits.
pub(super) fn details(
    conn: &mut DbConn,
    ids: &[PartnerId],
    facets: &[Facet],
) -> QueryResult<Details> {
    let mut details = Details::default();
    let places: Vec<(PartnerId, String, String)> = directory_locations::table
        .filter(directory_locations::partner_id.eq_any(ids.to_vec()))
        .order((
            directory_locations::partner_id,
            directory_locations::position,
        ))
        .select((
            directory_locations::partner_id,
            directory_locations::country,
            directory_locations::city,
        ))
        .load(conn)?;
    for (id, country, city) in places {
        details.places.entry(id).or_default().push((country, city));
    }
    if facets.is_empty() {
        return Ok(details);
    }
    let facets: Vec<&str> = facets.iter().map(|facet| facet.as_str()).collect();
    let choices: Vec<(PartnerId, Facet, String)> = directory_choices::table
        .filter(directory_choices::partner_id.eq_any(ids.to_vec()))
        .filter(directory_choices::facet.eq_any(facets))
        .order((
            directory_choices::partner_id,
            directory_choices::facet,
            directory_choices::position,
        ))
        .select((
            directory_choices::partner_id,
            directory_choices::facet,
            directory_choices::value,
        ))
        .load(conn)?;
    for (id, facet, value) in choices {
        details.choices.entry(id).or_default().push((facet, value));
    }
    Ok(details)
}

/// The values of one facet that are words of ours.
pub(super) fn of<T>(
    choices: &[(Facet, String)],
    facet: Facet,
    parse: fn(&str) -> Option<T>,
) -> Vec<T> {
    let values = choices.iter().filter(|(of, _)| *of == facet);
    values.filter_map(|(_, value)| parse(value)).collect()
}

/// Completes lines with their places and some choices.
pub(super) fn complete(
    conn: &mut DbConn,
    heads: Vec<Head>,
    facets: &[Facet],
) -> QueryResult<Vec<Published>> {
    let ids: Vec<PartnerId> = heads.iter().map(|head| head.0).collect();
    let mut details = details(conn, &ids, facets)?;
    let whole = |(id, number, name, domain, description): Head| {
        let choices = details.choices.remove(&id).unwrap_or_default();
        Published {
            id,
            number,
            name,
            domain,
            description: description.unwrap_or_default(),
            places: details.places.remove(&id).unwrap_or_default(),
            help: of(&choices, Facet::Help, Help::parse),
            sizes: of(&choices, Facet::Size, Size::parse),
            languages: of(&choices, Facet::Language, Spoken::parse),
            keywords: of(&choices, Facet::Keyword, |word| Some(word.to_owned())),
        }
    };
    Ok(heads.into_iter().map(whole).collect())
}

/// One partner of the directory, by its public partner id. One that is hidden, suspended or unknown
/// isn't there.
///
/// # Errors
/// The database's; [`diesel::result::Error::NotFound`] where it isn't there.
pub fn published(conn: &mut DbConn, number: &str) -> QueryResult<Published> {
    // An address may hold what Postgres takes for no text.
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(diesel::result::Error::NotFound);
    }
    let head: Head = directory_profiles::table
        .inner_join(partners::table)
        .filter(directory_profiles::state.eq(ProfileState::Published))
        .filter(directory_profiles::suspended.eq(false))
        .filter(partners::number.eq(number))
        .select((
            partners::id,
            partners::number,
            partners::name,
            partners::domain,
            directory_profiles::description,
        ))
        .first(conn)?;
    complete(conn, vec![head], Facet::ALL)?
        .pop()
        .ok_or(diesel::result::Error::NotFound)
}
