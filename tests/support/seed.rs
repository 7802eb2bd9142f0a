//! Everybody and everything that is there when a test begins.

use std::{collections::BTreeMap, sync::OnceLock};

use diesel::prelude::*;
use entente::{
    access::password::NewPassword,
    db::{Db, DbConn, connect::DatabaseUrl, schema::*, types::Ts},
    domain::{
        AgreementId, Instant, Language, MembershipId, MembershipRoleId, PartnerId, PersonId,
        TenantDomainId, TenantId, TextId, VersionId, email::Email, membership::MemberRole,
        text::fold,
    },
    error::Error,
    id::Id,
};
use sha2::{Digest, Sha256};

use super::cast::Persona;

/// When every test begins.
pub const NOW: &str = "2026-11-22T09:00:00Z";

/// Everybody's password.
pub const PASSWORD: &str = "violin tractor candle orchard";

/// The agreement's first version, as its English readers get it: with an accent, an ampersand and
/// a line end, so that whoever changes a byte on the way is found out.
pub const TEXT_EN: &str =
    "<h2>Sample</h2>\n<p>This is a sample &amp; not Microsoft\u{2019}s.</p>\n";
/// The same in French.
pub const TEXT_FR: &str =
    "<h2>Exemple</h2>\n<p>Ceci est un exemple\u{a0}: il n\u{2019}est pas de Microsoft.</p>\n";

/// Somebody of the cast.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: PersonId,
    pub membership: MembershipId,
    pub name: &'static str,
    pub email: String,
}

/// A customer.
#[derive(Debug, Clone)]
pub struct Tenant {
    pub id: TenantId,
    /// What it hands to partners.
    pub public_id: String,
    pub name: &'static str,
    pub domain: &'static str,
}

/// A partner.
#[derive(Debug, Clone)]
pub struct Partner {
    pub id: PartnerId,
    pub name: &'static str,
    pub number: &'static str,
}

/// Everybody and everything.
#[derive(Debug, Clone)]
pub struct World {
    /// The tenant of the member, the Billing and the Global administrator.
    pub own: Tenant,
    /// The stranger's tenant.
    pub other: Tenant,
    /// The partner of the three agents.
    pub p: Partner,
    /// The partner of the other agent.
    pub q: Partner,
    pub agreement: AgreementId,
    pub version: VersionId,
    pub texts: BTreeMap<&'static str, TextId>,
    people: BTreeMap<Persona, Person>,
}

impl World {
    /// One of the cast.
    pub fn person(&self, persona: Persona) -> &Person {
        self.people
            .get(&persona)
            .unwrap_or_else(|| panic!("{persona:?} is nobody"))
    }
}

/// The hash of everybody's password, made once.
pub fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| NewPassword::parse(PASSWORD, &[]).unwrap().hash().unwrap());
    hash.clone()
}

/// Fills a database that was just migrated.
pub fn seed(url: &DatabaseUrl) -> World {
    // A month ago, so that nothing is new.
    let at = NOW.parse::<Instant>().unwrap() - chrono::TimeDelta::days(30);
    let db = Db::open(url, 2).unwrap();
    db.write_here(|conn| world(conn, at)).unwrap()
}

