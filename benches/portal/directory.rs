//! The directory of the data set, and what is searched there.

use chrono::TimeDelta;
use entente::{
    db::{Db, DbConn},
    directory::{Own, indexed},
    domain::{
        country::Country,
        directory::{Description, Help, Keyword, Place, ProfileState, Size},
        email::Email,
        profile::Profile,
        spoken::Spoken,
    },
};

use crate::{
    data::within,
    sql::{V, insert},
    world::{Partner, World},
};

/// How many partners are in it.
pub const SIZE: usize = 10_000;
/// How many are put into the index in one transaction.
const TOGETHER: usize = 1_000;

/// What partners write of: some words are in many profiles, some in few.
const SERVICES: [&str; 40] = [
    "Migration",
    "Training",
    "Help desk",
    "Licences",
    "Devices",
    "Networks",
    "Backups",
    "Security",
    "Telephony",
    "Printing",
    "Timetables",
    "Libraries",
    "Laboratories",
    "Canteens",
    "Payroll",
    "Accounting",
    "Archives",
    "Cabling",
    "Cameras",
    "Charging",
    "Compliance",
    "Contracts",
    "Dashboards",
    "Diagnostics",
    "Directories",
    "Displays",
    "Documents",
    "Firewalls",
    "Forms",
    "Hosting",
    "Identity",
    "Inventory",
    "Kiosks",
    "Mailboxes",
    "Mapping",
    "Monitoring",
    "Procurement",
    "Recycling",
    "Sensors",
    "Translation",
];
const CITIES: [(&str, &str); 12] = [
    ("FR", "Lille"),
    ("FR", "Lyon"),
    ("FR", "Saint-Étienne"),
    ("FR", "Amiens"),
    ("GB", "Leeds"),
    ("GB", "Bristol"),
    ("NO", "Bergen"),
    ("BE", "Ghent"),
    ("NL", "Utrecht"),
    ("IE", "Dublin"),
    ("PT", "Porto"),
    ("LU", "Luxembourg"),
];

/// Every so-manieth of a list, beginning at a number: another number, another choice.
fn some<T: Copy>(from: &[T], number: usize, count: usize) -> Vec<T> {
    let chosen = (0..count).filter_map(|n| from.get((number * 7919 + n * n * 31 + n) % from.len()));
    chosen.copied().collect()
}

fn profile(number: usize) -> anyhow::Result<Profile> {
    let services = some(&SERVICES, number, 3);
    let words = format!(
        "Looks after {} for organizations that have better things to do. Team number {number}, \
         with people who stay and answer their telephone.",
        services.join(", ").to_lowercase()
    );
    let (mut places, mut keywords) = (Vec::new(), Vec::new());
    for (code, city) in some(&CITIES, number, 2) {
        places.extend(Place::parse(Country::parse(code)?, city)?);
    }
    for word in services {
        keywords.extend(Keyword::parse(word)?);
    }
    let whole = Profile {
        description: Description::parse(&words)?,
        help: some(Help::ALL, number, 2),
        sizes: some(Size::ALL, number, 2),
        places,
        languages: some(&[Spoken::English, Spoken::French, Spoken::Dutch], number, 2),
        keywords,
        contact: Some(Email::parse(&format!("requests@partner{number}.example"))?),
    };
    Ok(whole.tidy())
}

/// Writes the profiles, published.
pub fn fill(db: &Db, world: &World) -> anyhow::Result<()> {
    let partners: Vec<(usize, &Partner)> = world.partners.iter().enumerate().take(SIZE).collect();
    for some in partners.chunks(TOGETHER) {
        within(db, |conn| write(conn, world, some))?;
    }
    Ok(())
}

fn write(conn: &mut DbConn, world: &World, some: &[(usize, &Partner)]) -> anyhow::Result<()> {
    let (mut profiles, mut places, mut choices) = (Vec::new(), Vec::new(), Vec::new());
    let mut all = Vec::new();
    for (number, partner) in some {
        all.push((*partner, profile(*number)?));
    }
    let at = world.now - TimeDelta::days(30);
    for (partner, profile) in &all {
        profiles.push(vec![
            V::Number(partner.number.parse()?),
            V::Id(partner.id),
            V::Text("published"),
            profile
                .description
                .as_ref()
                .map_or(V::Null, |text| V::Text(text.as_str())),
            profile
                .contact
                .as_ref()
                .map_or(V::Null, |email| V::Text(email.as_str())),
            V::At(at),
            V::Id(partner.agent.membership),
            V::At(at),
        ]);
        for (position, place) in (0..).zip(&profile.places) {
            places.push((partner.id, position, place, place.folded()));
        }
        let mut facet = |name: &'static str, values: Vec<&'static str>| {
            let values = (0..).zip(values);
            choices.extend(
                values.map(|(position, value)| (partner.id, name, position, value.to_owned())),
            );
        };
        facet(
            "help",
            profile.help.iter().map(|one| one.as_str()).collect(),
        );
        facet(
            "size",
            profile.sizes.iter().map(|one| one.as_str()).collect(),
        );
        facet(
            "language",
            profile.languages.iter().map(|one| one.as_str()).collect(),
        );
        let keywords = (0..).zip(&profile.keywords);
        choices.extend(
            keywords.map(|(position, word)| {
                (partner.id, "keyword", position, word.as_str().to_owned())
            }),
        );
    }
    insert(
        conn,
        "directory_profiles (entry, partner_id, state, description, contact_email, updated_at, updated_by, published_at)",
        profiles.into_iter(),
    )?;
    insert(
        conn,
        "directory_locations (partner_id, position, country, city, city_folded)",
        places.iter().map(|(id, position, place, folded)| {
            vec![
                V::Id(*id),
                V::Number(*position),
                V::Text(place.country.as_str()),
                V::Text(place.city()),
                V::Text(folded),
            ]
        }),
    )?;
    insert(
        conn,
        "directory_choices (partner_id, facet, position, value)",
        choices.iter().map(|(id, facet, position, value)| {
            vec![
                V::Id(*id),
                V::Text(facet),
                V::Number(*position),
                V::Text(value),
            ]
        }),
    )?;
    for (partner, profile) in all {
        let own = Own {
            number: partner.number.clone(),
            name: partner.name.clone(),
            domain: Some(partner.domain.clone()),
            profile,
            state: ProfileState::Published,
            updated_at: None,
        };
        indexed(conn, &own)?;
    }
    Ok(())
}

/// Searches as people make them: a word or two and a place. Each finds more than one page.
pub fn searches() -> Vec<String> {
    let words = SERVICES
        .iter()
        .map(|word| word.to_lowercase().replace(' ', "+"));
    let pairs = words.zip(CITIES.iter().cycle());
    let query = |(word, (code, _)): (String, &(&str, &str))| {
        let country = match *code {
            "FR" => "France",
            "GB" => "Royaume-Uni",
            "NO" => "Norway",
            "BE" => "Belgique",
            "NL" => "Netherlands",
            "IE" => "Ireland",
            "PT" => "Portugal",
            _ => "Luxembourg",
        };
        format!("/partners?q={word}&location={country}")
    };
    pairs.map(query).collect()
}
