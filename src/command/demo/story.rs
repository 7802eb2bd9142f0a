//! Makes the sample data through the product's own functions, in the order in which it would have
//! happened, so that every chain of events is as it should be.

use std::collections::HashMap;

use chrono::{TimeDelta, TimeZone, Utc};

use super::{
    agreements,
    cast::{
        Asked, BEGINNING, COMPANY, COMPANY_ADMIN, COMPANY_DOMAIN, Company, FIRST_VERSION, FJORD,
        INVITATIONS, LATER, Later, PARTNERS, PEOPLE, Place, SCHOOL, SCHOOL_ADMIN, SCHOOL_DOMAIN,
        SECOND_VERSION, Then,
    },
    profiles::{self, PROFILES},
    props::{act, country, email, name, origin, reads},
    requests::{self, Answer, REQUESTS, Who},
};
use crate::{
    access::{
        at_customer::AtCustomer,
        guards::{AdminAgent, BillingAdmin, Guard, Inviter},
        people::{
            self, Home, Member,
            add::{self, NewMember},
        },
    },
    contacting::close::{self, Closing},
    db::DbConn,
    domain::{
        ContactRequestId, Instant, InvitationId, MembershipId, PersonId, RelationshipId,
        TenantKind,
        grant::GrantDuration,
        invitation::{Addressee, DEFAULT_LIFE_DAYS},
        membership::MemberRole,
        relationship::RelationshipType,
        text::FreeText,
    },
    error::Error,
    evidence::{
        acceptance::{Accepted, record_acceptance},
        agreement,
        chain::EventActor,
    },
    inviting::{
        create::{self, NewInvitation},
        withdraw::withdraw,
    },
    portal::{
        invitations::store::{
            answer::{self, Accepting, Wish},
            find,
        },
        operator::{
            partners::store::{self as partners, NewPartner, Partner},
            tenants::store::{self as tenants, NewTenant, Tenant},
        },
        partner::customers::store::{end, give_back},
        relationships::store::removal,
    },
    secret::Secret,
    web::{now::Clock, page::Site},
};

/// An invitation as it was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its id.
    pub id: InvitationId,
    /// Its link.
    pub link: String,
    /// What it asks for.
    pub asked: &'static Asked,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The invitations, in the order of the cast, with what became of each by now.
    pub invitations: Vec<(Made, String)>,
}

/// What the story is told with.
pub struct Teller<'a> {
    /// The address of the portal.
    pub site: &'a Site,
    /// The installation's secret.
    pub secret: &'a Secret,
    /// When the demo starts; everything happened before.
    pub now: Instant,
    /// The hash of each person's password, by address.
    pub hashes: &'a HashMap<&'static str, String>,
}

