//! Chains of events: numbered without gaps, each hashed over its canonical JSON and the one
//! before.

use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub use super::actor::{EventActor, Visitor, actor_data};
use super::personal::{Owner, Piece, canonical};
use crate::{
    access::acting::Acting,
    db::{
        DbConn, prepared,
        schema::{chains, events},
        types::Ts,
    },
    domain::{
        ChainId, EventId, Instant, InvitationId, PartnerId, PersonId, RelationshipId, TenantId,
        event::{EventKind, Outcome},
    },
    error::Error,
    id::Id,
    on_each,
};

/// The form that events are kept in. A change of layout takes a new name.
pub const FORMAT: &str = "entente.event.v1";

/// An event about to be written.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Who did it.
    pub actor: EventActor,
    /// What happened.
    pub kind: EventKind,
    /// Whether it happened.
    pub outcome: Outcome,
    /// The tenant in whose chain it stands; none means the installation's.
    pub tenant: Option<TenantId>,
    /// The partner that it concerns.
    pub partner: Option<PartnerId>,
    /// The relationship that it concerns.
    pub relationship: Option<RelationshipId>,
    /// The invitation that it concerns.
    pub invitation: Option<InvitationId>,
    /// What changed, without personal data: before and after, names of organizations, counts.
    pub facts: Value,
    /// The person that it concerns, with what is personal about it.
    pub subject: Option<(PersonId, Value)>,
    /// Free text that somebody typed.
    pub text: Option<String>,
}

impl NewEvent {
    /// An event by a person who is signed in, in the chain of the tenant acted for.
    #[must_use]
    pub fn by(acting: &Acting, kind: EventKind, facts: Value) -> Self {
        Self {
            actor: EventActor::of(acting),
            kind,
            outcome: Outcome::Done,
            tenant: acting.tenant.as_ref().map(|tenant| tenant.id),
            partner: acting.partner.as_ref().map(|partner| partner.id),
            relationship: None,
            invitation: None,
            facts,
            subject: None,
            text: None,
        }
    }

    /// An event by the operator at the command line, in the installation's chain.
    #[must_use]
    pub const fn by_command(kind: EventKind, facts: Value) -> Self {
        Self {
            actor: EventActor::CommandLine,
            kind,
            outcome: Outcome::Done,
            tenant: None,
            partner: None,
            relationship: None,
            invitation: None,
            facts,
            subject: None,
            text: None,
        }
    }

    /// What is personal in the event, piece by piece.
    fn pieces(&self) -> Result<Vec<Piece>, Error> {
        let mut pieces = Vec::new();
        if let Some((person, data)) = self.actor.personal() {
            pieces.push(Piece::new("actor", person, &data)?);
        }
        if let Some((person, data)) = &self.subject {
            pieces.push(Piece::new("subject", Some(*person), data)?);
        }
        if let Some(text) = &self.text {
            pieces.push(Piece::new("text", self.actor.person(), &json!(text))?);
        }
        Ok(pieces)
    }
}

/// The name of a tenant's chain, or of the installation's.
#[must_use]
pub fn name(tenant: Option<TenantId>) -> String {
    tenant.map_or_else(|| "installation".to_owned(), |id| format!("tenant:{id}"))
}

/// The head of a chain, locked until the transaction ends.
struct Head {
    id: ChainId,
    number: i64,
    hash: Vec<u8>,
    at: Option<Ts>,
}

fn lock_head(conn: &mut DbConn, tenant: Option<TenantId>, now: Instant) -> Result<Head, Error> {
    let name = name(tenant);
    let columns = (chains::id, chains::head_number, chains::head_hash);
    let find = chains::table.filter(chains::name.eq(name.clone()));
    let find = |conn: &mut DbConn| -> QueryResult<Option<(ChainId, i64, Vec<u8>)>> {
        match conn {
            DbConn::Postgres(c) => find
                .clone()
                .select(columns)
                .for_update()
                .first(c)
                .optional(),
            DbConn::Sqlite(c) => find.clone().select(columns).first(c).optional(),
        }
    };
    let (id, number, hash) = if let Some(row) = find(conn)? {
        row
    } else {
        on_each!(conn, c => diesel::insert_into(chains::table)
            .values((
                chains::id.eq(ChainId::at(now)),
                chains::name.eq(&name),
                chains::tenant_id.eq(tenant),
                chains::head_number.eq(0_i64),
                chains::head_hash.eq(vec![0_u8; 32]),
            ))
            .on_conflict_do_nothing()
            .execute(c)?);
        find(conn)?.ok_or(Error::NotFound)?
    };
    let at = events::table
        .filter(events::chain_id.eq(id))
        .filter(events::number.eq(number))
        .select(events::at)
        .first(conn)
        .optional()?;
    Ok(Head {
        id,
        number,
        hash,
        at,
    })
}