fn world(conn: &mut DbConn, at: Instant) -> Result<World, Error> {
    let own = tenant(
        conn,
        at,
        (
            "school",
            "Hautmont School Group",
            "hautmont.example",
            "FR",
            "Europe/Paris",
        ),
    )?;
    let other = tenant(
        conn,
        at,
        (
            "organization",
            "Northwind Mills",
            "northwind.example",
            "GB",
            "Europe/London",
        ),
    )?;
    let p = partner(conn, at, ("2400011", "Fjord Managed IT", "fjord.example"))?;
    let q = partner(
        conn,
        at,
        ("2400022", "Brightwater IT", "brightwater.example"),
    )?;
    let mut people = BTreeMap::new();
    let cast: [(Persona, &'static str, &str, Place, Option<MemberRole>); 9] = [
        (
            Persona::Stranger,
            "Olive Stranger",
            "olive@northwind.example",
            Place::Tenant(other.id),
            Some(MemberRole::GlobalAdministrator),
        ),
        (
            Persona::Member,
            "Paul Petit",
            "paul@hautmont.example",
            Place::Tenant(own.id),
            None,
        ),
        (
            Persona::BillingAdmin,
            "Marie Delorme",
            "marie@hautmont.example",
            Place::Tenant(own.id),
            Some(MemberRole::BillingAdministrator),
        ),
        (
            Persona::GlobalAdmin,
            "Anne Roux",
            "anne@hautmont.example",
            Place::Tenant(own.id),
            Some(MemberRole::GlobalAdministrator),
        ),
        (
            Persona::AdminAgent,
            "Astrid Berg",
            "astrid@fjord.example",
            Place::Partner(p.id),
            Some(MemberRole::AdminAgent),
        ),
        (
            Persona::SalesAgent,
            "Sven Dahl",
            "sven@fjord.example",
            Place::Partner(p.id),
            Some(MemberRole::SalesAgent),
        ),
        (
            Persona::HelpdeskAgent,
            "Hilde Lund",
            "hilde@fjord.example",
            Place::Partner(p.id),
            Some(MemberRole::HelpdeskAgent),
        ),
        (
            Persona::OtherAgent,
            "Bruno Keller",
            "bruno@brightwater.example",
            Place::Partner(q.id),
            Some(MemberRole::AdminAgent),
        ),
        (
            Persona::Operator,
            "Oskar Lind",
            "oskar@operator.example",
            Place::Operator,
            Some(MemberRole::Operator),
        ),
    ];
    for (persona, name, email, place, role) in cast {
        people.insert(persona, person(conn, at, name, email, place, role)?);
    }
    let agreement: AgreementId = Id::at(at);
    diesel::insert_into(agreements::table)
        .values((
            agreements::id.eq(agreement),
            agreements::kind.eq("customer"),
            agreements::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    let (version, texts) = publish(
        conn,
        agreement,
        1,
        "2026-07-01",
        true,
        [TEXT_EN, TEXT_FR],
        at,
    )?;
    Ok(World {
        own,
        other,
        p,
        q,
        agreement,
        version,
        texts,
        people,
    })
}

/// Where somebody belongs.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    Tenant(TenantId),
    Partner(PartnerId),
    Operator,
}

/// Adds a customer.
pub fn tenant(
    conn: &mut DbConn,
    at: Instant,
    (kind, name, domain, country, zone): (&str, &'static str, &'static str, &str, &str),
) -> Result<Tenant, Error> {
    let id: TenantId = Id::at(at);
    let drawn = id.to_string().replace('-', "").to_uppercase();
    let public_id = format!("K{}-{}", &drawn[23..27], &drawn[27..32]);
    diesel::insert_into(tenants::table)
        .values((
            tenants::id.eq(id),
            tenants::public_id.eq(&public_id),
            tenants::kind.eq(kind),
            tenants::name.eq(name),
            tenants::name_folded.eq(fold(name)),
            tenants::country.eq(country),
            tenants::language.eq(Language::En),
            tenants::time_zone.eq(zone),
            tenants::billing_may_accept_roles.eq(true),
            tenants::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    diesel::insert_into(tenant_domains::table)
        .values((
            tenant_domains::id.eq(TenantDomainId::at(at)),
            tenant_domains::tenant_id.eq(id),
            tenant_domains::domain.eq(domain),
            tenant_domains::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    Ok(Tenant {
        id,
        public_id,
        name,
        domain,
    })
}

/// Adds a company that works for customers.
pub fn partner(
    conn: &mut DbConn,
    at: Instant,
    (number, name, domain): (&'static str, &'static str, &str),
) -> Result<Partner, Error> {
    let id: PartnerId = Id::at(at);
    diesel::insert_into(partners::table)
        .values((
            partners::id.eq(id),
            partners::number.eq(number),
            partners::name.eq(name),
            partners::name_folded.eq(fold(name)),
            partners::domain.eq(domain),
            partners::country.eq("NO"),
            partners::city.eq("Bergen"),
            partners::contact_name.eq("Front desk"),
            partners::contact_email.eq(format!("hello@{domain}")),
            partners::contact_phone.eq("+47 55 00 00 00"),
            partners::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    Ok(Partner { id, name, number })
}

/// Adds somebody with everybody's password.
pub fn person(
    conn: &mut DbConn,
    at: Instant,
    name: &'static str,
    email: &str,
    place: Place,
    role: Option<MemberRole>,
) -> Result<Person, Error> {
    let id: PersonId = Id::at(at);
    let email = Email::parse(email).map_err(Error::internal)?;
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::name.eq(name),
            people::name_folded.eq(fold(name)),
            people::email.eq(email.as_str()),
            people::email_folded.eq(email.folded()),
            people::email_verified_at.eq(Ts::from(at)),
            people::email_verified_by.eq("operator"),
            people::password_hash.eq(password_hash()),
            people::password_changed_at.eq(Ts::from(at)),
            people::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    let membership: MembershipId = Id::at(at);
    let (side, tenant, partner) = match place {
        Place::Tenant(id) => ("tenant", Some(id), None),
        Place::Partner(id) => ("partner", None, Some(id)),
        Place::Operator => ("operator", None, None),
    };
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(membership),
            memberships::person_id.eq(id),
            memberships::side.eq(side),
            memberships::tenant_id.eq(tenant),
            memberships::partner_id.eq(partner),
            memberships::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    if let Some(role) = role {
        give_role(conn, membership, role, at)?;
    }
    Ok(Person {
        id,
        membership,
        name,
        email: email.as_str().to_owned(),
    })
}

/// Gives a membership a role.
pub fn give_role(
    conn: &mut DbConn,
    membership: MembershipId,
    role: MemberRole,
    at: Instant,
) -> Result<(), Error> {
    diesel::insert_into(membership_roles::table)
        .values((
            membership_roles::id.eq(MembershipRoleId::at(at)),
            membership_roles::membership_id.eq(membership),
            membership_roles::role.eq(role.as_str()),
            membership_roles::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Publishes a version of the agreement, in place of the one before. A text that is empty is left
/// out: the version has none in that language.
pub fn publish(
    conn: &mut DbConn,
    agreement: AgreementId,
    number: i32,
    dated: &str,
    material: bool,
    [en, fr]: [&str; 2],
    at: Instant,
) -> Result<(VersionId, BTreeMap<&'static str, TextId>), Error> {
    let id: VersionId = Id::at(at);
    diesel::insert_into(agreement_versions::table)
        .values((
            agreement_versions::id.eq(id),
            agreement_versions::agreement_id.eq(agreement),
            agreement_versions::number.eq(number),
            agreement_versions::dated.eq(dated),
            agreement_versions::state.eq("draft"),
            agreement_versions::material.eq(material),
            agreement_versions::created_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    let mut ids = BTreeMap::new();
    for (language, title, body) in [
        ("en", "Microsoft Customer Agreement", en),
        ("fr", "Contrat client Microsoft", fr),
    ] {
        if body.is_empty() {
            continue;
        }
        let text: TextId = Id::at(at);
        diesel::insert_into(agreement_texts::table)
            .values((
                agreement_texts::id.eq(text),
                agreement_texts::version_id.eq(id),
                agreement_texts::language.eq(language),
                agreement_texts::title.eq(title),
                agreement_texts::source.eq("Sample"),
                agreement_texts::media_type.eq("text/html; charset=utf-8"),
                agreement_texts::body.eq(body.as_bytes()),
                agreement_texts::sha256.eq(Sha256::digest(body.as_bytes()).to_vec()),
                agreement_texts::words.eq(i32::try_from(body.split(' ').count()).unwrap()),
            ))
            .execute(conn)?;
        ids.insert(language, text);
    }
    let in_force = agreement_versions::table
        .filter(agreement_versions::agreement_id.eq(agreement))
        .filter(agreement_versions::state.eq("published"));
    diesel::update(in_force)
        .set((
            agreement_versions::state.eq("superseded"),
            agreement_versions::superseded_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    diesel::update(agreement_versions::table.find(id))
        .set((
            agreement_versions::state.eq("published"),
            agreement_versions::published_at.eq(Ts::from(at)),
        ))
        .execute(conn)?;
    Ok((id, ids))
}
