//! What the sample's partners say of themselves in the directory.

use super::cast::FJORD;
use crate::{
    access::guards::AdminAgent,
    db::DbConn,
    directory::{save, set_state},
    domain::{
        Instant,
        country::Country,
        directory::{
            Description,
            Help::{self, Advises, BuildsApps, Manages, Sells},
            Keyword, Place, ProfileState,
            Size::{self, Large, Larger, Medium, Small},
        },
        email::Email,
        profile::Profile,
        spoken::Spoken::{
            self, Dutch, English, French, German, Irish, Norwegian, Portuguese, Spanish, Swedish,
        },
    },
    error::Error,
    web::now::Clock,
};

/// A partner's profile.
#[derive(Debug)]
pub(super) struct Said {
    /// Whose.
    pub(super) partner: &'static str,
    words: &'static str,
    contact: &'static str,
    help: &'static [Help],
    sizes: &'static [Size],
    places: &'static [(&'static str, &'static str)],
    languages: &'static [Spoken],
    keywords: &'static [&'static str],
    state: ProfileState,
}

/// Every profile. Two partners aren't in the directory: one wrote its profile and keeps it hidden,
/// one never wrote any.
#[rustfmt::skip]
pub(super) const PROFILES: &[Said] = &[
    Said { partner: FJORD, contact: "requests@fjord.example", state: ProfileState::Published,
        words: "Runs accounts, mail and devices for schools and municipalities, from 200 to 5,000 people. We move what you have, then look after it, with a help desk that answers within the hour in term time.\nWe began as the IT department of three schools in Bergen, and still plan by the school year.",
        help: &[Sells, Manages], sizes: &[Medium, Large, Larger], places: &[("NO", "Bergen"), ("NO", "Oslo"), ("FR", "Lille")], languages: &[Norwegian, English, French],
        keywords: &["Schools", "Account management", "Licences", "Devices", "Help desk"] },
    Said { partner: "Brightwater IT", contact: "new.customers@brightwater.example", state: ProfileState::Published,
        words: "Day-to-day administration for companies without an IT department of their own: accounts, licences, laptops and the printer that nobody else wants to touch.",
        help: &[Sells, Manages], sizes: &[Small, Medium], places: &[("GB", "Leeds"), ("GB", "Manchester")], languages: &[English],
        keywords: &["Account management", "Licences", "Devices", "Small companies"] },
    Said { partner: "Cobalt Cloud Services", contact: "hello@cobalt-cloud.example", state: ProfileState::Published,
        words: "Moves mail and files to the cloud over a weekend, then trains your own team to run it. We leave when you no longer need us.",
        help: &[Manages, Advises], sizes: &[Medium, Large], places: &[("IE", "Dublin"), ("FR", "Paris")], languages: &[English, Irish, French],
        keywords: &["Migration", "Training", "Mail", "Files"] },
    Said { partner: "Orchard Advisory", contact: "desk@orchard-advisory.example", state: ProfileState::Published,
        words: "Answers your users: passwords, sign-in trouble and support requests, in French and English, from seven in the morning.",
        help: &[Advises], sizes: &[Small, Medium, Large], places: &[("GB", "Hereford"), ("FR", "Amiens"), ("FR", "Lille")], languages: &[English, French],
        keywords: &["Help desk", "Passwords", "Support", "French and English"] },
    Said { partner: "Atelier Numérique", contact: "contact@atelier-numerique.example", state: ProfileState::Published,
        words: "Nous accompagnons les écoles, collèges et lycées : comptes des élèves, tablettes, licences et formation des enseignants.\nUne équipe de douze personnes à Lyon et à Lille, qui connaît le calendrier scolaire.",
        help: &[Sells, Manages, Advises], sizes: &[Medium, Large], places: &[("FR", "Lyon"), ("FR", "Lille"), ("FR", "Saint-Étienne")], languages: &[French],
        keywords: &["Établissements scolaires", "Comptes", "Tablettes", "Formation"] },
    Said { partner: "Larkspur Licensing", contact: "quotes@larkspur.example", state: ProfileState::Published,
        words: "Licences and nothing else. We read the terms, count what you use, and sell you that much.",
        help: &[Sells], sizes: &[Small, Medium, Large, Larger], places: &[("GB", "Bristol")], languages: &[English],
        keywords: &["Licences", "Renewals", "Audits"] },
    Said { partner: "Meridian Apps", contact: "studio@meridian-apps.example", state: ProfileState::Published,
        words: "Builds and looks after apps for ports, carriers and warehouses: berth plans, gate passes, timesheets. Small teams, fixed prices.",
        help: &[BuildsApps], sizes: &[Medium, Large, Larger], places: &[("PT", "Porto"), ("BE", "Antwerp"), ("FR", "Le Havre")], languages: &[Portuguese, English, Spanish, French],
        keywords: &["Own apps", "Logistics", "Ports"] },
    Said { partner: "Sable & Finch", contact: "office@sable-finch.example", state: ProfileState::Published,
        words: "Advises boards and data protection officers on who may do what in their systems, and writes it down so that auditors stop asking.",
        help: &[Advises], sizes: &[Large, Larger], places: &[("GB", "Edinburgh"), ("LU", "Luxembourg")], languages: &[English, French, German],
        keywords: &["Security", "Audits", "Data protection"] },
    Said { partner: "Quill Systems", contact: "welkom@quill-systems.example", state: ProfileState::Published,
        words: "Timetables, canteens and parent letters: apps for schools, built once and kept running. We also look after the accounts that they need.",
        help: &[BuildsApps, Manages], sizes: &[Medium, Large], places: &[("NL", "Utrecht"), ("BE", "Ghent")], languages: &[Dutch, English, French],
        keywords: &["Own apps", "Schools", "Timetables"] },
    Said { partner: "Tamar Networks", contact: "sales@tamar-networks.example", state: ProfileState::Hidden,
        words: "Networks for offices, boatyards and campsites.",
        help: &[Sells], sizes: &[Small], places: &[("GB", "Plymouth")], languages: &[English],
        keywords: &["Networks"] },
    Said { partner: "Kestrel Support", contact: "desk@kestrel-support.example", state: ProfileState::Published,
        words: "A help desk for the evening and the weekend, when yours has gone home.",
        help: &[Advises], sizes: &[Medium, Large, Larger], places: &[("GB", "Norwich")], languages: &[English, German, Swedish],
        keywords: &["Help desk", "Evenings", "Support"] },
    Said { partner: "Harrow & Vale", contact: "hello@harrow-vale.example", state: ProfileState::Published,
        words: "Looks after colleges and libraries in the south of England. We know what happens to accounts in August.",
        help: &[Sells, Manages], sizes: &[Medium, Large], places: &[("GB", "Oxford"), ("GB", "Reading")], languages: &[English],
        keywords: &["Schools", "Account management", "Libraries"] },
    Said { partner: "Lumen Licences", contact: "info@lumen-licences.example", state: ProfileState::Published,
        words: "Sells and renews licences for associations and schools in Belgium and the north of France, with one invoice a year.",
        help: &[Sells], sizes: &[Small, Medium, Large], places: &[("BE", "Ghent"), ("BE", "Brussels"), ("FR", "Lille")], languages: &[Dutch, French, English],
        keywords: &["Licences", "Renewals", "Schools", "Associations"] },
];

/// Saves a profile and publishes it, as the partner's Admin agent did.
pub(super) fn tell(
    conn: &mut DbConn,
    by: &AdminAgent,
    said: &Said,
    at: Instant,
) -> Result<(), Error> {
    let (profile, clock) = (said.profile()?, Clock::standing_at(at));
    let whole = |_| Error::internal("a profile of the sample is half");
    save(conn, by, &profile, &clock)?.map_err(whole)?;
    set_state(conn, by, said.state, &clock)?.map_err(whole)
}

impl Said {
    fn profile(&self) -> Result<Profile, Error> {
        let (mut places, mut keywords) = (Vec::new(), Vec::new());
        for (code, city) in self.places {
            let country = Country::parse(code).map_err(Error::internal)?;
            places.extend(Place::parse(country, city).map_err(Error::internal)?);
        }
        for word in self.keywords {
            keywords.extend(Keyword::parse(word).map_err(Error::internal)?);
        }
        Ok(Profile {
            description: Description::parse(self.words).map_err(Error::internal)?,
            help: self.help.to_vec(),
            sizes: self.sizes.to_vec(),
            places,
            languages: self.languages.to_vec(),
            keywords,
            contact: Some(Email::parse(self.contact).map_err(Error::internal)?),
        })
    }
}
