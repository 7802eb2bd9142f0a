//! `entente partner`.

use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure};
use crate::{
    domain::{country::Country, email::Email, name::Name},
    error::Error,
    evidence::chain::EventActor,
    portal::operator::partners::store::{self, NewPartner},
};

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub enum Partner {
    /// Registers a company that works for tenants and prints its partner id
    Add {
        /// Its name
        #[arg(long, value_parser = Name::parse)]
        name: Name,
        /// Where it is, in two capital letters, like NO
        #[arg(long)]
        country: Country,
        /// The town
        #[arg(long, value_parser = Name::parse)]
        city: Option<Name>,
        /// Its domain
        #[arg(long)]
        domain: Option<String>,
        /// Whom customers talk to
        #[arg(long, value_parser = Name::parse)]
        contact_name: Option<Name>,
        /// The address that customers write to
        #[arg(long, value_parser = Email::parse)]
        contact_email: Option<Email>,
        /// The telephone that customers call
        #[arg(long, value_parser = Name::parse)]
        contact_phone: Option<Name>,
        /// Registers it although another partner's name looks the same
        #[arg(long)]
        confirm_similar: bool,
    },
    /// Suspends a partner: its staff are signed out, and its invitations can't be accepted
    Suspend {
        /// Its partner id: digits
        #[arg(value_name = "NUMBER")]
        partner: String,
    },
    /// Lifts a suspension: its staff sign in again, and its open invitations wait again
    Reinstate {
        /// Its partner id: digits
        #[arg(value_name = "NUMBER")]
        partner: String,
        /// Reinstates it although another partner took a name that looks the same
        #[arg(long)]
        confirm_similar: bool,
    },
}

impl Partner {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let (db, now, by) = (context.db()?, context.now(), EventActor::CommandLine);
        match self {
            Self::Add {
                name,
                country,
                city,
                domain,
                contact_name,
                contact_email,
                contact_phone,
                confirm_similar,
            } => {
                let new = NewPartner {
                    name,
                    country,
                    city,
                    domain,
                    contact_name,
                    contact_email,
                    contact_phone,
                    confirm_similar,
                };
                let added = db
                    .write_here(|conn| store::add(conn, &by, &new, now))
                    .map_err(Failure::of("--domain"))?;
                context.say(
                    &json!({ "id": added.id, "number": added.number, "name": added.name }),
                    &format!(
                        "Registered {}. Its partner id: {}",
                        added.name, added.number
                    ),
                );
            }
            Self::Suspend { partner } => {
                let suspended = db
                    .write_here(|conn| {
                        let found = store::find(conn, &partner)?;
                        store::suspend(conn, &by, &found, now)?;
                        Ok::<_, Error>(found)
                    })
                    .map_err(Failure::of("NUMBER"))?;
                context.say(
                    &json!({ "number": suspended.number, "name": suspended.name, "suspended": true }),
                    &format!("Suspended {}.", suspended.name),
                );
            }
            Self::Reinstate {
                partner,
                confirm_similar,
            } => {
                let back = db
                    .write_here(|conn| {
                        let found = store::find(conn, &partner)?;
                        store::reinstate(conn, &by, &found, confirm_similar, now)?;
                        Ok::<_, Error>(found)
                    })
                    .map_err(Failure::of("NUMBER"))?;
                context.say(
                    &json!({ "number": back.number, "name": back.name, "suspended": false }),
                    &format!("Reinstated {}.", back.name),
                );
            }
        }
        Ok(())
    }
}
