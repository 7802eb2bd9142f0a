//! Partners in the directory, put there by the product's own functions.

use diesel::prelude::*;
use entente::{
    access::guards::{AdminAgent, Guard},
    db::{schema::partners, types::Ts},
    directory::{save, set_state},
    domain::{
        MembershipId, PersonId,
        country::Country,
        directory::{Description, Help, Keyword, Place, ProfileState, Size},
        email::Email,
        membership::MemberRole,
        profile::Profile,
        spoken::Spoken,
    },
};

use super::{
    app::TestApp,
    cast::Persona,
    scene::origin,
    seed::{self, Partner},
};

/// What a partner says of itself.
#[derive(Debug, Clone)]
pub struct Said {
    pub words: &'static str,
    pub contact: &'static str,
    pub help: &'static [Help],
    pub sizes: &'static [Size],
    pub places: &'static [(&'static str, &'static str)],
    pub languages: &'static [Spoken],
    pub keywords: &'static [&'static str],
    pub state: ProfileState,
}

impl Default for Said {
    fn default() -> Self {
        Self {
            words: "Looks after accounts and devices.",
            contact: "requests@private.example",
            help: &[Help::Sells, Help::Manages],
            sizes: &[Size::Medium, Size::Large],
            places: &[("NO", "Bergen")],
            languages: &[Spoken::English],
            keywords: &["Schools"],
            state: ProfileState::Published,
        }
    }
}

impl Said {
    pub fn profile(&self) -> Profile {
        let place = |(code, city): &(&str, &str)| {
            let country = Country::parse(code).unwrap();
            Place::parse(country, city).unwrap().unwrap()
        };
        let keywords = self.keywords.iter();
        Profile {
            description: Description::parse(self.words).unwrap(),
            help: self.help.to_vec(),
            sizes: self.sizes.to_vec(),
            places: self.places.iter().map(place).collect(),
            languages: self.languages.to_vec(),
            keywords: keywords
                .map(|word| Keyword::parse(word).unwrap().unwrap())
                .collect(),
            contact: Email::parse(self.contact).ok(),
        }
    }
}

impl TestApp {
    /// A partner of the cast is in the directory.
    pub fn is_listed(&self, persona: Persona) {
        let person = self.world().person(persona);
        self.says(person.id, person.membership, &Said::default());
    }

    fn says(&self, person: PersonId, membership: MembershipId, said: &Said) {
        let clock = &self.state().clock;
        let write = |conn: &mut entente::db::DbConn| {
            let by = AdminAgent::prove(conn, person, membership, self.now(), origin())?;
            save(conn, &by, &said.profile(), clock)?.unwrap();
            set_state(conn, &by, said.state, clock)?.unwrap();
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// One partner more, with an Admin agent, in the directory or hidden.
    pub fn lists(&self, number: &'static str, name: &'static str, said: &Said) -> Partner {
        let at = self.now();
        let write = |conn: &mut entente::db::DbConn| {
            let domain = format!("p{number}.example");
            let added = seed::partner(conn, at, (number, name, &domain))?;
            let email = format!("agent@{domain}");
            let place = seed::Place::Partner(added.id);
            let role = Some(MemberRole::AdminAgent);
            let agent = seed::person(conn, at, "Ada Agent", &email, place, role)?;
            Ok((added, agent))
        };
        let (added, agent) = self.state().db.write_here(write).unwrap();
        self.says(agent.id, agent.membership, said);
        added
    }

    /// So many copies of a partner called `Original` in the directory, all of them in a few
    /// statements. The later a copy's number, the earlier comes its name: from `Copy 10001` on.
    pub fn is_copied(&self, number: &str, times: u32) {
        let sqlite = self.db().url.is_sqlite();
        let id = if sqlite {
            "randomblob(16)"
        } else {
            "gen_random_uuid()"
        };
        let words = if sqlite { "" } else { ", words" };
        let run = |sql: &str| assert!(self.db().run(sql).unwrap() > 0, "{sql}");
        run(&format!(
            "WITH RECURSIVE times (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n < {times}) \
             INSERT INTO partners (id, number, name, name_folded, country, created_at) \
             SELECT {id}, CAST(9000000 + n AS TEXT), 'Copy ' || CAST({times} + 10001 - n AS TEXT), \
             'copy ' || CAST({times} + 10001 - n AS TEXT), country, created_at \
             FROM times JOIN partners ON number = '{number}'"
        ));
        let each = |table: &str| {
            format!(
                "FROM partners AS copy CROSS JOIN {table} AS original \
                 WHERE original.entry = {number} AND copy.number > '9000000'"
            )
        };
        let entry = "CAST(copy.number AS BIGINT)";
        run(&format!(
            "INSERT INTO directory_profiles \
             (entry, partner_id, state, description, contact_email, updated_at, updated_by, published_at) \
             SELECT {entry}, copy.id, state, description, original.contact_email, updated_at, updated_by, \
             published_at {}",
            each("directory_profiles")
        ));
        run(&format!(
            "INSERT INTO directory_entries (entry, name_folded, suspended{words}) \
             SELECT {entry}, copy.name_folded, suspended{words} {}",
            each("directory_entries")
        ));
        if sqlite {
            run(&format!(
                "INSERT INTO directory_index (rowid, words) SELECT {entry}, 'schools' \
                 FROM partners AS copy WHERE copy.number > '9000000'"
            ));
        }
        run(&format!(
            "INSERT INTO directory_cards (entry, card) \
             SELECT {entry}, replace(card, 'Original', copy.name) {}",
            each("directory_cards")
        ));
    }

    /// The operator suspends a partner.
    pub fn is_suspended(&self, partner: &Partner) {
        let at = Ts::from(self.now());
        let write = |conn: &mut entente::db::DbConn| {
            diesel::update(partners::table.find(partner.id))
                .set(partners::suspended_at.eq(Some(at)))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }
}
