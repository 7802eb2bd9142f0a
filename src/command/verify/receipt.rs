//! A receipt.

use std::path::Path;

use serde_json::{Value, json};

use super::{Failure, Told, key_words, unreadable};
use crate::{
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
        "key": proved.key.hex(),
        "key_known": known,
        "record": proved.record,
        "actor": proved.actor,
        "event_hash": proved.hash,
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
    let roles: Vec<&str> = record
        .get("roles")
        .and_then(Value::as_array)
        .map(|roles| roles.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let key = key_words(&proved.key, known);
    format!(
        "Valid: the receipt of acceptance {acceptance}.\n\n\
         {who}\n  accepted    {title}, version dated {dated}, language {language}\n  \
         for         {tenant}\n  at          {at} (UTC)\n  as          {roles}\n  \
         by          {statement}pressing \u{201c}{control}\u{201d}\n  signed in   by {means}, at {since}\n\n\
         {key}\n\n\
         It proves, as far as that key is trusted:\n\
         - the agreement's text in this file is, byte for byte, the one that was accepted \
         (sha-256 {sha256});\n\
         - the record, and the personal data that it commits to, are as they were written;\n\
         - the acceptance is event {number} of the tenant's audit log (hash {hash}).\n\n\
         It doesn't prove:\n\
         - who sat at the keyboard. It is a {signature}: the installation says that this account \
         was\n  signed in and pressed the button;\n\
         - that the event stands in the audit log still. The operator shows that by: entente audit \
         verify\n  --checkpoints DIR\n\
         - what holds today: whether a later version was accepted, or what was ended since.",
        acceptance = word("/id"),
        title = word("/document/title"),
        dated = word("/document/dated"),
        language = word("/document/language"),
        tenant = word("/tenant/name"),
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

/// A text without what a terminal would take for more than letters: a file may come from anybody.
fn plain(value: Option<&Value>) -> Option<String> {
    let letters = value?.as_str()?.chars();
    Some(letters.filter(|letter| !letter.is_control()).collect())
}
