//! People and their memberships.

pub mod add;
pub mod erase;
mod forget;
pub mod guests;
pub mod join;
pub mod leave;
pub mod password;
pub mod roles;

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    db::{
        DbConn,
        schema::{memberships, partners, people},
    },
    domain::{
        MembershipId, PartnerId, PersonId, TenantId, email::Email, event::EventKind,
        membership::Side,
    },
    error::Error,
    evidence::chain::{EventActor, NewEvent},
};

/// Where a person is a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// A tenant's user.
    Tenant(TenantId),
    /// A partner's staff, with the partner's name for the event.
    Partner(PartnerId, String),
    /// Of those who run the installation.
    Operator,
}

impl Home {
    const fn side(&self) -> Side {
        match self {
            Self::Tenant(_) => Side::Tenant,
            Self::Partner(..) => Side::Partner,
            Self::Operator => Side::Operator,
        }
    }

    const fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::Tenant(id) => Some(*id),
            _ => None,
        }
    }

    const fn partner(&self) -> Option<PartnerId> {
        match self {
            Self::Partner(id, _) => Some(*id),
            _ => None,
        }
    }

    /// An event about somebody here: in the tenant's chain, or the installation's.
    fn event(
        &self,
        actor: &EventActor,
        kind: EventKind,
        mut facts: Value,
        subject: &Member,
    ) -> NewEvent {
        if let (Self::Partner(_, name), Some(facts)) = (self, facts.as_object_mut()) {
            facts.insert("partner_name".into(), json!(name));
        }
        NewEvent {
            actor: actor.clone(),
            tenant: self.tenant(),
            partner: self.partner(),
            subject: Some(subject.data()),
            ..NewEvent::by_command(kind, facts)
        }
    }
}

/// Somebody who is a member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// By which membership.
    pub membership: MembershipId,
    /// The name.
    pub name: String,
    /// The address as typed.
    pub email: String,
    /// Whether the person was known before.
    pub known: bool,
    /// The name of the partner that a tenant gave the account for, if any.
    pub employer: Option<String>,
}

impl Member {
    fn data(&self) -> (PersonId, Value) {
        let data = json!({ "name": self.name, "email": self.email });
        (self.person, data)
    }
}

type Row = (
    PersonId,
    MembershipId,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The member with this address here, if any.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Option<Member>, Error> {
    let mut query = memberships::table
        .inner_join(people::table)
        .left_join(partners::table.on(memberships::for_partner_id.eq(partners::id.nullable())))
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .filter(memberships::side.eq(home.side()))
        .filter(memberships::ended_at.is_null())
        .select((
            people::id,
            memberships::id,
            people::name,
            people::email,
            partners::name.nullable(),
        ))
        .into_boxed::<crate::db::MultiBackend>();
    query = match home {
        Home::Tenant(tenant) => query.filter(memberships::tenant_id.eq(*tenant)),
        Home::Partner(partner, _) => query.filter(memberships::partner_id.eq(*partner)),
        Home::Operator => query,
    };
    let row: Option<Row> = query.first(conn).optional()?;
    Ok(
        row.map(|(person, membership, name, email, employer)| Member {
            person,
            membership,
            name: name.unwrap_or_default(),
            email: email.unwrap_or_default(),
            known: true,
            employer,
        }),
    )
}

/// The member with this address here.
///
/// # Errors
/// [`Error::Refused`] where there is none.
pub fn member(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Member, Error> {
    find(conn, home, email)?
        .ok_or_else(|| Error::Refused(format!("{} is no member here", email.as_str())))
}

/// Who it is, with name and address, and whether there is a password, the person is disabled, and
/// the address verified.
type Known = (PersonId, Option<String>, Option<String>, bool, bool, bool);

fn known(conn: &mut DbConn, email: &Email) -> Result<Option<Known>, Error> {
    Ok(people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .select((
            people::id,
            people::name,
            people::email,
            people::password_hash.is_not_null(),
            people::disabled_at.is_not_null(),
            people::email_verified_at.is_not_null(),
        ))
        .first(conn)
        .optional()?)
}

/// The person with this address, wherever a member, with the name.
///
/// # Errors
/// [`Error::Refused`] where there is none, or the person is disabled.
pub fn person(conn: &mut DbConn, email: &Email) -> Result<(PersonId, String), Error> {
    match known(conn, email)? {
        Some((person, name, _, _, false, _)) => Ok((person, name.unwrap_or_default())),
        Some(_) => Err(Error::Refused(format!("{} is disabled", email.as_str()))),
        None => Err(Error::Refused(format!(
            "nobody has the address {}",
            email.as_str()
        ))),
    }
}

const fn by(actor: &EventActor) -> Option<MembershipId> {
    match actor {
        EventActor::Person(acting) => Some(acting.membership),
        _ => None,
    }
}
