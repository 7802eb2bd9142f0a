//! Roles that end: both sides are told 30, 7 and 1 days before, and when they have ended. Nothing
//! depends on it: roles end by the clock, at use. This records it, and tells.

use std::{collections::BTreeSet, time::Duration};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::{
    ending::{Ending, tell},
    outbox::MailKind,
};
use crate::{
    access::scope::TenantScope,
    db::{Db, DbConn, literal, schema::grants, types::Ts},
    domain::{
        Instant, PartnerId, TenantId,
        event::EventKind,
        reminder::{DAYS, due},
    },
    error::Error,
    evidence::{
        chain::{self, EventActor, NewEvent},
        grants::{self as kept, Given},
    },
    web::now::Clock,
};

/// How often it is looked.
const PAUSE: Duration = Duration::from_mins(5);
/// How far a round looks back behind the one before: clocks of replicas differ.
const OVERLAP: TimeDelta = TimeDelta::hours(1);
/// What ended longer ago than this was heard of otherwise: it is recorded, and no mail is written.
const NEWS: TimeDelta = TimeDelta::days(30);

/// A partner in a tenant.
type Pair = (TenantId, PartnerId);

/// The partners with roles that have ended and aren't recorded as such, or of whose end a reminder
/// came due after `since`; where nothing is known of before, all that are due.
///
/// # Errors
/// The database's.
pub fn waiting(
    conn: &mut DbConn,
    since: Option<Instant>,
    now: Instant,
) -> Result<BTreeSet<Pair>, Error> {
    let furthest = now + TimeDelta::days(DAYS.iter().copied().max().unwrap_or_default());
    let rows: Vec<(TenantId, PartnerId, Ts)> = grants::table
        .filter(grants::state.eq(literal("live")))
        .filter(grants::ends_at.le(Ts::from(furthest)))
        .select((grants::tenant_id, grants::partner_id, grants::ends_at))
        .load(conn)?;
    let news = |ends_at: Instant| {
        let before = since.and_then(|since| due(ends_at, since));
        ends_at <= now || since.is_none() || due(ends_at, now) != before
    };
    let rows = rows.into_iter().filter(|row| news(row.2.instant()));
    Ok(rows.map(|(tenant, partner, _)| (tenant, partner)).collect())
}

/// Records what has ended of a partner's roles in a tenant, and writes the mails that are due, in
/// one transaction. However often and wherever it runs, each is written once for each side.
///
/// # Errors
/// The database's.
pub fn tend(conn: &mut DbConn, (tenant, partner): Pair, clock: &Clock) -> Result<(), Error> {
    let between = TenantScope::by_itself(tenant).with(partner);
    kept::hold(conn, between)?;
    let now = clock.now();
    let open = kept::open(conn, between)?;
    let ends: BTreeSet<Instant> = open.iter().map(|given| given.grant.ends_at).collect();
    let mut events = Vec::new();
    for end in ends {
        let group = open.iter().filter(|given| given.grant.ends_at == end);
        let group: Vec<Given> = group.copied().collect();
        let ending = Ending::read(conn, (tenant, partner), &group)?;
        if end <= now {
            record(conn, &group, now)?;
            if end > now - NEWS {
                tell(conn, &ending, (MailKind::RolesEnded, None), now)?;
            }
            events.push(ended(&ending, &group));
        } else if let Some(days) = due(end, now) {
            tell(conn, &ending, (MailKind::RolesEnding, Some(days)), now)?;
        }
    }
    for event in events {
        chain::append(conn, &event, now)?;
    }
    Ok(())
}

/// Writes down that grants ran out.
fn record(conn: &mut DbConn, group: &[Given], now: Instant) -> Result<(), Error> {
    for given in group {
        kept::close(conn, &given.grant.expire(now)?)?;
    }
    let touched: BTreeSet<_> = group.iter().map(|given| given.relationship).collect();
    for relationship in touched {
        kept::refresh_copies(conn, relationship, None)?;
    }
    Ok(())
}

fn ended(ending: &Ending, group: &[Given]) -> NewEvent {
    let ids: Vec<_> = group.iter().map(|given| given.grant.id).collect();
    let facts = json!({
        "partner_name": ending.partner_name,
        "roles": ending.roles,
        "count": group.len(),
        "grants": ids,
    });
    NewEvent {
        actor: EventActor::Entente,
        tenant: Some(ending.tenant),
        partner: Some(ending.partner),
        relationship: ending.relationship,
        ..NewEvent::by_command(EventKind::RolesEnded, facts)
    }
}

/// One round: each partner in a tenant in a transaction of its own, so that nobody waits for long.
///
/// # Errors
/// The first that came, after all were tried.
pub async fn round(db: &Db, since: Option<Instant>, clock: &Clock) -> Result<(), Error> {
    let now = clock.now();
    let pairs = db.read(move |conn| waiting(conn, since, now)).await?;
    let mut result = Ok(());
    for pair in pairs {
        let clock = clock.clone();
        let tended = db.write_unattended(move |conn| tend(conn, pair, &clock));
        if let (Err(error), Ok(())) = (tended.await, &result) {
            result = Err(error);
        }
    }
    result
}

/// Looks every few minutes for as long as the server runs. After a start it looks at everything,
/// and so catches up; after a round that failed it looks at the same again.
pub async fn keep_reminding(db: Db, clock: Clock) {
    let mut since = None;
    loop {
        let began = clock.now();
        match round(&db, since, &clock).await {
            Ok(()) => since = Some(began - OVERLAP),
            Err(error) => tracing::warn!(%error, "reminders"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
