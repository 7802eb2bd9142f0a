//! Making the sample, and telling how to use it.

use std::{collections::HashMap, net::SocketAddr, path::PathBuf};

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    cast::{COMPANY, OPERATOR, PEOPLE, Place, SCHOOL, Someone},
    story::{self, Sample, Teller},
};
use crate::{
    access::{password::NewPassword, seen::Seen, session_store::Limits},
    app::State,
    command::{Failure, out},
    db::{Db, connect::DatabaseUrl, migrate},
    domain::membership::MemberRole,
    error::Error,
    portal::operator::number::{PASSPHRASE, draw},
    secret::Secret,
    web::{edge::TrustedProxies, now::Clock, page::Site},
    work::readiness::Readiness,
};

/// What is told at the start.
pub(super) struct Told {
    address: String,
    site: Site,
    passwords: HashMap<&'static str, String>,
    folder: Option<PathBuf>,
}

impl Told {
    pub(super) fn new(address: &SocketAddr, folder: Option<&PathBuf>) -> Result<Self, Failure> {
        let mut shown = *address;
        if shown.ip().is_unspecified() {
            shown.set_ip([127, 0, 0, 1].into());
        }
        let address = format!("http://{shown}");
        let public = url::Url::parse(&address)
            .map_err(|error| Failure::unusable(format!("listen: {error}")))?;
        let mut passwords = HashMap::new();
        for someone in PEOPLE {
            passwords.insert(someone.email, draw(PASSPHRASE)?);
        }
        Ok(Self {
            address,
            site: Site::new(public, OPERATOR.into()),
            passwords,
            folder: folder.cloned(),
        })
    }

    pub(super) fn prepare(&self, database: &DatabaseUrl) -> Result<(State, Sample), Failure> {
        let clock = Clock::System;
        let secret = random_secret()?;
        let hashes = hash_all(&self.passwords)?;
        migrate::migrate(database)?;
        let db = Db::open(database, 4)?;
        let teller = Teller {
            site: &self.site,
            secret: &secret,
            now: clock.now(),
            hashes: &hashes,
        };
        let sample = db.write_here(|conn| teller.tell(conn))?;
        let state = State {
            db,
            clock,
            site: self.site.clone(),
            secret: secret.clone(),
            limits: Limits {
                idle: TimeDelta::minutes(30),
                absolute: TimeDelta::hours(12),
            },
            seen: Seen::default(),
            proxies: TrustedProxies::default(),
            readiness: Readiness::watch(database.clone()),
            signer: secret
                .signing_key()
                .map_err(|error| Failure::unusable(error.to_string()))?,
        };
        Ok((state, sample))
    }

    fn password(&self, someone: &Someone) -> &str {
        self.passwords.get(someone.email).map_or("", String::as_str)
    }

    pub(super) fn json(&self, sample: &Sample) -> Value {
        let person = |(someone, place, roles): (&Someone, &Place, &[MemberRole])| {
            json!({
                "name": someone.name,
                "email": someone.email,
                "password": self.password(someone),
                "side": side(*place),
                "organization": organization(*place),
                "roles": roles,
            })
        };
        let invitation = |(made, state): &(story::Made, String)| {
            json!({
                "link": made.link,
                "id": made.id,
                "partner": made.asked.partner,
                "organization": organization(made.asked.place),
                "type": made.asked.kind,
                "roles": made.asked.roles,
                "state": state,
            })
        };
        json!({
            "address": self.address,
            "people": places().map(person).collect::<Vec<_>>(),
            "invitations": sample.invitations.iter().map(invitation).collect::<Vec<_>>(),
        })
    }

    pub(super) fn words(&self, sample: &Sample) -> String {
        let people: Vec<Vec<String>> = places()
            .map(|(someone, place, roles)| {
                let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
                vec![
                    organization(*place).to_owned(),
                    someone.name.to_owned(),
                    someone.email.to_owned(),
                    self.password(someone).to_owned(),
                    if roles.is_empty() {
                        "no roles".to_owned()
                    } else {
                        roles.join(", ")
                    },
                ]
            })
            .collect();
        let invitations: Vec<Vec<String>> = sample
            .invitations
            .iter()
            .map(|(made, state)| {
                let roles: Vec<&str> = made.asked.roles.iter().map(|role| role.as_str()).collect();
                vec![
                    organization(made.asked.place).to_owned(),
                    made.asked.partner.to_owned(),
                    made.asked.kind.to_string(),
                    roles.join(", "),
                    state.clone(),
                    made.link.clone(),
                ]
            })
            .collect();
        let end = match &self.folder {
            Some(folder) => format!("The data in {} go when this ends.", folder.display()),
            None => "The data stay in their folder.".to_owned(),
        };
        let people = out::table(
            &["Organization", "Name", "E-mail", "Password", "Roles"],
            &people,
        );
        let invitations = out::table(
            &["For", "Partner", "Type", "Roles", "State", "Link"],
            &invitations,
        );
        format!(
            "Entente with sample data: {}\n{end} Press Ctrl+C to stop.\n\n\
             People to sign in as, with passwords of this run:\n\n{people}\n\n\
             Invitations:\n\n{invitations}\n",
            self.address
        )
    }
}

/// Everybody, once for each membership.
fn places() -> impl Iterator<Item = (&'static Someone, &'static Place, &'static [MemberRole])> {
    PEOPLE.iter().flat_map(|someone| {
        someone
            .places
            .iter()
            .map(move |(place, roles)| (someone, place, *roles))
    })
}

const fn side(place: Place) -> &'static str {
    match place {
        Place::School | Place::Company => "tenant",
        Place::Partner(_) => "partner",
        Place::Operator => "operator",
    }
}

const fn organization(place: Place) -> &'static str {
    match place {
        Place::School => SCHOOL,
        Place::Company => COMPANY,
        Place::Partner(name) => name,
        Place::Operator => "Entente",
    }
}

fn random_secret() -> Result<Secret, Failure> {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Secret::new(&hex::encode(bytes)).map_err(|error| Failure::told(error.to_string()))
}

/// Hashes every password as the product does, on two threads.
fn hash_all(
    passwords: &HashMap<&'static str, String>,
) -> Result<HashMap<&'static str, String>, Error> {
    let all: Vec<_> = passwords.iter().collect();
    let hash = |part: &[(&&'static str, &String)]| -> Result<Vec<(&'static str, String)>, Error> {
        part.iter()
            .map(|(email, password)| {
                let new = NewPassword::parse(password, &[]).map_err(Error::internal)?;
                Ok((**email, new.hash()?))
            })
            .collect()
    };
    let half = all.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = all
            .chunks(half)
            .map(|part| scope.spawn(move || hash(part)))
            .collect();
        let mut hashes = HashMap::new();
        for part in parts {
            let part = part
                .join()
                .map_err(|_| Error::internal("hashing failed"))??;
            hashes.extend(part);
        }
        Ok(hashes)
    })
}
