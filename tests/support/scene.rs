//! What happened before the story of a test begins, done by the product's own functions.

use chrono::TimeDelta;
use diesel::prelude::*;
use entente::{
    access::guards::{AdminAgent, BillingAdmin, Guard},
    db::{DbConn, schema::*, types::Ts},
    domain::{
        DraftId, Instant, InvitationId, Language, MembershipId, PartnerId, RelationshipId,
        StaffInvitationId, VersionId,
        agreement::{AgreementKind, Terms, Which},
        email::Email,
        grant::GrantDuration,
        invitation::Addressee,
        membership::MemberRole,
        name::Name,
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    evidence::{
        acceptance::Act,
        chain::EventActor,
        verify::{Report, verify},
    },
    inviting::{
        create::{self, NewInvitation},
        withdraw::{Withdrawing, withdraw},
    },
    portal::{
        invitations::store::{
            answer::{self, Accepting, Wish},
            find,
        },
        operator::agreements::{
            markdown::render,
            store::{drafting, publish::NewVersion},
        },
        partner::staff::store::invite::{self, Asking},
    },
    web::request::Origin,
    work::outbox::MailKind,
};

use super::{
    app::TestApp,
    cast::Persona,
    seed::{self, Partner, Tenant},
};

/// A link by which somebody joins a partner's staff.
#[derive(Debug, Clone)]
pub struct StaffLink {
    pub id: StaffInvitationId,
    pub token: String,
}

impl StaffLink {
    /// The link, as a path.
    pub fn path(&self) -> String {
        format!("/staff-invitations/{}", self.token)
    }

    /// Where somebody signed in joins.
    pub fn acceptance(&self) -> String {
        format!("{}/acceptance", self.path())
    }
}

/// An invitation, with the link that was shown once.
#[derive(Debug, Clone)]
pub struct Invited {
    pub id: InvitationId,
    pub token: String,
}

impl Invited {
    /// The page that asks for an answer.
    pub fn review(&self) -> String {
        format!("/billing/invitations/{}", self.id)
    }

    /// Where the answer is sent.
    pub fn acceptance(&self) -> String {
        format!("/billing/invitations/{}/acceptance", self.id)
    }

    /// The page for saying no.
    pub fn refusal(&self) -> String {
        format!("/billing/invitations/{}/refusal", self.id)
    }

    /// The link of the mail.
    pub fn link(&self) -> String {
        format!("/invitations/{}", self.token)
    }
}

/// What a partner asks for.
#[derive(Debug, Clone)]
pub struct Ask {
    pub from: Partner,
    pub sender: Persona,
    pub to: Addressee,
    pub relationship_type: RelationshipType,
    pub roles: Vec<AdminRole>,
    pub days: i32,
    pub life: TimeDelta,
    pub message: Option<&'static str>,
    /// Who gets a user account, for the type that gives one; nobody means the sender.
    pub people: Vec<Persona>,
}

/// Where a story's own requests come from.
pub fn origin() -> Origin {
    Origin {
        request_id: uuid::Uuid::new_v4(),
        client: "192.0.2.10".parse().unwrap(),
        peer: "192.0.2.10".parse().unwrap(),
        user_agent: "Tests".into(),
    }
}

impl TestApp {
    /// What the partner usually asks the tenant for: to manage it, with one role, for a year.
    pub fn ask(&self) -> Ask {
        Ask {
            from: self.world().p.clone(),
            sender: Persona::AdminAgent,
            to: Addressee::Tenant(self.world().own.id),
            relationship_type: RelationshipType::DelegatedAdministrator,
            roles: vec![AdminRole::HelpdeskAdministrator],
            days: 365,
            life: TimeDelta::days(30),
            message: None,
            people: Vec::new(),
        }
    }

    /// Asks a tenant for another type, with the roles that it needs.
    pub fn ask_for(&self, kind: RelationshipType) -> Ask {
        let roles = if kind.needs_a_role() {
            vec![AdminRole::HelpdeskAdministrator]
        } else {
            Vec::new()
        };
        Ask {
            relationship_type: kind,
            roles,
            ..self.ask()
        }
    }

    /// An address as invitations have them.
    pub fn to_email(&self, email: &str) -> Addressee {
        Addressee::Email(Email::parse(email).unwrap())
    }

    /// Sends an invitation.
    pub fn invites(&self, ask: &Ask) -> Invited {
        self.tries_to_invite(ask).unwrap()
    }

    /// Sends an invitation, or says why not.
    pub fn tries_to_invite(&self, ask: &Ask) -> Result<Invited, Error> {
        let new = NewInvitation {
            partner: ask.from.id,
            sender: self.world().person(ask.sender).membership,
            addressee: ask.to.clone(),
            relationship_type: ask.relationship_type,
            roles: ask.roles.clone(),
            duration: GrantDuration::days(ask.days).unwrap(),
            people: ask
                .people
                .iter()
                .map(|who| self.world().person(*who).id)
                .collect(),
            life: ask.life,
            language: Language::En,
            message: ask
                .message
                .and_then(|m| entente::domain::text::FreeText::parse(m).unwrap()),
            reference: None,
            answers: None,
        };
        let state = self.state();
        let now = self.now();
        let created = state.db.write_here(|conn| {
            create::create(
                conn,
                &EventActor::CommandLine,
                &new,
                &state.site,
                &state.secret,
                now,
            )
        })?;
        let token = created.link.rsplit('/').next().unwrap().to_owned();
        Ok(Invited {
            id: created.id,
            token,
        })
    }

    /// The invitation that most stories begin with.
    pub fn invited(&self) -> Invited {
        self.invites(&self.ask())
    }

    /// Takes an invitation back.
    pub fn withdraws(&self, invited: &Invited) {
        let (id, clock) = (invited.id, &self.state().clock);
        let write = |conn: &mut DbConn| withdraw(conn, &EventActor::CommandLine, id, clock);
        let became = self.state().db.write_here(write).unwrap();
        assert_eq!(became, Withdrawing::Withdrawn);
    }

    /// The guard over one of the cast, as a request would get it.
    pub fn guard<G: Guard>(&self, conn: &mut DbConn, persona: Persona) -> Result<G, Error> {
        let person = self.world().person(persona);
        G::prove(conn, person.id, person.membership, self.now(), origin())
    }

    /// Accepts an invitation without pages.
    pub fn accepted_by(&self, persona: Persona, invited: &Invited) -> RelationshipId {
        match self.accepts(persona, invited) {
            Ok(Accepting::Accepted(relationship)) => relationship,
            other => panic!("{other:?}"),
        }
    }

    /// Tries to accept an invitation without pages.
    pub fn accepts(&self, persona: Persona, invited: &Invited) -> Result<Accepting, Error> {
        let (id, now) = (invited.id, self.now());
        self.state().db.write_here(|conn| {
            let by: BillingAdmin = self.guard(conn, persona)?;
            let invitation = find::find(conn, by.scope(), id, now)?;
            let (shown, _) = answer::terms(conn, &by, &invitation, Language::En, now)?.unwrap();
            let act = Act {
                control: "Accept & authorize".into(),
                statement: "I have read it and accept it".into(),
                language: Language::En,
            };
            let act = Box::new(move |_: &str| act.clone());
            answer::accept(conn, &by, id, &Wish { shown, act }, &self.state().clock)
        })
    }

    /// A partner that the tenant lets in, with a role.
    pub fn related(&self) -> RelationshipId {
        let invited = self.invited();
        self.accepted_by(Persona::GlobalAdmin, &invited)
    }

    /// Publishes a later version of the agreement.
    pub fn publishes(&self, number: i32, material: bool, texts: [&str; 2]) -> VersionId {
        let (agreement, now) = (self.world().agreement, self.now());
        let write = |conn: &mut DbConn| {
            seed::publish(conn, agreement, number, "2026-11-01", material, texts, now)
        };
        self.state().db.write_here(write).unwrap().0
    }

    /// A draft of an agreement, as an operator writes it.
    pub fn writes(&self, country: Option<&str>) -> DraftId {
        let text = render(Language::En, "# Agreement\n\nWords.", None).unwrap();
        let new = NewVersion {
            of: Which {
                kind: AgreementKind::Customer,
                country: country.map(|code| code.parse().unwrap()),
            },
            terms: Terms {
                dated: self.now().date_naive(),
                material: true,
                earlier_suffices_until: None,
            },
            note: None,
            texts: vec![text],
        };
        let now = self.now();
        let write = |conn: &mut DbConn| drafting::add(conn, &EventActor::CommandLine, &new, now);
        self.state().db.write_here(write).unwrap().unwrap()
    }

    /// Takes every role of one of the cast away.
    pub fn demotes(&self, persona: Persona) {
        let (membership, now) = (self.world().person(persona).membership, self.now());
        self.state()
            .db
            .write_here(|conn| demote(conn, membership, now))
            .unwrap();
    }

    /// Gives one of the cast another role.
    pub fn promotes(&self, persona: Persona, role: MemberRole) {
        let (membership, now) = (self.world().person(persona).membership, self.now());
        let write = |conn: &mut DbConn| seed::give_role(conn, membership, role, now);
        self.state().db.write_here(write).unwrap();
    }

    /// Disables one of the cast.
    pub fn disables(&self, persona: Persona) {
        let (person, now) = (self.world().person(persona).id, self.now());
        let write = |conn: &mut DbConn| {
            diesel::update(people::table.find(person))
                .set(people::disabled_at.eq(Ts::from(now)))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// Makes one of the cast a member of a partner's staff too.
    pub fn hires(&self, persona: Persona, partner: PartnerId) {
        let (person, now) = (self.world().person(persona).id, self.now());
        let write = |conn: &mut DbConn| {
            diesel::insert_into(memberships::table)
                .values((
                    memberships::id.eq(MembershipId::at(now)),
                    memberships::person_id.eq(person),
                    memberships::side.eq("partner"),
                    memberships::partner_id.eq(partner),
                    memberships::created_at.eq(Ts::from(now)),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// An Admin agent asks whoever has an address to join the staff, as Sales agent. The link is in
    /// a mail, or shown where none is sent.
    pub fn asks_to_join(&self, agent: Persona, email: &str) -> StaffLink {
        let wish = invite::Wish {
            name: Name::parse("Petra Novak").unwrap(),
            email: Email::parse(email).unwrap(),
            roles: vec![MemberRole::SalesAgent],
            language: Language::En,
        };
        let state = self.state();
        let write = |conn: &mut DbConn| {
            let by: AdminAgent = self.guard(conn, agent)?;
            invite::invite(conn, &by, &wish, (&state.site, &state.secret), &state.clock)
        };
        let (id, link) = match state.db.write_here(write).unwrap() {
            Asking::Mailed(id) => {
                let mut mails = self.mails_of(MailKind::StaffInvitation);
                mails.retain(|mail| mail.to == email);
                (id, mails.pop().unwrap().waiting.link.unwrap())
            }
            Asking::Shown(id, link) => (id, link),
            stopped => panic!("{stopped:?}"),
        };
        let token = link.rsplit('/').next().unwrap().to_owned();
        StaffLink { id, token }
    }

    /// Suspends a partner.
    pub fn suspends(&self, partner: PartnerId) {
        let now = self.now();
        let write = |conn: &mut DbConn| {
            diesel::update(partners::table.find(partner))
                .set(partners::suspended_at.eq(Ts::from(now)))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// Sets whether Billing administrators may accept roles.
    pub fn lets_billing_accept_roles(&self, tenant: &Tenant, may: bool) {
        let id = tenant.id;
        let write = |conn: &mut DbConn| {
            diesel::update(tenants::table.find(id))
                .set(tenants::billing_may_accept_roles.eq(may))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// Checks all evidence.
    pub fn verified(&self) -> Report {
        let report = self.state().db.read_here(verify).unwrap();
        assert!(report.problems.is_empty(), "{:#?}", report.problems);
        report
    }
}

/// Takes roles away as an operator's command does: the membership is locked while it changes.
pub fn demote(conn: &mut DbConn, membership: MembershipId, now: Instant) -> Result<(), Error> {
    if let DbConn::Postgres(c) = &mut *conn {
        let _: Vec<MembershipId> = memberships::table
            .find(membership)
            .select(memberships::id)
            .for_update()
            .load(c)?;
    }
    let held = membership_roles::table
        .filter(membership_roles::membership_id.eq(membership))
        .filter(membership_roles::ended_at.is_null());
    diesel::update(held)
        .set(membership_roles::ended_at.eq(Ts::from(now)))
        .execute(conn)?;
    Ok(())
}