struct World {
    school: Tenant,
    company: Tenant,
    partners: HashMap<&'static str, (Partner, PersonId, MembershipId)>,
    members: HashMap<(Place, &'static str), Member>,
    made: Vec<Option<Made>>,
    requests: HashMap<usize, ContactRequestId>,
    relationships: HashMap<(&'static str, RelationshipType), RelationshipId>,
}

#[derive(Clone, Copy)]
enum Step {
    Invite(usize),
    Answer(usize),
    Later(Later),
    Ask(usize),
    Refuse(usize),
}

impl Teller<'_> {
    /// So many days before today, at a working hour.
    fn at(&self, days: i64, hour: i64, minutes: usize) -> Instant {
        let day = (self.now - TimeDelta::days(days)).date_naive();
        let midnight = Utc.from_utc_datetime(&day.and_time(chrono::NaiveTime::MIN));
        let minutes = i64::try_from(minutes).unwrap_or(0);
        midnight + TimeDelta::minutes(hour * 60 + minutes)
    }

    /// Makes everything, in one transaction.
    ///
    /// # Errors
    /// Whatever the product's functions refuse.
    pub fn tell(&self, conn: &mut DbConn) -> Result<Sample, Error> {
        let mut world = self.register(conn)?;
        let mut steps: Vec<(Instant, Step)> = Vec::new();
        for (index, asked) in INVITATIONS.iter().enumerate() {
            let minutes = index * 7 % 200;
            steps.push((self.at(asked.days_ago, 8, minutes), Step::Invite(index)));
            let answered = match asked.then {
                Then::Nothing => continue,
                Then::Accepted(days) | Then::Declined(days, _) | Then::Withdrawn(days) => days,
            };
            steps.push((self.at(answered, 12, minutes), Step::Answer(index)));
        }
        for (index, wrote) in REQUESTS.iter().enumerate() {
            steps.push((self.at(wrote.days_ago, 10, index * 11), Step::Ask(index)));
            if let Answer::Declined(days, _) = wrote.answer {
                steps.push((self.at(days, 15, index), Step::Refuse(index)));
            }
        }
        for (days, later) in LATER {
            steps.push((self.at(*days, 16, 48), Step::Later(*later)));
        }
        steps.sort_by_key(|(at, _)| *at);
        for (at, step) in steps {
            match step {
                Step::Invite(index) => self.invite(conn, &mut world, index, at)?,
                Step::Answer(index) => answer(conn, &mut world, index, at)?,
                Step::Later(later) => self.later(conn, &world, later, at)?,
                Step::Ask(index) => ask(conn, &mut world, index, at)?,
                Step::Refuse(index) => refuse(conn, &world, index, at)?,
            }
        }
        self.outcome(conn, &world)
    }

    fn register(&self, conn: &mut DbConn) -> Result<World, Error> {
        let begin = |minutes| self.at(BEGINNING, 8, minutes);
        let by = EventActor::CommandLine;
        let school = NewTenant {
            name: name(SCHOOL)?,
            kind: TenantKind::School,
            country: country("FR")?,
            language: reads(Place::School).language,
            zone: reads(Place::School).zone,
            domains: vec![SCHOOL_DOMAIN.into()],
        };
        let company = NewTenant {
            name: name(COMPANY)?,
            kind: TenantKind::Organization,
            country: country("GB")?,
            language: reads(Place::Company).language,
            zone: reads(Place::Company).zone,
            domains: vec![COMPANY_DOMAIN.into()],
        };
        let mut world = World {
            school: tenants::add(conn, &by, &school, begin(0))?,
            company: tenants::add(conn, &by, &company, begin(1))?,
            partners: HashMap::new(),
            members: HashMap::new(),
            made: INVITATIONS.iter().map(|_| None).collect(),
            requests: HashMap::new(),
            relationships: HashMap::new(),
        };
        for (index, partner) in PARTNERS.iter().enumerate() {
            self.register_partner(conn, &mut world, partner, begin(10 + index))?;
        }
        for (index, someone) in PEOPLE.iter().enumerate() {
            for (second, (place, roles)) in someone.places.iter().enumerate() {
                let home = world.home(*place)?;
                if people::find(conn, &home, &email(someone.email)?)?.is_some() {
                    continue;
                }
                let first = second == 0;
                let new = NewMember {
                    home,
                    email: email(someone.email)?,
                    name: name(someone.name)?,
                    roles: roles.to_vec(),
                    language: None,
                    password_hash: self.hashes.get(someone.email).filter(|_| first).cloned(),
                };
                let added = add::add(conn, &by, &new, begin(40 + index * 2 + second))?;
                world.members.insert((*place, someone.email), added);
            }
        }
        agreements::publish(conn, self.at(FIRST_VERSION, 9, 30), true)?;
        for (minutes, said) in PROFILES.iter().enumerate() {
            let at = self.at(FIRST_VERSION, 11, minutes);
            let by = world.staff(conn, said.partner, at)?;
            profiles::tell(conn, &by, said, at)?;
        }
        Ok(world)
    }

    fn register_partner(
        &self,
        conn: &mut DbConn,
        world: &mut World,
        (title, domain, code, city, phone, agent): &Company,
        at: Instant,
    ) -> Result<(), Error> {
        let by = EventActor::CommandLine;
        let folded = crate::domain::text::fold(agent).replace(' ', ".");
        let address = email(&format!("{folded}@{domain}"))?;
        let new = NewPartner {
            name: name(title)?,
            country: country(code)?,
            city: Some(name(city)?),
            domain: Some((*domain).to_owned()),
            contact_name: Some(name(agent)?),
            contact_email: Some(address.clone()),
            contact_phone: Some(name(phone)?),
            confirm_similar: false,
        };
        let partner = partners::add(conn, &by, &new, at)?;
        let staff = NewMember {
            home: Home::Partner(partner.id, partner.name.clone()),
            password_hash: self.hashes.get(address.as_str()).cloned(),
            email: address,
            name: name(agent)?,
            roles: vec![MemberRole::AdminAgent],
            language: None,
        };
        let agent = add::add(conn, &by, &staff, at + TimeDelta::seconds(20))?;
        world
            .partners
            .insert(title, (partner, agent.person, agent.membership));
        Ok(())
    }

    fn invite(
        &self,
        conn: &mut DbConn,
        world: &mut World,
        index: usize,
        at: Instant,
    ) -> Result<(), Error> {
        let asked = INVITATIONS.get(index).ok_or(Error::NotFound)?;
        let (partner, _, sender) = world.partner(asked.partner)?;
        let staff = world.staff(conn, asked.partner, at)?;
        let addressee = if asked.by_mail {
            Addressee::Email(email(admin(asked.place))?)
        } else {
            Addressee::Tenant(world.tenant(asked.place).id)
        };
        let answers = match world.request(asked) {
            Some(id) => {
                let clock = Clock::standing_at(at);
                Some(close::hold(conn, staff.scope(), id, &clock)?)
            }
            None => None,
        };
        let new = NewInvitation {
            partner: partner.id,
            sender: *sender,
            addressee,
            relationship_type: asked.kind,
            roles: asked.roles.to_vec(),
            duration: GrantDuration::days(asked.days).map_err(Error::internal)?,
            people: Vec::new(),
            life: TimeDelta::days(DEFAULT_LIFE_DAYS),
            language: reads(asked.place).language,
            message: FreeText::parse(asked.message).map_err(Error::internal)?,
            reference: (asked.partner == FJORD).then(|| format!("Project {:03}", index + 1)),
            answers,
        };
        let actor = EventActor::of(staff.acting());
        let created = create::create(conn, &actor, &new, self.site, self.secret, at)?;
        if let Some(place) = world.made.get_mut(index) {
            *place = Some(Made {
                id: created.id,
                link: created.link,
                asked,
            });
        }
        Ok(())
    }

    fn later(
        &self,
        conn: &mut DbConn,
        world: &World,
        later: Later,
        at: Instant,
    ) -> Result<(), Error> {
        match later {
            Later::SecondVersion => {
                agreements::publish(conn, self.at(SECOND_VERSION, 9, 30), false)
            }
            Later::Drafted => agreements::draft(conn, at),
            Later::AgreementAccepted => {
                let by = world.billing(conn, Place::Company, at)?;
                let l = reads(Place::Company);
                let standing = agreement::standing(conn, by.scope(), by.tenant()?, l.language, at)?;
                let standing = standing.ok_or(Error::NotFound)?;
                let act = act(l, "agreement-accept", &standing.text.title, COMPANY);
                let what = Accepted {
                    version: &standing.version,
                    text: &standing.text,
                    invitation: None,
                    grants: &[],
                };
                record_acceptance(conn, &by, &what, &act, at).map(drop)
            }
            Later::RolesRemoved(partner, kind) => {
                let by = world.billing(conn, Place::Company, at)?;
                let id = world.relationship(partner, kind)?;
                removal::remove(conn, &by, id, &Clock::standing_at(at)).map(drop)
            }
            Later::GivenBack(partner, kind, role) => {
                let by = world.at_customer(conn, (partner, kind), at)?;
                give_back::give_back(conn, &by, role, &Clock::standing_at(at)).map(drop)
            }
            Later::Ended(partner, kind) => {
                let by = world.at_customer(conn, (partner, kind), at)?;
                end::end(conn, &by, &Clock::standing_at(at))
            }
            Later::Suspended(partner) => {
                let partner = &world.partner(partner)?.0;
                partners::suspend(conn, &EventActor::CommandLine, partner, at)
            }
        }
    }

    /// What became of every invitation, as the customer sees it now.
    fn outcome(&self, conn: &mut DbConn, world: &World) -> Result<Sample, Error> {
        let mut states = HashMap::new();
        for place in [Place::School, Place::Company] {
            let by = world.billing(conn, place, self.now)?;
            for invitation in find::list(conn, by.scope(), self.now)? {
                states.insert(invitation.id, invitation.state.status().to_string());
            }
        }
        let made = world.made.iter().flatten();
        let told = |made: &Made| {
            let state = states.get(&made.id).cloned();
            Ok((made.clone(), state.ok_or(Error::NotFound)?))
        };
        Ok(Sample {
            invitations: made.map(told).collect::<Result<_, Error>>()?,
        })
    }
}

impl World {
    const fn tenant(&self, place: Place) -> &Tenant {
        match place {
            Place::School => &self.school,
            _ => &self.company,
        }
    }

