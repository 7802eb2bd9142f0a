//! Telling both sides what a partner did, and reading back what was told.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    db::{
        DbConn,
        schema::{chains, events},
        types::Ts,
    },
    domain::{Instant, event::EventKind, membership::Side, role::AdminRole},
    error::Error,
    evidence::{recipient, relationship::Relationship},
    work::outbox::{self, MailKind, NewMail},
};

/// Writes one mail to each side.
pub(super) fn tell(
    conn: &mut DbConn,
    kind: MailKind,
    relationship: &Relationship,
    roles: &[AdminRole],
    now: Instant,
) -> Result<(), Error> {
    let (tenant, partner) = (
        relationship.between.tenant(),
        relationship.between.partner(),
    );
    let theirs = recipient::tenant_side(conn, tenant, partner)?;
    let ours = recipient::partner_side(conn, partner)?;
    for (to, side) in [(theirs, Side::Tenant), (ours, Side::Partner)] {
        let Some(to) = to else { continue };
        let mail = NewMail {
            kind,
            recipient: &to.email,
            language: to.language,
            tenant: Some(tenant),
            partner: Some(partner),
            invitation: None,
            relationship: Some(relationship.id),
            person: None,
            facts: json!({
                "partner_name": relationship.partner.name,
                "tenant_name": relationship.customer.name,
                "type": relationship.kind,
                "roles": roles,
                "at": Ts::from(now).text(),
                "zone": relationship.customer.zone,
                "side": side,
            }),
            secret_link: None,
            once: None,
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    Ok(())
}

/// The numbers of the events that tell of roles of this relationship that were given back, the last
/// one first, each with its roles.
///
/// # Errors
/// The database's.
pub(super) fn given_back(
    conn: &mut DbConn,
    relationship: &Relationship,
) -> Result<Vec<(i64, Vec<AdminRole>)>, Error> {
    let rows: Vec<(i64, String)> = events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(relationship.between.tenant()))
        .filter(events::relationship_id.eq(relationship.id))
        .filter(events::kind.eq(EventKind::RolesGivenBack))
        .order(events::number.desc())
        .select((events::number, events::canonical))
        .load(conn)?;
    let read = |(number, canonical): (i64, String)| {
        let event: Value = serde_json::from_str(&canonical).map_err(Error::internal)?;
        let roles = event.pointer("/facts/roles").and_then(Value::as_array);
        let words = roles.into_iter().flatten().filter_map(Value::as_str);
        Ok((number, words.filter_map(AdminRole::parse).collect()))
    };
    rows.into_iter().map(read).collect()
}
