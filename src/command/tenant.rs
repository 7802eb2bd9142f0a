//! `entente tenant`.

use chrono_tz::Tz;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure, out};
use crate::{
    domain::{Language, TenantKind, country::Country, name::Name},
    error::Error,
    evidence::chain::EventActor,
    portal::operator::tenants::store::{self, NewTenant, domains, list},
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
    /// Lists every tenant with its domains
    List,
    /// The domains that a tenant owns
    #[command(subcommand)]
    Domain(Domain),
}

/// What can be done with a tenant's domains.
#[derive(Debug, Subcommand)]
pub enum Domain {
    /// Registers a domain: the tenant's administrators answer invitations to addresses there
    Add {
        /// The tenant's public id or name
        tenant: String,
        /// The domain, like organization.example
        domain: String,
    },
    /// Removes a domain: open invitations to addresses there are no longer the tenant's
    Remove {
        /// The tenant's public id or name
        tenant: String,
        /// The domain, like organization.example
        domain: String,
    },
}

impl Tenant {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let (name, kind, country, language, zone, domains) = match self {
            Self::List => return tell_all(context),
            Self::Domain(domain) => return domain.run(context),
            Self::Add {
                name,
                kind,
                country,
                language,
                time_zone,
                domains,
            } => (name, kind, country, language, time_zone, domains),
        };
        let new = NewTenant {
            name,
            kind,
            country,
            language,
            zone,
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

/// Says which tenants there are.
fn tell_all(context: &Context) -> Result<(), Failure> {
    let all = context.db()?.read_here(list::all)?;
    let object = |row: &list::Row| {
        json!({
            "id": row.id,
            "public_id": row.public_id,
            "name": row.name,
            "kind": row.kind,
            "country": row.country,
            "domains": row.domains,
            "since": row.since,
        })
    };
    let cells = |row: &list::Row| {
        vec![
            row.public_id.clone(),
            row.name.clone(),
            row.kind.to_string(),
            row.country.clone(),
            row.domains.join(", "),
        ]
    };
    let head = ["Public id", "Name", "Kind", "Country", "Domains"];
    let rows: Vec<Vec<String>> = all.iter().map(cells).collect();
    context.say(
        &json!(all.iter().map(object).collect::<Vec<_>>()),
        &out::table(&head, &rows),
    );
    Ok(())
}

impl Domain {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let (Self::Add { tenant, domain } | Self::Remove { tenant, domain }) = self;
        let (by, clock) = (EventActor::CommandLine, &context.clock);
        let db = context.db()?;
        let found = db
            .read_here(|conn| store::find(conn, tenant))
            .map_err(Failure::of("TENANT"))?;
        let adds = matches!(self, Self::Add { .. });
        let domain = db
            .write_here(|conn| {
                if adds {
                    let added = domains::add(conn, &by, found.id, domain, clock)??;
                    return Ok(added.1);
                }
                let (which, domain) = domains::find(conn, &found, domain)?;
                domains::end(conn, &by, found.id, which, clock)?;
                Ok::<_, Error>(domain)
            })
            .map_err(Failure::of("DOMAIN"))?;
        let words = if adds {
            format!("Registered {domain} for {}.", found.name)
        } else {
            format!("Removed {domain} from {}.", found.name)
        };
        context.say(
            &json!({
                "public_id": found.public_id,
                "name": found.name,
                "domain": domain,
                "registered": adds,
            }),
            &words,
        );
        Ok(())
    }
}
