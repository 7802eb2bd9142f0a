//! `entente operator`, `entente user` and `entente staff`: people, their roles and passwords.

mod act;

use clap::{Args, Subcommand};

use self::act::{Named, disable, set_password, set_roles};
use super::{Context, Failure};
use crate::domain::{Language, email::Email, membership::MemberRole, name::Name};

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
    /// Disables a member of a partner's staff, ends the person's sessions, and the accounts that
    /// tenants gave the person for the partner
    Disable {
        /// The partner id: digits
        #[arg(long, value_name = "NUMBER")]
        partner: String,
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
    },
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
