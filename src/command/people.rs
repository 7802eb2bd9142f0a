//! `entente operator`, `entente user` and `entente staff`: people, their roles and passwords.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Context, Failure, password_from_input};
use crate::{
    access::password::NewPassword,
    db::DbConn,
    domain::{Language, email::Email, membership::MemberRole, name::Name},
    error::Error,
    evidence::chain::EventActor,
    portal::operator::{
        partners::store as partners,
        people::store::{self, Home, NewMember},
        tenants::store as tenants,
    },
};

const BY: EventActor = EventActor::CommandLine;

/// Somebody to add, apart from where.
#[derive(Debug, Args)]
pub struct Somebody {
    /// The address to sign in with; counts as verified
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// The person's name
    #[arg(long, value_parser = Name::parse)]
    name: Name,
    /// The language of the profile: en or fr [default: the browser's]
    #[arg(long)]
    language: Option<Language>,
    /// Reads a password from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

/// Those who run the installation.
#[derive(Debug, Subcommand)]
pub enum Operator {
    /// Adds somebody who runs the installation
    Add {
        #[command(flatten)]
        somebody: Somebody,
    },
}

/// A tenant's users.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds a user to a tenant
    Add {
        /// The tenant's public id or name
        #[arg(long, value_name = "TENANT")]
        tenant: String,
        #[command(flatten)]
        somebody: Somebody,
        /// global_administrator, billing_administrator, user_administrator or
        /// helpdesk_administrator; may be given several times; none for a profile only
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<MemberRole>,
    },
    /// Sets a person's password from standard input, one line, and ends the person's sessions
    SetPassword {
        /// The tenant's public id or name, to make sure of the person; staff and operators have
        /// none
        #[arg(long, value_name = "TENANT")]
        tenant: Option<String>,
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
    },
    /// Gives a user exactly these roles
    SetRoles {
        /// The tenant's public id or name
        #[arg(long, value_name = "TENANT")]
        tenant: String,
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
        /// A role; may be given several times; none takes all roles away
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<MemberRole>,
    },
    /// Disables a user of a tenant and ends the person's sessions
    Disable {
        /// The tenant's public id or name
        #[arg(long, value_name = "TENANT")]
        tenant: String,
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
    },
}

/// A partner's staff.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Adds somebody to a partner's staff
    Add {
        /// The partner id: digits
        #[arg(long, value_name = "NUMBER")]
        partner: String,
        #[command(flatten)]
        somebody: Somebody,
        /// admin_agent, sales_agent or helpdesk_agent; may be given several times
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<MemberRole>,
    },
    /// Disables a member of a partner's staff and ends the person's sessions
    Disable {
        /// The partner id: digits
        #[arg(long, value_name = "NUMBER")]
        partner: String,
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
    },
}

/// Where a command's person is, as the command names it.
enum Named {
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

impl Operator {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Add { somebody } = self;
        somebody.add(context, &Named::Operator, &[MemberRole::Operator])
    }
}

impl User {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add {
                tenant,
                somebody,
                roles,
            } => somebody.add(context, &Named::Tenant(tenant), &roles),
            Self::SetPassword { tenant, email } => set_password(context, tenant, &email),
            Self::SetRoles {
                tenant,
                email,
                roles,
            } => set_roles(context, &Named::Tenant(tenant), &email, &roles),
            Self::Disable { tenant, email } => disable(context, &Named::Tenant(tenant), &email),
        }
    }
}

impl Staff {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add {
                partner,
                somebody,
                roles,
            } => somebody.add(context, &Named::Partner(partner), &roles),
            Self::Disable { partner, email } => disable(context, &Named::Partner(partner), &email),
        }
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
    fn add(self, context: &Context, named: &Named, roles: &[MemberRole]) -> Result<(), Failure> {
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
                store::add(conn, &BY, &new, now)
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

fn set_password(context: &Context, tenant: Option<String>, email: &Email) -> Result<(), Failure> {
    let named = tenant.map(Named::Tenant);
    if let Some(named) = &named {
        named.check(context)?;
    }
    let db = context.db()?;
    let (_, name) = db
        .read_here(|conn| {
            if let Some(named) = &named {
                let home = named.home(conn)?.0;
                store::member(conn, &home, email)?;
            }
            store::person(conn, email)
        })
        .map_err(refused)?;
    let hash = hash(&[&name, email.as_str()])?;
    let now = context.now();
    db.write_here(|conn| store::set_password(conn, &BY, email, &hash, now))
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

fn set_roles(
    context: &Context,
    named: &Named,
    email: &Email,
    roles: &[MemberRole],
) -> Result<(), Failure> {
    named.check(context)?;
    let now = context.now();
    let before = context
        .db()?
        .write_here(|conn| {
            let home = named.home(conn)?.0;
            store::set_roles(conn, &BY, &home, email, roles, now)
        })
        .map_err(refused)?;
    context.say(
        &json!({ "email": email.as_str(), "before": before, "after": roles }),
        &format!(
            "{} has {} (before: {}).",
            email.as_str(),
            listed(roles),
            listed(&before)
        ),
    );
    Ok(())
}

fn disable(context: &Context, named: &Named, email: &Email) -> Result<(), Failure> {
    named.check(context)?;
    let now = context.now();
    let gone = context
        .db()?
        .write_here(|conn| {
            let home = named.home(conn)?.0;
            store::disable(conn, &BY, &home, email, now)
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
