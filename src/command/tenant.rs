//! `entente tenant`.

use chrono_tz::Tz;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure};
use crate::{
    domain::{Language, TenantKind, country::Country, name::Name},
    evidence::chain::EventActor,
    portal::operator::tenants::store::{self, NewTenant},
};

/// What can be done with tenants.
#[derive(Debug, Subcommand)]
pub enum Tenant {
    /// Registers a customer and prints its public id, which it hands to partners
    Add {
        /// Its name
        #[arg(long, value_parser = Name::parse)]
        name: Name,
        /// organization or school
        #[arg(long, default_value = "organization")]
        kind: TenantKind,
        /// Where it is, in two capital letters, like FR; chooses the agreement
        #[arg(long)]
        country: Country,
        /// en or fr
        #[arg(long, default_value = "en")]
        language: Language,
        /// The zone in which its people read times, like Europe/Paris
        #[arg(long, default_value = "UTC")]
        time_zone: Tz,
        /// A domain that it owns; may be given several times
        #[arg(long = "domain", value_name = "DOMAIN")]
        domains: Vec<String>,
    },
}

impl Tenant {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Add {
            name,
            kind,
            country,
            language,
            time_zone,
            domains,
        } = self;
        let new = NewTenant {
            name,
            kind,
            country,
            language,
            zone: time_zone,
            domains,
        };
        let now = context.now();
        let added = context
            .db()?
            .write_here(|conn| store::add(conn, &EventActor::CommandLine, &new, now))
            .map_err(Failure::of("--domain"))?;
        context.say(
            &json!({ "id": added.id, "public_id": added.public_id, "name": added.name }),
            &format!(
                "Registered {}. Its public id: {}",
                added.name, added.public_id
            ),
        );
        Ok(())
    }
}
