//! The data set: the same at every run but for ids and times, so that runs can be compared.

use actix_session::storage::generate_session_key;
use chrono::TimeDelta;
use entente::{
    domain::{Instant, relationship::RelationshipType, role::AdminRole, text::fold},
    id::Id,
    web::now::Clock,
};
use uuid::Uuid;

use crate::directory;

const FIRST: [&str; 20] = [
    "Marie", "Olive", "Paul", "Astrid", "Émile", "Sven", "Hilde", "Bruno", "Chloé", "Oskar",
    "Anne", "Lucas", "Ingrid", "Jonas", "Élodie", "Martin", "Sofia", "Hugo", "Clara", "Victor",
];
const LAST: [&str; 20] = [
    "Delorme", "Stranger", "Petit", "Berg", "Roux", "Dahl", "Lund", "Keller", "Moreau", "Lind",
    "Garnier", "Holm", "Fabre", "Novak", "Weber", "Costa", "Marchand", "Jensen", "Lambert",
    "Rossi",
];
const WHAT: [&str; 24] = [
    "Fjord",
    "Brightwater",
    "Lumière",
    "Northwind",
    "Alder",
    "Cobalt",
    "Harbour",
    "Juniper",
    "Kestrel",
    "Meridian",
    "Oakfield",
    "Pinnacle",
    "Quartz",
    "Rivière",
    "Summit",
    "Tundra",
    "Umber",
    "Vantage",
    "Willow",
    "Yarrow",
    "Zenith",
    "Granit",
    "Éclair",
    "Bastion",
];
const OF: [&str; 12] = [
    "Managed",
    "Cloud",
    "Digital",
    "Network",
    "Secure",
    "Workplace",
    "Campus",
    "Data",
    "Office",
    "Support",
    "Systems",
    "Software",
];
const FORM: [&str; 6] = [
    "IT",
    "Partners",
    "Services",
    "Solutions",
    "Group",
    "Consulting",
];

/// A member of `from`, by number.
fn pick(from: &'static [&'static str], number: usize) -> &'static str {
    from.get(number % from.len().max(1)).copied().unwrap_or("")
}

/// A name that no other number has.
fn company(number: usize) -> String {
    let (what, of, form) = (WHAT.len(), OF.len(), FORM.len());
    // Neighbours in number are far apart in the alphabet, as rows in a real table are.
    let place = number * 7919 % (what * of * form);
    let name = format!(
        "{} {} {}",
        pick(&WHAT, place),
        pick(&OF, place / what),
        pick(&FORM, place / what / of)
    );
    match number / (what * of * form) {
        0 => name,
        again => format!("{name} {}", again + 1),
    }
}

/// Somebody who signs in.
pub struct Person {
    pub id: Uuid,
    pub membership: Uuid,
    pub name: String,
    pub email: String,
}

/// A customer, with its Global administrator and that person's session.
pub struct Tenant {
    pub id: Uuid,
    pub name: String,
    pub domain: String,
    pub admin: Person,
    /// The key of the session, as the cookie carries it sealed.
    pub session: String,
    /// Its partners are those from this number on, this many.
    pub partners: (usize, usize),
}

/// A partner, with one of its staff.
pub struct Partner {
    pub id: Uuid,
    pub name: String,
    pub number: String,
    pub domain: String,
    pub agent: Person,
}

/// A relationship of a tenant.
pub struct Related {
    pub id: Uuid,
    pub partner: usize,
    pub kind: RelationshipType,
    pub since: Instant,
    pub global_until: Option<Instant>,
    pub helpdesk_until: Option<Instant>,
}

impl Related {
    /// When the first role ends.
    pub fn first_end(&self) -> Option<Instant> {
        [self.global_until, self.helpdesk_until]
            .into_iter()
            .flatten()
            .min()
    }
}

/// Everybody and everything.
pub struct World {
    pub now: Instant,
    pub tenants: Vec<Tenant>,
    pub partners: Vec<Partner>,
}

fn person(number: usize, domain: &str, at: Instant) -> Person {
    let name = format!(
        "{} {}",
        pick(&FIRST, number),
        pick(&LAST, number / FIRST.len())
    );
    Person {
        id: Id::<()>::at(at).uuid(),
        membership: Id::<()>::at(at).uuid(),
        email: format!("{}.{number}@{domain}", fold(&name).replace(' ', ".")),
        name,
    }
}

impl World {
    /// So many tenants and relationships: the first tenant has a twentieth of them, the others
    /// share the rest.
    pub fn new(tenants: usize, relationships: usize) -> Self {
        let now = Clock::System.now();
        let at = now - TimeDelta::days(400);
        let big = relationships / 20;
        // Invitations come from partners that a tenant has no relationship with yet.
        // The directory has its own number of them, however small the rest is.
        let partners = (0..(big + 1000).max(directory::SIZE)).map(|number| {
            let domain = format!("partner{number}.example");
            Partner {
                id: Id::<()>::at(at).uuid(),
                name: company(number),
                number: (2_400_000 + number).to_string(),
                agent: person(number * 13, &domain, at),
                domain,
            }
        });
        let partners: Vec<Partner> = partners.collect();
        let (rest, others) = (relationships - big, tenants.saturating_sub(1).max(1));
        let tenants = (0..tenants).map(|number| {
            let count = match number {
                0 => big,
                number => rest / others + usize::from(number <= rest % others),
            };
            let domain = format!("tenant{number}.example");
            Tenant {
                id: Id::<()>::at(at).uuid(),
                name: format!("{} School {number}", pick(&WHAT, number)),
                admin: person(number, &domain, at),
                domain,
                session: generate_session_key().as_ref().to_owned(),
                partners: (number * 97 % partners.len(), count),
            }
        });
        Self {
            now,
            tenants: tenants.collect(),
            partners,
        }
    }

    /// The relationships of a tenant: one type after the other; two of seven types have roles, and
    /// of those one in ten ends soon.
    pub fn related(&self, tenant: &Tenant) -> impl Iterator<Item = Related> {
        let (from, count) = tenant.partners;
        let (now, partners) = (self.now, self.partners.len());
        (0..count).map(move |number| {
            let since =
                now - TimeDelta::hours(24 * 20 + i64::try_from(number * 7919 % 8000).unwrap_or(0));
            let kind = RelationshipType::ALL
                .get(number % RelationshipType::ALL.len())
                .copied()
                .unwrap_or(RelationshipType::Reseller);
            let asks = kind.askable_roles();
            let days = if number % 20 < 2 {
                5 + number % 20
            } else {
                60 + number % 600
            };
            let until = now + TimeDelta::days(i64::try_from(days).unwrap_or(60));
            let given =
                |role: AdminRole, wanted: bool| (wanted && asks.contains(&role)).then_some(until);
            Related {
                id: Id::<()>::at(since).uuid(),
                partner: (from + number) % partners,
                kind,
                since,
                global_until: given(AdminRole::GlobalAdministrator, number.is_multiple_of(4)),
                helpdesk_until: given(AdminRole::HelpdeskAdministrator, true),
            }
        })
    }
}
