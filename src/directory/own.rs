//! A partner's own profile, read whole.

use diesel::prelude::*;

use super::kept::Published;
use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn,
        schema::{directory_choices, directory_locations, directory_profiles, partners},
        types::Ts,
    },
    domain::{
        Instant, PartnerId,
        country::Country,
        directory::{Description, Facet, Help, Keyword, Place, ProfileState, Size},
        email::Email,
        event::EventKind,
        profile::Profile,
        spoken::Spoken,
    },
    error::Error,
    evidence::told::{self, Filter, Told},
};

/// How many changes are told.
const SHOWN: i64 = 5;

/// A partner's own profile, and what the operator registered of the partner.
#[derive(Debug, Clone)]
pub struct Own {
    /// The public partner id.
    pub number: String,
    /// The name.
    pub name: String,
    /// The domain.
    pub domain: Option<String>,
    /// What it says of itself; nothing before it was first saved.
    pub profile: Profile,
    /// Whether customers find it.
    pub state: ProfileState,
    /// When it was last saved, published or hidden.
    pub updated_at: Option<Instant>,
}

impl Own {
    /// The profile as customers would read it.
    #[must_use]
    pub fn shown(&self) -> Published {
        let profile = &self.profile;
        let place = |place: &Place| (place.country.as_str().to_owned(), place.city().to_owned());
        let keyword = |word: &Keyword| word.as_str().to_owned();
        let description = profile.description.as_ref().map(Description::as_str);
        Published {
            number: self.number.clone(),
            name: self.name.clone(),
            domain: self.domain.clone(),
            description: description.unwrap_or_default().to_owned(),
            places: profile.places.iter().map(place).collect(),
            help: profile.help.clone(),
            sizes: profile.sizes.clone(),
            languages: profile.languages.clone(),
            keywords: profile.keywords.iter().map(keyword).collect(),
        }
    }
}

type ProfileRow = (ProfileState, Option<String>, Option<String>, Ts);

/// The newest changes of a partner's own profile.
///
/// # Errors
/// The database's.
pub fn history(conn: &mut DbConn, scope: PartnerScope) -> Result<Vec<Told>, Error> {
    let kinds = vec![
        EventKind::DirectoryProfileChanged,
        EventKind::DirectoryPublished,
        EventKind::DirectoryHidden,
    ];
    let filter = Filter {
        kinds: Some(kinds),
        ..Filter::newest(SHOWN)
    };
    told::told_to_partner(conn, scope, &filter)
}

fn places(conn: &mut DbConn, id: PartnerId) -> Result<Vec<Place>, Error> {
    let rows: Vec<(String, String)> = directory_locations::table
        .filter(directory_locations::partner_id.eq(id))
        .order(directory_locations::position)
        .select((directory_locations::country, directory_locations::city))
        .load(conn)?;
    let mut places = Vec::new();
    for (country, city) in rows {
        let country = Country::parse(&country).map_err(Error::internal)?;
        places.extend(Place::parse(country, &city).map_err(Error::internal)?);
    }
    Ok(places)
}

fn choices(conn: &mut DbConn, id: PartnerId) -> Result<Vec<(Facet, String)>, Error> {
    let choices = directory_choices::table
        .filter(directory_choices::partner_id.eq(id))
        .order((directory_choices::facet, directory_choices::position))
        .select((directory_choices::facet, directory_choices::value));
    Ok(choices.load(conn)?)
}

/// The values of one facet that are words of ours.
fn of<T>(choices: &[(Facet, String)], facet: Facet, parse: fn(&str) -> Option<T>) -> Vec<T> {
    let values = choices.iter().filter(|(of, _)| *of == facet);
    values.filter_map(|(_, value)| parse(value)).collect()
}

/// A partner's own profile, as it is kept.
///
/// # Errors
/// The database's; what is kept and can't be read.
pub fn own(conn: &mut DbConn, scope: PartnerScope) -> Result<Own, Error> {
    let id = scope.partner();
    let (number, name, domain): (String, String, Option<String>) = partners::table
        .find(id)
        .select((partners::number, partners::name, partners::domain))
        .first(conn)?;
    let row: Option<ProfileRow> = directory_profiles::table
        .filter(directory_profiles::partner_id.eq(id))
        .select((
            directory_profiles::state,
            directory_profiles::description,
            directory_profiles::contact_email,
            directory_profiles::updated_at,
        ))
        .first(conn)
        .optional()?;
    let (places, choices) = (places(conn, id)?, choices(conn, id)?);
    let mut keywords = Vec::new();
    for word in of(&choices, Facet::Keyword, |word| Some(word.to_owned())) {
        keywords.extend(Keyword::parse(&word).map_err(Error::internal)?);
    }
    let (state, description, contact, updated_at) = match row {
        Some((state, description, contact, at)) => (state, description, contact, Some(at)),
        None => (ProfileState::Hidden, None, None, None),
    };
    let description = Description::parse(&description.unwrap_or_default());
    let contact = contact.map(|address| Email::parse(&address)).transpose();
    Ok(Own {
        number,
        name,
        domain,
        profile: Profile {
            description: description.map_err(Error::internal)?,
            help: of(&choices, Facet::Help, Help::parse),
            sizes: of(&choices, Facet::Size, Size::parse),
            places,
            languages: of(&choices, Facet::Language, Spoken::parse),
            keywords,
            contact: contact.map_err(Error::internal)?,
        },
        state,
        updated_at: updated_at.map(Ts::instant),
    })
}