    fn home(&self, place: Place) -> Result<Home, Error> {
        Ok(match place {
            Place::School | Place::Company => Home::Tenant(self.tenant(place).id),
            Place::Partner(name) => {
                let partner = &self.partner(name)?.0;
                Home::Partner(partner.id, partner.name.clone())
            }
            Place::Operator => Home::Operator,
        })
    }

    fn partner(&self, name: &str) -> Result<&(Partner, PersonId, MembershipId), Error> {
        self.partners.get(name).ok_or(Error::NotFound)
    }

    /// The partner's Admin agent, as signed in at that moment.
    fn staff(&self, conn: &mut DbConn, partner: &str, at: Instant) -> Result<AdminAgent, Error> {
        let (_, person, membership) = self.partner(partner)?;
        AdminAgent::prove(conn, *person, *membership, at, origin(partner))
    }

    /// The contact request that an invitation answers.
    fn request(&self, asked: &Asked) -> Option<ContactRequestId> {
        let index = REQUESTS.iter().position(|wrote| {
            let by_them = matches!(wrote.who, Who::Administrator(place) if place == asked.place);
            let this = matches!(wrote.answer, Answer::Invited(kind) if kind == asked.kind);
            by_them && this && wrote.partner == asked.partner
        });
        self.requests.get(&index?).copied()
    }

