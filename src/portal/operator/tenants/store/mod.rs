//! Registering tenants, and finding them again.

pub mod domains;
pub mod list;

use self::domains::DomainRefused;
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;

use crate::{
    db::{DbConn, schema::tenants, types::Ts},
    domain::{
        Instant, Language, TenantId, TenantKind, country::Country, event::EventKind, name::Name,
        text::fold,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    portal::operator::number::{PUBLIC_ID, draw},
};

/// A tenant to register.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// Its name.
    pub name: Name,
    /// Organization or school.
    pub kind: TenantKind,
    /// Where it is, which chooses the agreement.
    pub country: Country,
    /// The language in which it is written to.
    pub language: Language,
    /// The zone in which its people read times.
    pub zone: Tz,
    /// The domains that it owns, as typed.
    pub domains: Vec<String>,
}

/// A tenant as the operator names it.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// What it hands to a partner.
    pub public_id: String,
    /// Its name.
    pub name: String,
}

/// Registers a tenant with its domains, and its event.
///
/// # Errors
/// [`Error::Refused`] names a domain that is none, anybody's, or somebody's already.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewTenant,
    now: Instant,
) -> Result<Tenant, Error> {
    let public_id = loop {
        let drawn = draw(PUBLIC_ID)?;
        let taken: i64 = tenants::table
            .filter(tenants::public_id.eq(&drawn))
            .count()
            .get_result(conn)?;
        if taken == 0 {
            break drawn;
        }
    };
    let id: TenantId = Id::at(now);
    diesel::insert_into(tenants::table)
        .values((
            tenants::id.eq(id),
            tenants::public_id.eq(&public_id),
            tenants::kind.eq(new.kind),
            tenants::name.eq(new.name.as_str()),
            tenants::name_folded.eq(new.name.folded()),
            tenants::country.eq(new.country.as_str()),
            tenants::language.eq(new.language),
            tenants::time_zone.eq(new.zone.name()),
            tenants::billing_may_accept_roles.eq(true),
            tenants::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let mut domains = Vec::new();
    for typed in &new.domains {
        match domains::keep(conn, id, typed, now)? {
            Ok((_, domain)) => domains.push(domain),
            Err(DomainRefused::Known(_)) => {}
            Err(refused) => return Err(refused.into()),
        }
    }
    let name = new.name.as_str().to_owned();
    let facts = json!({
        "name": name,
        "kind": new.kind,
        "country": new.country.as_str(),
        "public_id": public_id,
        "domains": domains,
    });
    let event = NewEvent {
        actor: actor.clone(),
        ..NewEvent::by_command(EventKind::TenantAdded, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(Tenant {
        id,
        public_id,
        name,
    })
}

/// The tenant that a public id or a name means.
///
/// # Errors
/// [`Error::Refused`] where none has it, or more than one has the name.
pub fn find(conn: &mut DbConn, wanted: &str) -> Result<Tenant, Error> {
    let rows: Vec<(TenantId, String, String)> = tenants::table
        .filter(tenants::ended_at.is_null())
        .filter(
            tenants::public_id
                .eq(wanted.trim().to_uppercase())
                .or(tenants::name_folded.eq(fold(wanted))),
        )
        .select((tenants::id, tenants::public_id, tenants::name))
        .limit(2)
        .load(conn)?;
    let several = rows.len() > 1;
    match rows.into_iter().next() {
        Some(_) if several => Err(Error::Refused(format!(
            "more than one tenant is named {wanted}: give its public id"
        ))),
        Some((id, public_id, name)) => Ok(Tenant {
            id,
            public_id,
            name,
        }),
        None => Err(Error::Refused(format!(
            "no tenant has the public id or name {wanted}"
        ))),
    }
}
