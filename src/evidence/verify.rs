//! Verifying evidence: every chain from its first event to its head, and every record. A batch at a
//! time, so that a log of any length takes no more memory than a short one.

mod chain;
mod grants;
mod pieces;
mod records;

use diesel::prelude::*;

use crate::{
    db::{DbConn, schema::chains},
    domain::{ChainId, TenantId},
    error::Error,
};

/// A chain: its id, its name, its tenant, and how many events it has.
type Chain = (ChainId, String, Option<TenantId>, i64);

/// How many rows are read at once.
const BATCH: i64 = 500;

/// What verifying found.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Report {
    /// How many chains there are.
    pub chains: u64,
    /// How many events were checked.
    pub events: u64,
    /// How many acceptances and authorizations were checked.
    pub records: u64,
    /// How many of them are bound by what their events repeat alone: these don't name the hash.
    pub unnamed: u64,
    /// How many grants were checked.
    pub grants: u64,
    /// How many pieces of personal data were checked.
    pub personal: u64,
    /// How many of them have been erased.
    pub erased: u64,
    /// How many checkpoints the chains were compared with.
    pub checkpoints: u64,
    /// The last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Reach>,
    /// Everything that is not as it was written.
    pub problems: Vec<String>,
}

/// How far a checkpoint reaches.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Reach {
    /// Its file.
    pub checkpoint: String,
    /// How many events it covers.
    pub events: i64,
}

impl Report {
    fn wrong(&mut self, of: &str, what: &str) {
        self.problems.push(format!("{of}: {what}"));
    }
}

/// Who is told how far it has come: how many events were checked, of how many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// Checks everything.
///
/// # Errors
/// The database's. What is wrong with the evidence is in the report.
pub fn verify(conn: &mut DbConn) -> Result<Report, Error> {
    verify_telling(conn, &mut |_, _| {})
}

/// Checks everything, and tells how far it has come.
///
/// # Errors
/// The database's. What is wrong with the evidence is in the report.
pub fn verify_telling(conn: &mut DbConn, progress: Progress<'_>) -> Result<Report, Error> {
    let mut report = Report::default();
    // What is added meanwhile is checked, too, so that these are at most what is found.
    let (pieces, given) = (pieces::count(conn)?, grants::count(conn)?);
    let all: Vec<Chain> = chains::table
        .order(chains::name)
        .select((
            chains::id,
            chains::name,
            chains::tenant_id,
            chains::head_number,
        ))
        .load(conn)?;
    let events = all.iter().map(|chain| chain.3).sum::<i64>();
    let events = u64::try_from(events).unwrap_or_default();
    for (id, name, tenant, _) in all {
        report.chains += 1;
        let mut told = |checked: u64| progress(checked, events.max(checked));
        chain::check(conn, &mut report, (id, &name, tenant), &mut told)?;
    }
    records::check(conn, &mut report)?;
    pieces::all(&mut report, pieces);
    pieces::erased(conn, &mut report)?;
    grants::all(&mut report, given);
    Ok(report)
}
