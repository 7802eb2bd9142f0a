//! Taking back every admin role of a partner, in one transaction.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{
        DbConn,
        schema::{chains, events},
        types::Ts,
    },
    domain::{
        Instant, Language, PartnerId, RelationshipId, event::EventKind, grant::GrantState,
        membership::Side, role::AdminRole,
    },
    error::Error,
    evidence::{
        chain::{self, NewEvent},
        grants::{self, Given},
        recipient::{self, Recipient},
        relationship::{self, Partner, Relationship},
    },
    web::now::Clock,
    work::{
        ending::{self, Ending},
        outbox::{self, MailKind, NewMail},
    },
};

/// Closes every grant of the partner in the tenant that is open, whichever relationship gave it and
/// whatever this clock says of its start and end, with one event and one mail to each side: clocks
/// differ, and none may find a role in force again. The clock is read when everything is held.
/// Returns the number of the event that tells of the removal; where nothing was left to remove, it
/// is the last one's.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's relationship; the database's.
pub fn remove(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: RelationshipId,
    clock: &Clock,
) -> Result<Option<i64>, Error> {
    let relationship = relationship::of_tenant(conn, by.scope(), id)?;
    grants::hold(conn, relationship.between)?;
    let now = clock.now();
    let mut closed = grants::open(conn, relationship.between)?;
    if closed.is_empty() {
        return last_removal(conn, by.scope(), relationship.partner.id);
    }
    for given in &mut closed {
        given.grant = given.grant.remove(by.acting().membership, now)?;
        grants::close(conn, &given.grant)?;
    }
    let (removed, expired): (Vec<Given>, Vec<Given>) = closed
        .into_iter()
        .partition(|given| matches!(given.grant.state, GrantState::Removed { .. }));
    let of = |given: &[Given]| -> BTreeSet<RelationshipId> {
        given.iter().map(|given| given.relationship).collect()
    };
    let (emptied, run_out) = (of(&removed), of(&expired));
    for relationship in &emptied {
        grants::refresh_copies(conn, *relationship, Some(now))?;
    }
    // Nobody took from these what had run out.
    for relationship in run_out.difference(&emptied) {
        grants::refresh_copies(conn, *relationship, None)?;
    }
    tell_ended(conn, by, relationship.partner.id, &expired, now)?;
    let told = |kind, closed: &[Given], expired: &[Given]| NewEvent {
        partner: Some(relationship.partner.id),
        relationship: Some(id),
        ..NewEvent::by(
            by.acting(),
            kind,
            facts(&relationship.partner, closed, expired),
        )
    };
    if removed.is_empty() {
        let event = told(EventKind::RolesEnded, &expired, &[]);
        chain::append(conn, &event, now)?;
        return last_removal(conn, by.scope(), relationship.partner.id);
    }
    tell(conn, by, &relationship, &removed, now)?;
    let event = told(EventKind::RolesRemoved, &removed, &expired);
    let appended = chain::append(conn, &event, now)?;
    Ok(Some(appended.number))
}

/// What the event says: the roles that were closed, and the grants that had run out before.
fn facts(partner: &Partner, closed: &[Given], expired: &[Given]) -> Value {
    let ids = |given: &[Given]| given.iter().map(|given| given.grant.id).collect::<Vec<_>>();
    let mut facts = json!({
        "partner_name": partner.name,
        "roles": roles(closed),
        "count": closed.len(),
        "grants": ids(closed),
    });
    if let (Some(facts), false) = (facts.as_object_mut(), expired.is_empty()) {
        facts.insert("expired".into(), json!(ids(expired)));
    }
    facts
}

/// The roles of these grants, each once, in the order of the domain.
fn roles(live: &[Given]) -> Vec<AdminRole> {
    let held = |role: &&AdminRole| live.iter().any(|given| given.grant.role == **role);
    AdminRole::ALL.iter().filter(held).copied().collect()
}

/// Tells both sides of what had run out before, as what happens by itself would have.
fn tell_ended(
    conn: &mut DbConn,
    by: &BillingAdmin,
    partner: PartnerId,
    expired: &[Given],
    now: Instant,
) -> Result<(), Error> {
    let ends: BTreeSet<Instant> = expired.iter().map(|given| given.grant.ends_at).collect();
    for end in ends {
        let group = expired.iter().filter(|given| given.grant.ends_at == end);
        let group: Vec<Given> = group.copied().collect();
        let ending = Ending::read(conn, (by.scope().tenant(), partner), &group)?;
        ending::tell(conn, &ending, (MailKind::RolesEnded, None), now)?;
    }
    Ok(())
}

/// Writes one mail to each side: to whoever removes, and to the partner.
fn tell(
    conn: &mut DbConn,
    by: &BillingAdmin,
    relationship: &Relationship,
    live: &[Given],
    now: Instant,
) -> Result<(), Error> {
    let (acting, tenant) = (by.acting(), by.tenant()?);
    let partner: &Partner = &relationship.partner;
    let facts = |side: Side| {
        json!({
            "partner_name": partner.name,
            "tenant_name": tenant.name,
            "type": relationship.kind,
            "roles": roles(live),
            "zone": tenant.zone.name(),
            "side": side,
        })
    };
    let ours = Recipient {
        email: acting.email.clone(),
        language: acting.language.unwrap_or(Language::En),
    };
    let theirs = recipient::partner_side(conn, partner.id)?;
    let sides = [(Some(ours), Side::Tenant), (theirs, Side::Partner)];
    for (to, side) in sides {
        let Some(to) = to else { continue };
        let mail = NewMail {
            kind: MailKind::RolesRemoved,
            recipient: &to.email,
            language: to.language,
            tenant: Some(tenant.id),
            partner: Some(partner.id),
            invitation: None,
            relationship: Some(relationship.id),
            person: None,
            facts: facts(side),
            secret_link: None,
            once: None,
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    Ok(())
}

/// When roles of a partner were removed, read back from the event of that number.
///
/// # Errors
/// The database's.
pub fn removal_of(
    conn: &mut DbConn,
    scope: TenantScope,
    partner: PartnerId,
    number: i64,
) -> Result<Option<Instant>, Error> {
    let at: Option<Ts> = events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .filter(events::partner_id.eq(partner))
        .filter(events::number.eq(number))
        .filter(events::kind.eq(EventKind::RolesRemoved))
        .select(events::at)
        .first(conn)
        .optional()?;
    Ok(at.map(Ts::instant))
}

/// The number of the last removal of a partner's roles, if there was one.
///
/// # Errors
/// The database's.
fn last_removal(
    conn: &mut DbConn,
    scope: TenantScope,
    partner: PartnerId,
) -> Result<Option<i64>, Error> {
    Ok(events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .filter(events::partner_id.eq(partner))
        .filter(events::kind.eq(EventKind::RolesRemoved))
        .order(events::number.desc())
        .select(events::number)
        .first(conn)
        .optional()?)
}
