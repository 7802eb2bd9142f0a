//! Checkpoints: where every chain ends at one moment, signed, in files that are kept elsewhere. Who
//! rewrites a chain afterwards, however thoroughly, can't rewrite those.

pub mod compare;
pub mod folder;
pub mod noted;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::signed::{self, Flaw, lower_hex};
use crate::{
    db::{DbConn, schema::chains, types::Ts},
    domain::{ChainId, Instant, TenantId},
    error::Error,
    signing::{PublicKey, SigningKey},
};

/// The form that checkpoints are written in. A change of layout takes a new name.
pub const FORMAT: &str = "entente.checkpoint.v1";

/// What a checkpoint's file holds, beside the key and the signature.
const NAME: &str = "checkpoint";

/// Where a chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub chain: ChainId,
    /// Its name: of the installation, or of a tenant's id.
    pub name: String,
    /// Its tenant; none for the installation's.
    pub tenant: Option<TenantId>,
    /// The number of its last event: how many it has, since there are no gaps.
    pub number: i64,
    /// That event's hash.
    pub hash: Vec<u8>,
}

/// The end of every chain at one moment: one statement sees one state, and of committed events
/// alone.
///
/// # Errors
/// The database's.
pub fn heads(conn: &mut DbConn) -> Result<Vec<Head>, Error> {
    type Row = (ChainId, String, Option<TenantId>, i64, Vec<u8>);
    let rows: Vec<Row> = chains::table
        .order(chains::name)
        .select((
            chains::id,
            chains::name,
            chains::tenant_id,
            chains::head_number,
            chains::head_hash,
        ))
        .load(conn)?;
    let head = |(chain, name, tenant, number, hash)| Head {
        chain,
        name,
        tenant,
        number,
        hash,
    };
    Ok(rows.into_iter().map(head).collect())
}

/// The text of a checkpoint's file.
#[must_use]
pub fn seal(heads: &[Head], at: Instant, signer: &SigningKey) -> String {
    let chain = |head: &Head| {
        json!({
            "chain": head.chain,
            "name": head.name,
            "tenant": head.tenant,
            "number": head.number,
            "hash": hex::encode(&head.hash),
        })
    };
    let body = json!({
        "format": FORMAT,
        "at": Ts::from(at).text(),
        "application": concat!("entente ", env!("CARGO_PKG_VERSION")),
        "events": heads.iter().map(|head| head.number).sum::<i64>(),
        "chains": heads.iter().map(chain).collect::<Vec<_>>(),
    });
    signed::seal(NAME, &body, signer)
}

/// Reads a checkpoint's file, and checks its signature.
///
/// # Errors
/// [`Flaw`] says what is wrong with it.
pub fn open(text: &str, trusted: &[PublicKey]) -> Result<Vec<Head>, Flaw> {
    opened(text, trusted).map(|(heads, _)| heads)
}

/// As [`open`], with the key that signed it.
///
/// # Errors
/// [`Flaw`] says what is wrong with it.
pub fn opened(text: &str, trusted: &[PublicKey]) -> Result<(Vec<Head>, PublicKey), Flaw> {
    let opened = signed::open(NAME, text, trusted)?;
    if opened.body.get("format") != Some(&Value::from(FORMAT)) {
        return Err(Flaw::Another("checkpoint of a form that is known here"));
    }
    let chains = opened.body.get("chains").and_then(Value::as_array);
    let heads = chains.map(|chains| chains.iter().map(head).collect::<Option<Vec<_>>>());
    let heads = heads.flatten().ok_or(Flaw::Another("list of chains"))?;
    Ok((heads, opened.key))
}

fn head(value: &Value) -> Option<Head> {
    let word = |field: &str| value.get(field)?.as_str();
    Some(Head {
        chain: word("chain")?.parse().ok()?,
        name: word("name")?.to_owned(),
        tenant: word("tenant").and_then(|id| id.parse().ok()),
        number: value.get("number")?.as_i64()?,
        hash: lower_hex(word("hash")?)?,
    })
}