/// What `append` gives back.
#[derive(Debug, Clone, Copy)]
pub struct Appended {
    /// The event's id.
    pub id: EventId,
    /// Its number in its chain.
    pub number: i64,
    /// Its time.
    pub at: Ts,
}

/// The place that the next event of a chain takes. It is held until the transaction ends, so that
/// what the event tells of can name it before.
pub struct Place {
    tenant: Option<TenantId>,
    head: Head,
    next: Appended,
}

impl Place {
    /// What the event is going to be known by.
    #[must_use]
    pub const fn next(&self) -> Appended {
        self.next
    }
}

/// Takes the next place of a chain: of a tenant's, or the installation's. It locks the chain's head,
/// so that whatever others may hold comes before: only rows that are new, or held already, are
/// written after it. Where clocks differ an event bears the time of the last: time never runs
/// backwards in a chain.
///
/// # Errors
/// The database's.
pub fn place(conn: &mut DbConn, tenant: Option<TenantId>, now: Instant) -> Result<Place, Error> {
    let head = lock_head(conn, tenant, now)?;
    let at = head
        .at
        .map_or(Ts::from(now), |last| last.max(Ts::from(now)));
    let next = Appended {
        id: Id::at(now),
        number: head.number + 1,
        at,
    };
    Ok(Place { tenant, head, next })
}

/// Appends an event to its chain, as [`place`] takes the next one.
///
/// # Errors
/// The database's; then the whole transaction is rolled back.
pub fn append(conn: &mut DbConn, event: &NewEvent, now: Instant) -> Result<Appended, Error> {
    let place = place(conn, event.tenant, now)?;
    append_at(conn, place, event, now)
}

/// Appends an event at the place that was taken for it in its own chain.
///
/// # Errors
/// The database's; then the whole transaction is rolled back.
pub fn append_at(
    conn: &mut DbConn,
    place: Place,
    event: &NewEvent,
    now: Instant,
) -> Result<Appended, Error> {
    let Place { tenant, head, next } = place;
    if tenant != event.tenant {
        return Err(Error::internal("the place is in another chain"));
    }
    let Appended { id, number, at } = next;
    let pieces = event.pieces()?;
    let personal: Map<String, Value> = pieces
        .iter()
        .map(|piece| (piece.label().to_owned(), Value::from(piece.commitment())))
        .collect();
    let request = event.actor.request().map_or(Value::Null, Value::from);
    let text = canonical(&json!({
        "format": FORMAT,
        "id": id,
        "chain": head.id,
        "number": number,
        "at": at.text(),
        "kind": event.kind,
        "outcome": event.outcome,
        "actor": event.actor.told(),
        "tenant": event.tenant,
        "partner": event.partner,
        "relationship": event.relationship,
        "invitation": event.invitation,
        "request": request,
        "facts": event.facts,
        "personal": personal,
    }));
    let hash = link(&head.hash, &text).to_vec();
    diesel::insert_into(events::table)
        .values((
            events::id.eq(id),
            events::chain_id.eq(head.id),
            events::number.eq(number),
            events::at.eq(at),
            events::kind.eq(event.kind.as_str()),
            events::outcome.eq(event.outcome.as_str()),
            events::tenant_id.eq(event.tenant),
            events::partner_id.eq(event.partner),
            events::relationship_id.eq(event.relationship),
            events::invitation_id.eq(event.invitation),
            events::person_id.eq(event.actor.person()),
            events::canonical.eq(&text),
            events::previous.eq(&head.hash),
            events::hash.eq(&hash),
        ))
        .execute(conn)?;
    prepared(
        diesel::update(chains::table.find(head.id))
            .set((chains::head_number.eq(number), chains::head_hash.eq(&hash))),
    )
    .execute(conn)?;
    for piece in pieces {
        piece.keep(conn, Owner::Event, id.uuid(), now)?;
    }
    Ok(next)
}

/// The hash of an event: over the hash before it and its canonical text.
#[must_use]
pub fn link(previous: &[u8], canonical: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(previous)
        .chain_update(canonical.as_bytes())
        .finalize()
        .into()
}
