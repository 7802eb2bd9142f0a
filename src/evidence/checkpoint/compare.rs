//! The chains against checkpoints that were kept elsewhere: what was cut off, taken out or computed
//! anew since.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Head, folder::Folder, open};
use crate::{
    db::{
        DbConn,
        schema::{chains, events},
    },
    domain::{ChainId, TenantId},
    error::Error,
    evidence::verify::{Reach, Report},
    signing::PublicKey,
};

/// Compares every chain with every checkpoint of a folder, the oldest first. Of each chain the first
/// checkpoint that it contradicts is told. Holds one checkpoint at a time, and what the one before
/// said.
///
/// # Errors
/// The database's. What is wrong goes into the report.
pub fn compare(
    conn: &mut DbConn,
    folder: &Folder,
    trusted: &[PublicKey],
    report: &mut Report,
) -> Result<(), Error> {
    let shown = folder.path().display();
    let names = match folder.names() {
        Ok(names) => names,
        Err(error) => {
            report.problems.push(format!("{shown}: {error}"));
            return Ok(());
        }
    };
    if names.is_empty() {
        let none = format!("{shown}: there is no checkpoint in it");
        report.problems.push(none);
    }
    let mut compared = Compared::default();
    for name in names {
        let text = folder.read(&name).map_err(|error| error.to_string());
        let opened = text.and_then(|text| open(&text, trusted).map_err(|flaw| flaw.to_string()));
        match opened {
            Ok(heads) => {
                report.checkpoints += 1;
                report.last = Some(Reach {
                    checkpoint: name.clone(),
                    events: heads.iter().map(|head| head.number).sum(),
                });
                for head in heads {
                    compared.with(conn, &name, head, report)?;
                }
            }
            Err(flaw) => report.problems.push(format!("{name}: {flaw}")),
        }
    }
    Ok(())
}

/// What is known from the checkpoints before.
#[derive(Default)]
struct Compared {
    /// The last head of each chain that was found in it.
    found: HashMap<ChainId, (i64, Vec<u8>)>,
    /// The chains that contradict one.
    told: HashSet<ChainId>,
}

impl Compared {
    fn with(
        &mut self,
        conn: &mut DbConn,
        file: &str,
        head: Head,
        report: &mut Report,
    ) -> Result<(), Error> {
        let (chain, number) = (head.chain, head.number);
        let before = self.found.get(&chain);
        let same = before.is_some_and(|(at, hash)| (*at, hash) == (number, &head.hash));
        if number == 0 || same || self.told.contains(&chain) {
            return Ok(());
        }
        match contradiction(conn, file, &head)? {
            None => {
                self.found.insert(chain, (number, head.hash));
            }
            Some(told) => {
                report.problems.push(format!("{}: {told}", head.name));
                self.told.insert(chain);
            }
        }
        Ok(())
    }
}

/// In which way a chain isn't as a checkpoint has it.
fn contradiction(conn: &mut DbConn, file: &str, head: &Head) -> Result<Option<String>, Error> {
    let number = head.number;
    let kept: Option<(String, Option<TenantId>, i64)> = chains::table
        .find(head.chain)
        .select((chains::name, chains::tenant_id, chains::head_number))
        .first(conn)
        .optional()?;
    if let Some((name, tenant, _)) = &kept
        && (name, tenant) != (&head.name, &head.tenant)
    {
        let told = format!("it is kept as the chain {name}, and {file} has it by this name");
        return Ok(Some(told));
    }
    let ends = kept.map(|(_, _, ends)| ends);
    let hash: Option<Vec<u8>> = events::table
        .filter(events::chain_id.eq(head.chain))
        .filter(events::number.eq(number))
        .select(events::hash)
        .first(conn)
        .optional()?;
    if hash.as_ref() == Some(&head.hash) {
        return Ok(None);
    }
    Ok(Some(match (hash, ends) {
        (Some(_), _) => format!(
            "event {number} is another one than in {file}: the chain was computed anew, from there \
             or from before it"
        ),
        (None, None) => {
            format!("the whole chain is missing, of which {file} has {number} events")
        }
        (None, Some(ends)) if ends < number => format!(
            "it ends at event {ends}, and {file} has it up to event {number}: its newest events \
             were cut off"
        ),
        (None, Some(_)) => format!("event {number}, which {file} has, is missing"),
    }))
}
