//! A partner's own profile saved, published and hidden, each with its event.

use diesel::prelude::*;
use serde_json::json;

use super::{
    index, kept,
    own::{Own, own},
};
use crate::{
    access::guards::{AdminAgent, Guard},
    db::{
        DbConn,
        schema::{directory_choices, directory_locations, directory_profiles, partners},
        types::Ts,
    },
    domain::{
        Instant, Language,
        directory::{Description, Facet, Keyword, ProfileState},
        email::Email,
        event::EventKind,
        profile::{Part, Profile},
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    on_each,
    web::{now::Clock, words::words},
};

/// Why a profile isn't saved or published: customers would read half of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub Vec<Part>);

/// Makes sure that there is a row, and holds it until the end of the transaction: after the
/// membership, before the chain's head.
fn hold(conn: &mut DbConn, by: &AdminAgent, now: Instant) -> Result<(), Error> {
    let id = by.scope().partner();
    let number: String = partners::table
        .find(id)
        .select(partners::number)
        .first(conn)?;
    let entry: i64 = number.parse().map_err(Error::internal)?;
    let row = (
        directory_profiles::partner_id.eq(id),
        directory_profiles::entry.eq(entry),
        directory_profiles::state.eq(ProfileState::Hidden),
        directory_profiles::updated_at.eq(Ts::from(now)),
        directory_profiles::updated_by.eq(by.acting().membership),
    );
    on_each!(conn, c => diesel::insert_into(directory_profiles::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if let DbConn::Postgres(conn) = conn {
        let _: i64 = directory_profiles::table
            .find(entry)
            .select(directory_profiles::entry)
            .for_update()
            .first(conn)?;
    }
    Ok(())
}

/// Puts a published profile where it is found, and takes a hidden one out.
///
/// # Errors
/// The database's.
pub fn indexed(conn: &mut DbConn, own: &Own) -> Result<(), Error> {
    let entry: i64 = own.number.parse().map_err(Error::internal)?;
    if own.state == ProfileState::Hidden {
        index::take(conn, entry)?;
        return Ok(kept::take(conn, entry)?);
    }
    kept::put(conn, entry, &own.shown())?;
    let mut beside = vec![own.name.as_str(), own.number.as_str()];
    beside.extend(own.domain.as_deref());
    let names: Vec<String> = own
        .profile
        .places
        .iter()
        .flat_map(|place| {
            let key = format!("country-{}", place.country.as_str());
            let name = move |language: &Language| words(*language).get(&key).to_owned();
            Language::ALL.iter().map(name)
        })
        .collect();
    beside.extend(names.iter().map(String::as_str));
    Ok(index::put(conn, entry, &index::of(&own.profile, &beside))?)
}

fn tell(
    conn: &mut DbConn,
    by: &AdminAgent,
    kind: EventKind,
    (own, changed): (&Own, &[Part]),
    now: Instant,
) -> Result<(), Error> {
    let facts = json!({ "partner_name": own.name, "changed": changed });
    chain::append(conn, &NewEvent::by(by.acting(), kind, facts), now).map(drop)
}

/// Saves a profile. What is published stays whole; saving what is there already changes nothing.
///
/// # Errors
/// The database's.
pub fn save(
    conn: &mut DbConn,
    by: &AdminAgent,
    profile: &Profile,
    clock: &Clock,
) -> Result<Result<(), Refused>, Error> {
    let profile = profile.clone().tidy();
    if own(conn, by.scope())?.profile == profile {
        return Ok(Ok(()));
    }
    hold(conn, by, clock.now())?;
    let now = clock.now();
    let before = own(conn, by.scope())?;
    let (changed, missing) = (profile.changed(&before.profile), profile.missing());
    if before.state == ProfileState::Published && !missing.is_empty() {
        return Ok(Err(Refused(missing)));
    }
    if changed.is_empty() {
        return Ok(Ok(()));
    }
    let after = Own { profile, ..before };
    write(conn, by, &after.profile, now)?;
    indexed(conn, &after)?;
    let told = (&after, changed.as_slice());
    tell(conn, by, EventKind::DirectoryProfileChanged, told, now)?;
    Ok(Ok(()))
}

fn write(conn: &mut DbConn, by: &AdminAgent, profile: &Profile, now: Instant) -> Result<(), Error> {
    let id = by.scope().partner();
    diesel::update(directory_profiles::table.filter(directory_profiles::partner_id.eq(id)))
        .set((
            directory_profiles::description
                .eq(profile.description.as_ref().map(Description::as_str)),
            directory_profiles::contact_email.eq(profile.contact.as_ref().map(Email::as_str)),
            directory_profiles::updated_at.eq(Ts::from(now)),
            directory_profiles::updated_by.eq(by.acting().membership),
        ))
        .execute(conn)?;
    diesel::delete(directory_locations::table.filter(directory_locations::partner_id.eq(id)))
        .execute(conn)?;
    diesel::delete(directory_choices::table.filter(directory_choices::partner_id.eq(id)))
        .execute(conn)?;
    for (position, place) in (0..).zip(&profile.places) {
        diesel::insert_into(directory_locations::table)
            .values((
                directory_locations::partner_id.eq(id),
                directory_locations::position.eq(position),
                directory_locations::country.eq(place.country.as_str()),
                directory_locations::city.eq(place.city()),
                directory_locations::city_folded.eq(place.folded()),
            ))
            .execute(conn)?;
    }
    let help: Vec<&str> = profile.help.iter().map(|one| one.as_str()).collect();
    let sizes: Vec<&str> = profile.sizes.iter().map(|one| one.as_str()).collect();
    let spoken: Vec<&str> = profile.languages.iter().map(|one| one.as_str()).collect();
    let keywords: Vec<&str> = profile.keywords.iter().map(Keyword::as_str).collect();
    for (facet, values) in [
        (Facet::Help, help),
        (Facet::Size, sizes),
        (Facet::Language, spoken),
        (Facet::Keyword, keywords),
    ] {
        for (position, value) in (0..).zip(values) {
            diesel::insert_into(directory_choices::table)
                .values((
                    directory_choices::partner_id.eq(id),
                    directory_choices::facet.eq(facet),
                    directory_choices::position.eq(position),
                    directory_choices::value.eq(value),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Publishes or hides a profile. What is so already stays so.
///
/// # Errors
/// The database's.
pub fn set_state(
    conn: &mut DbConn,
    by: &AdminAgent,
    state: ProfileState,
    clock: &Clock,
) -> Result<Result<(), Refused>, Error> {
    if own(conn, by.scope())?.state == state {
        return Ok(Ok(()));
    }
    hold(conn, by, clock.now())?;
    let now = clock.now();
    let before = own(conn, by.scope())?;
    if before.state == state {
        return Ok(Ok(()));
    }
    let missing = before.profile.missing();
    if state == ProfileState::Published && !missing.is_empty() {
        return Ok(Err(Refused(missing)));
    }
    let published = (state == ProfileState::Published).then(|| Ts::from(now));
    let own_row = directory_profiles::partner_id.eq(by.scope().partner());
    diesel::update(directory_profiles::table.filter(own_row))
        .set((
            directory_profiles::state.eq(state),
            directory_profiles::published_at.eq(published),
            directory_profiles::updated_at.eq(Ts::from(now)),
            directory_profiles::updated_by.eq(by.acting().membership),
        ))
        .execute(conn)?;
    let after = Own { state, ..before };
    indexed(conn, &after)?;
    let kind = match state {
        ProfileState::Published => EventKind::DirectoryPublished,
        ProfileState::Hidden => EventKind::DirectoryHidden,
    };
    tell(conn, by, kind, (&after, &[]), now)?;
    Ok(Ok(()))
}
