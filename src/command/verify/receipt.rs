//! A receipt.

use std::path::Path;

use serde_json::{Value, json};

use super::{Failure, Told, key_words, unreadable};
use crate::{
    domain::acceptance::RecordKind,
    evidence::receipt::check::{self, Proved},
    signing::PublicKey,
};

/// Checks a receipt: what it proved, or why it doesn't.
pub(super) fn check(path: &Path, trusted: &[PublicKey]) -> Result<Result<Told, String>, Failure> {
    let bytes = std::fs::read(path).map_err(unreadable(path))?;
    let text = String::from_utf8(bytes).map_err(|_| "it isn't UTF-8".to_owned());
    let check = |text: String| check::check(&text, trusted).map_err(|wrong| wrong.to_string());
    let known = !trusted.is_empty();
    Ok(text.and_then(check).map(|proved| Told {
        json: told(&proved, known),
        words: words(&proved, known),
    }))
}

fn told(proved: &Proved, known: bool) -> Value {
    json!({
        "ok": true,
        "kind": proved.kind.as_str(),
        "key": proved.key.hex(),
        "key_sha256": proved.key.fingerprint(),
        "key_known": known,
        "record": proved.record,
        "actor": proved.actor,
        "event_hash": proved.hash,
        "record_named": proved.named,
    })
}

fn words(proved: &Proved, known: bool) -> String {
    let record = &proved.record;
    let word = |pointer: &str| plain(record.pointer(pointer)).unwrap_or_else(|| "?".to_owned());
    let of_actor = |field: &str| plain(proved.actor.as_ref()?.get(field));
    let who = match (of_actor("name"), of_actor("email")) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        _ => "Somebody whose name was erased".to_owned(),
    };
    let roles: Vec<String> = record
        .get("roles")
        .and_then(Value::as_array)
        .map(|roles| roles.iter().filter_map(|role| plain(Some(role))).collect())
        .unwrap_or_default();
    let key = key_words(&proved.key, known);
    let act = match proved.kind {
        RecordKind::Acceptance => format!(
            "accepted    {}, version dated {}, language {}\n  for         {}",
            word("/document/title"),
            word("/document/dated"),
            word("/document/language"),
            word("/tenant/name"),
        ),
        RecordKind::Authorization => format!(
            "authorized  {} ({}), type {}\n  with        {}\n  for         {}\n  relying on  acceptance {}\n  \
             in force    {}, version dated {}, language {}",
            word("/partner/name"),
            word("/partner/number"),
            word("/type"),
            granted(record),
            word("/tenant/name"),
            word("/acceptance"),
            word("/document/title"),
            word("/document/dated"),
            word("/document/language"),
        ),
    };
    format!(
        "Valid: the receipt of {kind} {id}.\n\n\
         {who}\n  {act}\n  \
         at          {at} (UTC)\n  as          {roles}\n  \
         by          {statement}pressing \u{201c}{control}\u{201d}\n  signed in   by {means}, at {since}\n\n\
         {key}\n\n\
         It proves, as far as that key is trusted:\n\
         - the agreement's text in this file is, byte for byte, the one that the record names \
         (sha-256 {sha256});\n\
         - the record, and the personal data that it commits to, are as they were {held};\n\
         - the {kind} is event {number} of the tenant's audit log (hash {hash}).\n\n\
         It doesn't prove:\n\
         - who sat at the keyboard. It is a {signature}: the installation says that this account \
         was\n  signed in and pressed the button;\n\
         - that the event stands in the audit log still. The operator shows that by: entente audit \
         verify\n  --checkpoints DIR\n\
         - what holds today: whether a later version was accepted, or what was ended since.",
        kind = proved.kind.as_str(),
        held = if proved.named {
            "written"
        } else {
            "signed (the event is\n  from before events named their record's hash, and holds a part of \
             it alone)"
        },
        id = word("/id"),
        at = word("/at"),
        roles = roles.join(", "),
        statement = match word("/statement") {
            statement if statement.is_empty() => statement,
            statement => format!("ticking \u{201c}{statement}\u{201d} and "),
        },
        control = word("/control"),
        means = word("/authenticated_by"),
        since = word("/authenticated_at"),
        sha256 = word("/document/sha256"),
        number = record
            .get("number")
            .and_then(Value::as_i64)
            .unwrap_or_default(),
        hash = proved.hash,
        signature = word("/signature"),
    )
}

/// The roles that were granted, each with its end.
fn granted(record: &Value) -> String {
    let given = record.get("grants").and_then(Value::as_array);
    let one = |grant: &Value| {
        let (role, until) = (plain(grant.get("role"))?, plain(grant.get("until"))?);
        Some(format!("{role} until {until}"))
    };
    let given: Vec<String> = given.into_iter().flatten().filter_map(one).collect();
    if given.is_empty() {
        return "no roles".to_owned();
    }
    given.join(", ")
}

/// A text without what a terminal would take for more than letters: a file may come from anybody.
fn plain(value: Option<&Value>) -> Option<String> {
    let letters = value?.as_str()?.chars();
    Some(letters.filter(|letter| !letter.is_control()).collect())
}
