//! Mail about roles that end by themselves: to each side once, whoever notices.

use diesel::prelude::*;
use serde_json::json;

use super::outbox::{self, MailKind, NewMail};
use crate::{
    db::{
        DbConn,
        schema::{partners, relationships, tenants},
        types::Ts,
    },
    domain::{
        GrantId, Instant, PartnerId, RelationshipId, TenantId, membership::Side,
        relationship::RelationshipType, reminder::days_left, role::AdminRole,
    },
    error::Error,
    evidence::{grants::Given, recipient},
};

/// Roles of a partner in a tenant that end at one moment.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The tenant.
    pub tenant: TenantId,
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub partner_name: String,
    /// A relationship that gave them.
    pub relationship: Option<RelationshipId>,
    /// The roles, each once.
    pub roles: Vec<AdminRole>,
    tenant_name: String,
    zone: String,
    kind: Option<RelationshipType>,
    at: Option<Instant>,
    grants: Vec<GrantId>,
}

impl Ending {
    /// What these grants end, with the names that mails tell it by.
    ///
    /// # Errors
    /// The database's.
    pub fn read(
        conn: &mut DbConn,
        (tenant, partner): (TenantId, PartnerId),
        group: &[Given],
    ) -> Result<Self, Error> {
        let (tenant_name, zone) = tenants::table
            .find(tenant)
            .select((tenants::name, tenants::time_zone))
            .first(conn)?;
        let partner_name = partners::table
            .find(partner)
            .select(partners::name)
            .first(conn)?;
        let relationship = group.first().map(|given| given.relationship);
        let kind = match relationship {
            Some(id) => relationships::table
                .find(id)
                .select(relationships::relationship_type)
                .first(conn)
                .optional()?,
            None => None,
        };
        let held = |role: &&AdminRole| group.iter().any(|given| given.grant.role == **role);
        Ok(Self {
            tenant,
            partner,
            partner_name,
            relationship,
            roles: AdminRole::ALL.iter().filter(held).copied().collect(),
            tenant_name,
            zone,
            kind,
            at: group.iter().map(|given| given.grant.ends_at).max(),
            grants: group.iter().map(|given| given.grant.id).collect(),
        })
    }
}

/// Writes a mail to each side: a reminder so many days before, or that the roles have ended. What
/// was written before isn't written again.
///
/// # Errors
/// The database's.
pub fn tell(
    conn: &mut DbConn,
    ending: &Ending,
    (kind, before): (MailKind, Option<i64>),
    now: Instant,
) -> Result<(), Error> {
    let Some(at) = ending.at else { return Ok(()) };
    let theirs = recipient::partner_side(conn, ending.partner)?;
    let ours = recipient::tenant_side(conn, ending.tenant, ending.partner)?;
    for (to, side) in [(ours, Side::Tenant), (theirs, Side::Partner)] {
        let Some(to) = to else { continue };
        let moment = before.map_or_else(|| "ended".to_owned(), |days| format!("{days} days"));
        let (tenant, partner, end) = (ending.tenant, ending.partner, Ts::from(at).text());
        let once = format!("roles {tenant} {partner} {end} {moment} {side}");
        let facts = json!({
            "partner_name": ending.partner_name,
            "tenant_name": ending.tenant_name,
            "type": ending.kind,
            "roles": ending.roles,
            "grants": ending.grants,
            "days": before.map(|_| days_left(at, now)),
            "until": end,
            "zone": ending.zone,
            "side": side,
        });
        let mail = NewMail {
            kind,
            recipient: &to.email,
            language: to.language,
            tenant: Some(tenant),
            partner: Some(partner),
            invitation: None,
            relationship: ending.relationship,
            person: None,
            facts,
            secret_link: None,
            once: Some(&once),
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    Ok(())
}