    /// The same, who may invite.
    fn inviter(&self, conn: &mut DbConn, partner: &str, at: Instant) -> Result<Inviter, Error> {
        let (_, person, membership) = self.partner(partner)?;
        Inviter::prove(conn, *person, *membership, at, origin(partner))
    }

    fn relationship(
        &self,
        partner: &'static str,
        kind: RelationshipType,
    ) -> Result<RelationshipId, Error> {
        let id = self.relationships.get(&(partner, kind));
        id.copied().ok_or(Error::NotFound)
    }

    /// The same, about to change a relationship.
    fn at_customer(
        &self,
        conn: &mut DbConn,
        (partner, kind): (&'static str, RelationshipType),
        at: Instant,
    ) -> Result<AtCustomer, Error> {
        let id = self.relationship(partner, kind)?;
        Ok(AtCustomer::new(self.staff(conn, partner, at)?, id))
    }

    /// The tenant's Billing administrator, as signed in at that moment.
    fn billing(&self, conn: &mut DbConn, place: Place, at: Instant) -> Result<BillingAdmin, Error> {
        let member = self.members.get(&(place, admin(place)));
        let member = member.ok_or(Error::NotFound)?;
        let origin = origin(admin(place));
        BillingAdmin::prove(conn, member.person, member.membership, at, origin)
    }
}

fn ask(conn: &mut DbConn, world: &mut World, index: usize, at: Instant) -> Result<(), Error> {
    let wrote = REQUESTS.get(index).ok_or(Error::NotFound)?;
    let number = world.partner(wrote.partner)?.0.number.clone();
    let by = match wrote.who {
        Who::Administrator(place) => Some(world.billing(conn, place, at)?),
        Who::Visitor(..) => None,
    };
    let id = requests::ask(conn, (wrote, &number), by.as_ref(), at)?;
    world.requests.insert(index, id);
    Ok(())
}

fn refuse(conn: &mut DbConn, world: &World, index: usize, at: Instant) -> Result<(), Error> {
    let wrote = REQUESTS.get(index).ok_or(Error::NotFound)?;
    let id = *world.requests.get(&index).ok_or(Error::NotFound)?;
    let Answer::Declined(_, reason) = wrote.answer else {
        return Ok(());
    };
    let by = world.inviter(conn, wrote.partner, at)?;
    let (reason, clock) = (requests::text(reason)?, Clock::standing_at(at));
    match close::decline(conn, &by, id, &reason, &clock)? {
        Closing::Done => Ok(()),
        over @ Closing::Over(_) => Err(Error::internal(format!("sample: {over:?}"))),
    }
}

fn answer(conn: &mut DbConn, world: &mut World, index: usize, at: Instant) -> Result<(), Error> {
    let made = world.made.get(index).cloned().flatten();
    let made = made.ok_or(Error::NotFound)?;
    match made.asked.then {
        Then::Nothing => Ok(()),
        Then::Withdrawn(_) => {
            let by = world.staff(conn, made.asked.partner, at)?;
            let actor = EventActor::of(by.acting());
            withdraw(conn, &actor, made.id, &Clock::standing_at(at)).map(drop)
        }
        Then::Declined(_, reason) => {
            let by = world.billing(conn, made.asked.place, at)?;
            let reason = FreeText::parse(reason).map_err(Error::internal)?;
            let at = Clock::standing_at(at);
            answer::decline(conn, &by, made.id, reason.as_ref(), &at).map(drop)
        }
        Then::Accepted(_) => {
            let relationship = accept(conn, world, &made, at)?;
            let asked = made.asked;
            world
                .relationships
                .insert((asked.partner, asked.kind), relationship);
            Ok(())
        }
    }
}

fn accept(
    conn: &mut DbConn,
    world: &World,
    made: &Made,
    at: Instant,
) -> Result<RelationshipId, Error> {
    let by = world.billing(conn, made.asked.place, at)?;
    let invitation = find::find(conn, by.scope(), made.id, at)?;
    let l = reads(made.asked.place);
    let terms = answer::terms(conn, &by, &invitation, l.language, at)?;
    let (shown, standing) = terms.ok_or(Error::NotFound)?;
    let control = if shown.accepts_agreement {
        "review-accept"
    } else {
        "review-authorize"
    };
    let tenant = &world.tenant(made.asked.place).name;
    let act = act(l, control, &standing.text.title, tenant);
    let wish = Wish {
        shown,
        act: Box::new(move |_| act.clone()),
    };
    match answer::accept(conn, &by, made.id, &wish, &Clock::standing_at(at))? {
        Accepting::Accepted(relationship) => Ok(relationship),
        other => Err(Error::internal(format!("sample: {other:?}"))),
    }
}

const fn admin(place: Place) -> &'static str {
    match place {
        Place::School => SCHOOL_ADMIN,
        _ => COMPANY_ADMIN,
    }
}
