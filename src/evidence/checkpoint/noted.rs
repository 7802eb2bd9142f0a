//! What is noted of a checkpoint once its file is on disk: how far each chain is covered, for its
//! readers, and that it was written.

use diesel::prelude::*;
use serde_json::json;

use super::Head;
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{chains, checkpointed},
        types::Ts,
    },
    domain::{Instant, event::EventKind},
    error::Error,
    evidence::{
        agreed_words::short,
        chain::{self, EventActor, NewEvent},
    },
    on_each,
};

/// How far the last checkpoint reaches in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// When it was made.
    pub at: Instant,
    /// The last event that it covers.
    pub number: i64,
    /// That event's hash, in hex.
    pub hash: String,
}

impl Covered {
    /// That hash, as people compare it.
    #[must_use]
    pub fn short(&self) -> String {
        short(&self.hash)
    }
}

/// Notes a checkpoint that is on disk: for each chain, and as an event of the installation.
///
/// # Errors
/// The database's.
pub fn note(
    conn: &mut DbConn,
    actor: &EventActor,
    (file, at): (&str, Instant),
    heads: &[Head],
    now: Instant,
) -> Result<(), Error> {
    for head in heads {
        let covered = (
            checkpointed::number.eq(head.number),
            checkpointed::hash.eq(&head.hash),
            checkpointed::at.eq(Ts::from(at)),
            checkpointed::file_name.eq(file),
        );
        on_each!(conn, c => diesel::insert_into(checkpointed::table)
            .values((checkpointed::chain_id.eq(head.chain), covered))
            .on_conflict(checkpointed::chain_id)
            .do_update()
            .set(covered)
            .execute(c)?);
    }
    let facts = json!({
        "file": file,
        "count": heads.len(),
        "events": heads.iter().map(|head| head.number).sum::<i64>(),
    });
    let event = NewEvent {
        actor: actor.clone(),
        ..NewEvent::by_command(EventKind::CheckpointWritten, facts)
    };
    chain::append(conn, &event, now).map(drop)
}

/// How far the last checkpoint reaches in a tenant's chain; none where none was made.
///
/// # Errors
/// The database's.
pub fn covered(conn: &mut DbConn, scope: TenantScope) -> Result<Option<Covered>, Error> {
    let row: Option<(Ts, i64, Vec<u8>)> = checkpointed::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .select((checkpointed::at, checkpointed::number, checkpointed::hash))
        .first(conn)
        .optional()?;
    Ok(row.map(|(at, number, hash)| Covered {
        at: at.instant(),
        number,
        hash: hex::encode(hash),
    }))
}
