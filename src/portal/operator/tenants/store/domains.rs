//! The domains that a tenant owns: whoever administers it answers what is sent to addresses there.

use diesel::prelude::*;
use serde_json::json;

use super::Tenant;
use crate::{
    db::{
        DbConn,
        schema::{tenant_domains, tenants},
        types::Ts,
    },
    domain::{
        Instant, TenantDomainId, TenantId,
        email::{fold_domain, is_public_domain},
        event::EventKind,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    on_each,
    web::now::Clock,
};

/// Why a domain isn't registered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainRefused {
    /// It is no domain.
    #[error("{0} is no domain")]
    NoDomain(String),
    /// Anybody can have an address there.
    #[error("{0} is a public mail service: anybody can have an address there")]
    Public(String),
    /// It is somebody else's.
    #[error("{0} belongs to another tenant already")]
    Taken(String),
    /// It is this tenant's already.
    #[error("{0} is registered for this tenant already")]
    Known(String),
}

impl DomainRefused {
    /// The key of the words beside the field.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoDomain(_) => "tenants-domain-none",
            Self::Public(_) => "tenants-domain-public",
            Self::Taken(_) => "tenants-domain-taken",
            Self::Known(_) => "tenants-domain-known",
        }
    }
}

impl From<DomainRefused> for Error {
    fn from(refused: DomainRefused) -> Self {
        Self::Refused(refused.to_string())
    }
}

/// A domain of a tenant, now or in the past.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its id.
    pub id: TenantDomainId,
    /// The domain in the form by which it is compared.
    pub domain: String,
    /// Since when it is the tenant's.
    pub since: Instant,
    /// Since when it isn't any more.
    pub ended_at: Option<Instant>,
}

/// Every domain that a tenant owns, and then those that it once owned.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut DbConn, tenant: TenantId) -> Result<Vec<Domain>, Error> {
    let rows: Vec<(TenantDomainId, String, Ts, Option<Ts>)> = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq(tenant))
        .order((tenant_domains::domain, tenant_domains::created_at))
        .select((
            tenant_domains::id,
            tenant_domains::domain,
            tenant_domains::created_at,
            tenant_domains::ended_at,
        ))
        .load(conn)?;
    let read = |(id, domain, since, ended_at): (_, _, Ts, Option<Ts>)| Domain {
        id,
        domain,
        since: since.instant(),
        ended_at: ended_at.map(Ts::instant),
    };
    let mut domains: Vec<Domain> = rows.into_iter().map(read).collect();
    domains.sort_by_key(|domain| domain.ended_at.is_some());
    Ok(domains)
}

/// Registers a domain for a tenant, with its event. From then on the tenant's administrators see
/// what waits for an address there, and answer it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such tenant.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    tenant: TenantId,
    typed: &str,
    clock: &Clock,
) -> Result<Result<(TenantDomainId, String), DomainRefused>, Error> {
    let tenant = hold(conn, tenant)?;
    let now = clock.now();
    let kept = keep(conn, tenant.id, typed, now)?;
    if let Ok((_, domain)) = &kept {
        tell(
            conn,
            actor,
            EventKind::TenantDomainAdded,
            (&tenant, domain),
            now,
        )?;
    }
    Ok(kept)
}

/// Ends a tenant's domain, with its event. What waits for an address there is no longer the
/// tenant's to answer; what it answered stays. Ending it again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] where the tenant never had it.
pub fn end(
    conn: &mut DbConn,
    actor: &EventActor,
    tenant: TenantId,
    which: TenantDomainId,
    clock: &Clock,
) -> Result<(), Error> {
    let tenant = hold(conn, tenant)?;
    let now = clock.now();
    let domain: String = tenant_domains::table
        .filter(tenant_domains::id.eq(which))
        .filter(tenant_domains::tenant_id.eq(tenant.id))
        .select(tenant_domains::domain)
        .first(conn)?;
    let live = tenant_domains::table
        .find(which)
        .filter(tenant_domains::ended_at.is_null());
    let ended = diesel::update(live)
        .set(tenant_domains::ended_at.eq(Some(Ts::from(now))))
        .execute(conn)?;
    if ended == 0 {
        return Ok(());
    }
    let what = (&tenant, domain.as_str());
    tell(conn, actor, EventKind::TenantDomainRemoved, what, now)
}

/// The domain of a tenant's that somebody types.
///
/// # Errors
/// [`Error::Refused`] where the tenant doesn't own it.
pub fn find(
    conn: &mut DbConn,
    tenant: &Tenant,
    typed: &str,
) -> Result<(TenantDomainId, String), Error> {
    let domain = fold_domain(typed).unwrap_or_else(|| typed.to_owned());
    let row = tenant_domains::table
        .filter(tenant_domains::tenant_id.eq(tenant.id))
        .filter(tenant_domains::domain.eq(&domain))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::id)
        .first(conn)
        .optional()?;
    match row {
        Some(id) => Ok((id, domain)),
        None => Err(Error::Refused(format!(
            "{domain} isn't registered for {}",
            tenant.name
        ))),
    }
}

/// Keeps a domain as a tenant's, in the form by which it is compared. Whoever else takes it at the
/// same moment is waited for, and then has it.
pub(super) fn keep(
    conn: &mut DbConn,
    tenant: TenantId,
    typed: &str,
    now: Instant,
) -> Result<Result<(TenantDomainId, String), DomainRefused>, Error> {
    let Some(domain) = fold_domain(typed) else {
        return Ok(Err(DomainRefused::NoDomain(typed.trim().to_owned())));
    };
    if is_public_domain(&domain) {
        return Ok(Err(DomainRefused::Public(domain)));
    }
    let owner: Option<TenantId> = tenant_domains::table
        .filter(tenant_domains::domain.eq(&domain))
        .filter(tenant_domains::ended_at.is_null())
        .select(tenant_domains::tenant_id)
        .first(conn)
        .optional()?;
    match owner {
        Some(owner) if owner == tenant => return Ok(Err(DomainRefused::Known(domain))),
        Some(_) => return Ok(Err(DomainRefused::Taken(domain))),
        None => {}
    }
    let id: TenantDomainId = Id::at(now);
    let kept = on_each!(conn, c => diesel::insert_into(tenant_domains::table)
        .values((
            tenant_domains::id.eq(id),
            tenant_domains::tenant_id.eq(tenant),
            tenant_domains::domain.eq(&domain),
            tenant_domains::created_at.eq(Ts::from(now)),
        ))
        .on_conflict_do_nothing()
        .execute(c)?);
    Ok(match kept {
        0 => Err(DomainRefused::Taken(domain)),
        _ => Ok((id, domain)),
    })
}

/// Holds a tenant until the end, so that nobody accepts for it while its domains change.
fn hold(conn: &mut DbConn, tenant: TenantId) -> Result<Tenant, Error> {
    let row = tenants::table
        .find(tenant)
        .filter(tenants::ended_at.is_null())
        .select((tenants::id, tenants::public_id, tenants::name));
    let (id, public_id, name) = match conn {
        DbConn::Postgres(c) => row.for_no_key_update().first(c)?,
        DbConn::Sqlite(c) => row.first(c)?,
    };
    Ok(Tenant {
        id,
        public_id,
        name,
    })
}

fn tell(
    conn: &mut DbConn,
    actor: &EventActor,
    kind: EventKind,
    (tenant, domain): (&Tenant, &str),
    now: Instant,
) -> Result<(), Error> {
    let facts = json!({ "name": tenant.name, "domain": domain });
    let event = NewEvent {
        actor: actor.clone(),
        tenant: Some(tenant.id),
        ..NewEvent::by_command(kind, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
