//! What the commands about people do.

use serde_json::json;

use super::Somebody;
use crate::{
    access::{
        password::NewPassword,
        people::{
            self, Home,
            add::{self, NewMember},
            leave, password, roles,
        },
    },
    command::{Context, Failure, password_from_input},
    db::DbConn,
    domain::{email::Email, membership::MemberRole},
    error::Error,
    evidence::chain::EventActor,
    portal::operator::{partners::store as partners, tenants::store as tenants},
};

const BY: EventActor = EventActor::CommandLine;

/// Where a command's person is, as the command names it.
pub(super) enum Named {
    Tenant(String),
    Partner(String),
    Operator,
}

impl Named {
    fn home(&self, conn: &mut DbConn) -> Result<(Home, String), Error> {
        Ok(match self {
            Self::Tenant(wanted) => {
                let tenant = tenants::find(conn, wanted)?;
                (Home::Tenant(tenant.id), tenant.name)
            }
            Self::Partner(number) => {
                let partner = partners::find(conn, number)?;
                let name = partner.name.clone();
                (Home::Partner(partner.id, partner.name), name)
            }
            Self::Operator => (Home::Operator, "the installation".to_owned()),
        })
    }

    /// Makes sure of the place before anything is asked for, and names the argument otherwise.
    fn check(&self, context: &Context) -> Result<(), Failure> {
        let argument = match self {
            Self::Tenant(_) => "--tenant",
            Self::Partner(_) => "--partner",
            Self::Operator => return Ok(()),
        };
        let found = context.db()?.read_here(|conn| self.home(conn).map(drop));
        found.map_err(Failure::of(argument))
    }
}

/// Reads a password and hashes it.
fn hash(names: &[&str]) -> Result<String, Failure> {
    let typed = password_from_input()?;
    let password = NewPassword::parse(&typed, names)
        .map_err(|error| Failure::told(format!("standard input: {error}")))?;
    Ok(password.hash()?)
}

impl Somebody {
    pub(super) fn add(
        self,
        context: &Context,
        named: &Named,
        roles: &[MemberRole],
    ) -> Result<(), Failure> {
        named.check(context)?;
        let db = context.db()?;
        let (_, organization) = db.read_here(|conn| named.home(conn))?;
        let password_hash = if self.password_stdin {
            let guessable = [self.name.as_str(), self.email.as_str(), &organization];
            Some(hash(&guessable)?)
        } else {
            None
        };
        let now = context.now();
        let (name, email, language) = (self.name, self.email, self.language);
        let added = db
            .write_here(|conn| {
                let new = NewMember {
                    home: named.home(conn)?.0,
                    email: email.clone(),
                    name: name.clone(),
                    roles: roles.to_vec(),
                    language,
                    password_hash: password_hash.clone(),
                };
                add::add(conn, &BY, &new, now)
            })
            .map_err(refused)?;
        let known = if added.known {
            " The person was known already and keeps name and password."
        } else {
            ""
        };
        context.say(
            &json!({
                "person": added.person,
                "membership": added.membership,
                "name": added.name,
                "email": added.email,
                "organization": organization,
                "roles": roles,
                "known_before": added.known,
            }),
            &format!(
                "Added {} ({}) to {organization} with {}.{known}",
                added.name,
                added.email,
                listed(roles)
            ),
        );
        Ok(())
    }
}

/// Which argument a refusal is about.
fn argument(error: &Error) -> Option<Failure> {
    let Error::Refused(words) = error else {
        return None;
    };
    let name = if words.contains("role") {
        "--role"
    } else {
        "--email"
    };
    Some(Failure::told(format!("{name}: {words}")))
}

fn refused(error: Error) -> Failure {
    argument(&error).unwrap_or_else(|| error.into())
}

fn listed(roles: &[MemberRole]) -> String {
    if roles.is_empty() {
        return "no roles".to_owned();
    }
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(", ")
}

pub(super) fn set_password(
    context: &Context,
    tenant: Option<String>,
    email: &Email,
) -> Result<(), Failure> {
    let named = tenant.map(Named::Tenant);
    if let Some(named) = &named {
        named.check(context)?;
    }
    let db = context.db()?;
    let (_, name) = db
        .read_here(|conn| {
            if let Some(named) = &named {
                let home = named.home(conn)?.0;
                people::member(conn, &home, email)?;
            }
            people::person(conn, email)
        })
        .map_err(refused)?;
    let hash = hash(&[&name, email.as_str()])?;
    let now = context.now();
    db.write_here(|conn| password::set_password(conn, &BY, email, &hash, now))
        .map_err(refused)?;
    context.say(
        &json!({ "email": email.as_str(), "password_set": true }),
        &format!(
            "Set the password of {name} ({}) and ended every session.",
            email.as_str()
        ),
    );
    Ok(())
}

pub(super) fn set_roles(
    context: &Context,
    named: &Named,
    email: &Email,
    wanted: &[MemberRole],
) -> Result<(), Failure> {
    named.check(context)?;
    let now = context.now();
    let before = context
        .db()?
        .write_here(|conn| {
            let home = named.home(conn)?.0;
            roles::set_roles(conn, &BY, &home, email, wanted, now)
        })
        .map_err(refused)?;
    context.say(
        &json!({ "email": email.as_str(), "before": before, "after": wanted }),
        &format!(
            "{} has {} (before: {}).",
            email.as_str(),
            listed(wanted),
            listed(&before)
        ),
    );
    Ok(())
}

pub(super) fn disable(context: &Context, named: &Named, email: &Email) -> Result<(), Failure> {
    named.check(context)?;
    let now = context.now();
    let gone = context
        .db()?
        .write_here(|conn| {
            let home = named.home(conn)?.0;
            leave::disable(conn, &BY, &home, email, now)
        })
        .map_err(refused)?;
    context.say(
        &json!({ "person": gone.person, "email": gone.email, "disabled": true }),
        &format!(
            "Disabled {} ({}) and ended every session.",
            gone.name, gone.email
        ),
    );
    Ok(())
}
