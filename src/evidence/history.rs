//! The history of one relationship: from the request or invitation that it came of, over every
//! grant that it gave, to its end. Both sides read the same steps.

mod found;
pub mod sheet;

use diesel::prelude::*;

use self::found::{Found, events_of};
use super::{
    gone::{Gone, gone},
    grants,
    relationship::Relationship,
    told::{Told, told_of},
};
use crate::{
    access::scope::Between,
    db::{
        DbConn,
        schema::{acceptances, authorizations},
    },
    domain::{
        AcceptanceId, AuthorizationId, EventId, GrantId, Instant, InvitationId, RelationshipId,
        grant::{Grant, GrantState},
    },
    error::Error,
};

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// The event that recorded it; none where a role's time ran out and nobody noted it yet.
    pub event: Option<Recorded>,
    /// What it gave.
    pub given: Vec<Grant>,
    /// What it took.
    pub closed: Vec<Closed>,
    /// Where the receipt of the acceptance or the authorization is that it stands for.
    pub receipt: Option<String>,
}

impl Step {
    /// Where it stands in the order. Numbers of two chains can't be compared: of one moment, what
    /// was written before anybody knew whose it is comes first, what the clock did last.
    fn place(&self) -> (Instant, bool, i64) {
        let last = (true, i64::MAX);
        let recorded = self.event.as_ref();
        let (in_chain, number) = recorded.map_or(last, |e| (e.in_chain, e.told.number));
        (self.at, in_chain, number)
    }
}

/// An event, with where it stands.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The event, told.
    pub told: Told,
    /// Whether it stands in the customer's own chain. What happened before it was known whose an
    /// address is stands in the installation's.
    pub in_chain: bool,
    /// Its hash.
    pub hash: String,
}

/// A grant that is over.
#[derive(Debug, Clone)]
pub struct Closed {
    /// The grant.
    pub grant: Grant,
    /// Since when.
    pub at: Instant,
    /// How.
    pub how: Gone,
}

/// That somebody accepted an invitation: what it gave hangs on it.
struct Authorization {
    id: AuthorizationId,
    event: EventId,
    invitation: InvitationId,
    acceptance: AcceptanceId,
    accepted: EventId,
}

/// Every step of a relationship, the first one first.
///
/// # Errors
/// The database's.
pub fn history(conn: &mut DbConn, of: &Relationship, now: Instant) -> Result<Vec<Step>, Error> {
    let authorizations = authorizations(conn, of.between, of.id)?;
    let found = events_of(conn, of, &authorizations)?;
    let told = told_of(conn, of.between, found.keys().copied().collect())?;
    let mut steps: Vec<Step> = told
        .into_iter()
        .filter_map(|told| step(told, &found, &authorizations))
        .collect();
    let grants = grants::of_relationship(conn, of.between, of.id)?;
    let givers = found::givers(conn, of)?;
    for grant in &grants {
        let giver = authorizations
            .iter()
            .find(|one| givers.get(&grant.id) == Some(&one.id));
        if let Some(step) = giver.and_then(|one| recorded(&mut steps, one.event)) {
            step.given.push(*grant);
        }
    }
    for grant in grants {
        if let Some((at, how)) = gone(conn, &grant, now)? {
            close(&mut steps, Closed { grant, at, how });
        }
    }
    // A removal takes the roles of all that the partner has there; here it counts for its own.
    steps.retain(|step| is_about(step, of.id));
    steps.sort_by_key(Step::place);
    Ok(steps)
}

fn authorizations(
    conn: &mut DbConn,
    between: Between,
    id: RelationshipId,
) -> Result<Vec<Authorization>, Error> {
    type Row = (
        AuthorizationId,
        EventId,
        InvitationId,
        AcceptanceId,
        EventId,
    );
    let rows: Vec<Row> = authorizations::table
        .inner_join(acceptances::table)
        .filter(authorizations::tenant_id.eq(between.tenant()))
        .filter(authorizations::relationship_id.eq(id))
        .order((authorizations::authorized_at, authorizations::id))
        .select((
            authorizations::id,
            authorizations::event_id,
            authorizations::invitation_id,
            acceptances::id,
            acceptances::event_id,
        ))
        .load(conn)?;
    let read = |(id, event, invitation, acceptance, accepted): Row| Authorization {
        id,
        event,
        invitation,
        acceptance,
        accepted,
    };
    Ok(rows.into_iter().map(read).collect())
}

fn step(told: Told, found: &Found, authorizations: &[Authorization]) -> Option<Step> {
    let (in_chain, hash) = found.get(&told.id)?.clone();
    let receipt = authorizations.iter().find_map(|one| {
        let of = [
            (one.event, "authorization", one.id.uuid()),
            (one.accepted, "acceptance", one.acceptance.uuid()),
        ];
        let (_, kind, id) = of.into_iter().find(|(event, ..)| *event == told.id)?;
        Some(format!("/billing/{kind}s/{id}"))
    });
    Some(Step {
        at: told.at,
        receipt,
        given: Vec::new(),
        closed: Vec::new(),
        event: Some(Recorded {
            told,
            in_chain,
            hash,
        }),
    })
}

fn recorded(steps: &mut [Step], event: EventId) -> Option<&mut Step> {
    let is_it = |step: &&mut Step| step.event.as_ref().is_some_and(|e| e.told.id == event);
    steps.iter_mut().find(is_it)
}

/// Puts the end of a grant where it was recorded: at the event that names it, or that gave its
/// successor. What nobody noted yet is a step of its own.
fn close(steps: &mut Vec<Step>, closed: Closed) {
    let replaced = matches!(closed.grant.state, GrantState::Replaced { .. });
    let follows = |step: &Step| {
        let successor = |given: &Grant| {
            given.role == closed.grant.role && given.starts_at == closed.at && replaced
        };
        step.given.iter().any(successor)
    };
    let found = steps
        .iter_mut()
        .find(|step| names(step, closed.grant.id) || follows(step));
    match found {
        Some(step) => step.closed.push(closed),
        None => steps.push(Step {
            at: closed.at,
            event: None,
            given: Vec::new(),
            closed: vec![closed],
            receipt: None,
        }),
    }
}

/// Whether an event says that it closed a grant.
fn names(step: &Step, grant: GrantId) -> bool {
    let Some(event) = &step.event else {
        return false;
    };
    let grant = grant.to_string();
    let lists = ["grants", "expired"].iter();
    lists
        .filter_map(|list| event.told.facts.get(list)?.as_array())
        .flatten()
        .any(|one| one.as_str() == Some(grant.as_str()))
}

fn is_about(step: &Step, id: RelationshipId) -> bool {
    match &step.event {
        None => true,
        Some(event) => {
            let of_another = event.told.relationship.is_some_and(|other| other != id);
            !of_another || !step.closed.is_empty()
        }
    }
}
