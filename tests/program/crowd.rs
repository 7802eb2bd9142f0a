//! A crowd: tenants with an administrator each, partners, and as many open invitations as are
//! wanted. The tests keep no connection to the database while the program is killed, so that it
//! finds its files as a power cut leaves them.

use std::net::SocketAddr;

use chrono::TimeDelta;
use entente::{
    db::{Db, DbConn},
    domain::{
        InvitationId, Language, MembershipId, PartnerId, PersonId, VersionId,
        email::Email,
        grant::GrantDuration,
        invitation::{Addressee, Terms},
        membership::MemberRole,
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    evidence::chain::EventActor,
    inviting::create::{self, NewInvitation},
    web::{now::Clock, page::Site, shown},
};
use sha2::{Digest, Sha256};

use crate::support::{
    app::secret,
    db::TestDb,
    program::{Answer, Program, request},
    seed::{self, Place, TEXT_EN, TEXT_FR, World},
};

const TENANTS: usize = 4;
const PARTNERS: usize = 12;

/// Everybody.
pub struct Crowd {
    pub db: TestDb,
    world: World,
    partners: Vec<(PartnerId, MembershipId, PersonId)>,
    version: VersionId,
    versions: i32,
    invited: usize,
}

/// An invitation that waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: InvitationId,
    /// Which of the tenants it asks.
    pub tenant: usize,
    kind: RelationshipType,
    roles: Vec<AdminRole>,
    people: Vec<PersonId>,
}

fn email_of(tenant: usize) -> String {
    format!("admin@tenant{tenant}.example")
}

fn leaked(text: String) -> &'static str {
    text.leak()
}

impl Crowd {
    /// Brings everybody into a database with the cast.
    pub fn gathers((db, world): (TestDb, World)) -> Self {
        let now = Clock::System.now();
        let come = |conn: &mut DbConn| {
            for tenant in 0..TENANTS {
                let name = leaked(format!("Tenant {tenant}"));
                let domain = leaked(format!("tenant{tenant}.example"));
                let own = ("organization", name, domain, "GB", "Europe/London");
                let own = seed::tenant(conn, now, own)?;
                let role = Some(MemberRole::GlobalAdministrator);
                let place = Place::Tenant(own.id);
                seed::person(conn, now, "Ada Admin", &email_of(tenant), place, role)?;
            }
            let mut come = Vec::new();
            for partner in 0..PARTNERS {
                let number = leaked(format!("{}", 2_500_000 + partner));
                let name = leaked(format!("Partner {partner}"));
                let domain = format!("partner{partner}.example");
                let id = seed::partner(conn, now, (number, name, &domain))?.id;
                let (email, place) = (format!("sven@{domain}"), Place::Partner(id));
                let role = Some(MemberRole::AdminAgent);
                let sven = seed::person(conn, now, "Sven Sender", &email, place, role)?;
                come.push((id, sven.membership, sven.id));
            }
            Ok(come)
        };
        let mut crowd = Self {
            db,
            version: world.version,
            world,
            partners: Vec::new(),
            versions: 1,
            invited: 0,
        };
        crowd.partners = crowd.writes(come);
        crowd
    }

    fn writes<T>(&self, work: impl Fn(&mut DbConn) -> Result<T, Error>) -> T {
        let db = Db::open(&self.db.url, 2).unwrap();
        db.write_here(work).unwrap()
    }

    /// Publishes another version of the agreement, so that whoever accepts next accepts it too.
    pub fn publishes(&mut self) {
        self.versions += 1;
        let (agreement, number) = (self.world.agreement, self.versions);
        let (texts, now) = ([TEXT_EN, TEXT_FR], Clock::System.now());
        let publish = |conn: &mut DbConn| {
            seed::publish(conn, agreement, number, "2026-11-01", true, texts, now)
        };
        (self.version, _) = self.writes(publish);
    }

    /// Sends invitations of every type, from partner after partner to tenant after tenant.
    pub fn invites(&mut self, count: usize) -> Vec<Waiting> {
        let first = self.invited;
        self.invited += count;
        let site = Site::new("http://127.0.0.1".parse().unwrap(), String::new());
        let (secret, now) = (secret(), Clock::System.now());
        self.writes(|conn| {
            let invite = |number: usize| {
                let (mut waiting, new) = self.asks(number);
                let by = EventActor::CommandLine;
                waiting.id = create::create(&mut *conn, &by, &new, &site, &secret, now)?.id;
                Ok(waiting)
            };
            (first..first + count).map(invite).collect()
        })
    }

    fn asks(&self, number: usize) -> (Waiting, NewInvitation) {
        let tenant = number % TENANTS;
        let (partner, sender, person) = self.partners[number / TENANTS % PARTNERS];
        let kinds = RelationshipType::ALL;
        let kind = kinds[number / TENANTS / PARTNERS % kinds.len()];
        let roles = kind.askable_roles().to_vec();
        let people = if kind == RelationshipType::Partner {
            vec![person]
        } else {
            Vec::new()
        };
        let to = format!("office{number}@tenant{tenant}.example");
        let new = NewInvitation {
            partner,
            sender,
            addressee: Addressee::Email(Email::parse(&to).unwrap()),
            relationship_type: kind,
            roles: roles.clone(),
            duration: GrantDuration::days(365).unwrap(),
            people: Vec::new(),
            life: TimeDelta::days(30),
            language: Language::En,
            message: None,
            reference: None,
            answers: None,
        };
        let id = InvitationId::at(Clock::System.now());
        (
            Waiting {
                id,
                tenant,
                kind,
                roles,
                people,
            },
            new,
        )
    }

    fn terms(&self, waiting: &Waiting, accepts_agreement: bool) -> String {
        shown::pack(&Terms {
            relationship_type: waiting.kind,
            roles: waiting.roles.clone(),
            days: (!waiting.roles.is_empty()).then_some(365),
            people: waiting.people.clone(),
            agreement_version: self.version,
            agreement_language: Language::En,
            agreement_sha256: hex::encode(Sha256::digest(TEXT_EN)),
            page_language: Language::En,
            accepts_agreement,
        })
    }

    /// Signs every tenant's administrator in.
    pub fn signs_in(program: &Program) -> Vec<String> {
        (0..TENANTS)
            .map(|tenant| program.signs_in(&email_of(tenant)))
            .collect()
    }

    /// Accepts by the terms as the page showed them; where they have changed, by those that the
    /// answer shows. `None` where no whole answer comes.
    pub fn accepts(
        &self,
        door: SocketAddr,
        waiting: &Waiting,
        cookies: &[String],
        agreed: bool,
    ) -> Option<Answer> {
        let send = |terms: &str| {
            let fields = [("terms", terms), ("consent", "yes")];
            let body = serde_urlencoded::to_string(fields).unwrap();
            let path = format!("/billing/invitations/{}/acceptance", waiting.id);
            request(door, "POST", &path, &cookies[waiting.tenant], &body)
        };
        let answer = send(&self.terms(waiting, !agreed))?;
        match answer.hidden("terms") {
            Some(terms) if answer.status == 409 => send(&terms),
            _ => Some(answer),
        }
    }
}
