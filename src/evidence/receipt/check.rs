//! Checking a receipt, with nothing but the file.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{NAME, event_kind, file_format};
use crate::{
    domain::acceptance::RecordKind,
    evidence::{
        bound,
        chain::{self, link},
        personal::commitment,
        signed::{self, Flaw, lower_hex},
    },
    signing::PublicKey,
};

/// What is wrong with a receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The file as such.
    #[error("{0}")]
    File(#[from] Flaw),
    /// It is another kind of file, or of a form that isn't known here.
    #[error("it is no receipt of a form that is known here")]
    Form,
    /// The record and its hash differ.
    #[error("the record's text doesn't fit its hash")]
    Record,
    /// The document and what the record says of it differ.
    #[error("the agreement's text isn't the one that the record names")]
    Document,
    /// The event, its hash and the one before differ.
    #[error("the event's text doesn't fit its hash")]
    Event,
    /// Record and event tell of different things.
    #[error("the record and the event differ in {0}")]
    Differ(&'static str),
    /// Personal data and what is committed to differ.
    #[error("the personal data ({0}) aren't those that were committed to")]
    Personal(String),
}

/// What a receipt proved.
#[derive(Debug, Clone)]
pub struct Proved {
    /// What it is of.
    pub kind: RecordKind,
    /// The key that signed it.
    pub key: PublicKey,
    /// The record.
    pub record: Value,
    /// Who did it, as data; none where they were erased.
    pub actor: Option<Value>,
    /// The hash of the event.
    pub hash: String,
    /// Whether the event names the record's hash, so that the chain holds every word of the record.
    /// Events from before they did hold some of its fields alone; the rest is held by the signature.
    pub named: bool,
}

/// Checks a receipt's text: signed by one of these keys where any are named, and everything in it by
/// everything else.
///
/// # Errors
/// [`Wrong`] says what differs.
pub fn check(text: &str, trusted: &[PublicKey]) -> Result<Proved, Wrong> {
    let opened = signed::open(NAME, text, trusted)?;
    let body = &opened.body;
    let word = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    let word = |pointer: &str| word(pointer).ok_or(Wrong::Form);
    let format = word("/format")?;
    let mut kinds = RecordKind::ALL.iter();
    let kind = kinds.find(|kind| file_format(**kind) == format);
    let kind = *kind.ok_or(Wrong::Form)?;
    let record = record(kind, word("/record/text")?, word("/record/sha256")?)?;
    let event = event(
        word("/event/text")?,
        word("/event/previous")?,
        word("/event/hash")?,
    )?;
    let id = format!("/{}", kind.as_str());
    if record.get("id").and_then(Value::as_str) != Some(word(&id)?) {
        return Err(Wrong::Differ("the id"));
    }
    document(&record, word("/document")?)?;
    let sealed = (&record, word("/record/sha256")?);
    if let Some(what) = bound::differs(event_kind(kind), sealed, &event) {
        return Err(Wrong::Differ(what));
    }
    let actor = personal(&record, body.pointer("/record/personal"))?;
    personal(&event, body.pointer("/event/personal"))?;
    Ok(Proved {
        kind,
        key: opened.key,
        hash: word("/event/hash")?.to_owned(),
        named: event.pointer("/facts/record").is_some(),
        record,
        actor,
    })
}

fn parsed(text: &str, format: &str) -> Result<Value, Wrong> {
    let value: Value = serde_json::from_str(text).map_err(|_| Wrong::Form)?;
    if value.get("format").and_then(Value::as_str) == Some(format) {
        return Ok(value);
    }
    Err(Wrong::Form)
}

fn record(kind: RecordKind, text: &str, sha256: &str) -> Result<Value, Wrong> {
    if hex::encode(Sha256::digest(text)) != sha256 {
        return Err(Wrong::Record);
    }
    parsed(text, kind.format())
}

fn event(text: &str, previous: &str, hash: &str) -> Result<Value, Wrong> {
    let previous = lower_hex(previous).ok_or(Wrong::Event)?;
    if hex::encode(link(&previous, text)) != hash {
        return Err(Wrong::Event);
    }
    parsed(text, chain::FORMAT)
}

/// The text is, byte for byte, the one that the record names.
fn document(record: &Value, text: &str) -> Result<(), Wrong> {
    let named = |field: &str| record.pointer(&format!("/document/{field}"));
    let hash = hex::encode(Sha256::digest(text));
    let fits = named("sha256").and_then(Value::as_str) == Some(hash.as_str())
        && named("size").and_then(Value::as_u64) == u64::try_from(text.len()).ok();
    if fits { Ok(()) } else { Err(Wrong::Document) }
}

/// Every commitment has its piece, which fits or was erased; and no piece is beside the point. Who
/// acted, where that wasn't erased.
fn personal(text: &Value, pieces: Option<&Value>) -> Result<Option<Value>, Wrong> {
    let promised = text.get("personal").and_then(Value::as_object);
    let promised = promised.ok_or(Wrong::Form)?;
    let pieces = pieces.and_then(Value::as_array).ok_or(Wrong::Form)?;
    if promised.len() != pieces.len() {
        return Err(Wrong::Personal("their number".into()));
    }
    let mut actor = None;
    for (label, hash) in promised {
        let of_label = |piece: &&Value| piece.get("label").and_then(Value::as_str) == Some(label);
        let piece = pieces.iter().find(of_label);
        let wrong = || Wrong::Personal(label.clone());
        let piece = piece.ok_or_else(wrong)?;
        if piece.get("commitment") != Some(hash) {
            return Err(wrong());
        }
        let word = |field: &str| piece.get(field).and_then(Value::as_str);
        match (word("text"), word("salt").and_then(lower_hex)) {
            (Some(data), Some(salt)) => {
                if Some(hex::encode(commitment(&salt, data)).as_str()) != hash.as_str() {
                    return Err(wrong());
                }
                if label == "actor" {
                    actor = serde_json::from_str(data).ok();
                }
            }
            (None, None) if word("erased_at").is_some() => {}
            _ => return Err(wrong()),
        }
    }
    Ok(actor)
}
