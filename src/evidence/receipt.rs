//! Receipts: an acceptance or an authorization with everything that proves it, signed, to be checked on
//! any machine.

pub mod check;
mod read;

use serde_json::{Value, json};

pub use read::{acceptance, authorization};

use super::signed;
use crate::{
    domain::{AcceptanceId, Instant, acceptance::RecordKind, event::EventKind},
    error::Error,
    id::Id,
    signing::SigningKey,
};

/// The form that receipts of a kind are written in. A change of layout takes a new name.
const fn file_format(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Acceptance => "entente.receipt.v1",
        RecordKind::Authorization => "entente.authorization_receipt.v1",
    }
}

/// The event that a record of a kind belongs to.
const fn event_kind(kind: RecordKind) -> EventKind {
    match kind {
        RecordKind::Acceptance => EventKind::AgreementAccepted,
        RecordKind::Authorization => EventKind::InvitationAccepted,
    }
}

/// What a receipt's file holds, beside the key and the signature.
const NAME: &str = "receipt";

/// Personal data that a text commits to.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What of the text it is.
    pub label: String,
    /// The data in canonical JSON; none where they were erased.
    pub text: Option<String>,
    /// The salt, which goes with them.
    pub salt: Option<Vec<u8>>,
    /// What the text holds of both.
    pub commitment: Vec<u8>,
    /// When they were erased.
    pub erased_at: Option<Instant>,
}

/// An acceptance or an authorization, and what proves it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Which of the two.
    pub kind: RecordKind,
    /// Its id.
    pub id: Id<()>,
    /// The record, as it was sealed.
    pub record: String,
    /// Its hash.
    pub record_sha256: Vec<u8>,
    /// The personal data that the record commits to.
    pub personal: Vec<Piece>,
    /// The very text that was accepted; of an authorization, the one that was in force.
    pub document: String,
    /// The event's canonical text.
    pub event: String,
    /// The hash of the event before it in the chain.
    pub previous: Vec<u8>,
    /// The event's own hash.
    pub hash: Vec<u8>,
    /// The personal data that the event commits to.
    pub event_personal: Vec<Piece>,
}

impl Receipt {
    /// The text of the receipt's file. It is checked before it leaves: what doesn't verify isn't
    /// handed out.
    ///
    /// # Errors
    /// The evidence is damaged, which sounds the alarm.
    pub fn seal(&self, signer: &SigningKey) -> Result<String, Error> {
        let text = signed::seal(NAME, &self.body(), signer);
        match check::check(&text, &[signer.public()]) {
            Ok(_) => Ok(text),
            Err(flaw) => {
                let kind = self.kind.as_str();
                tracing::error!(kind, id = %self.id, %flaw, "ALARM: a record is damaged");
                Err(Error::internal(flaw))
            }
        }
    }

    /// The name that the file of a receipt has.
    #[must_use]
    pub fn file_name(&self) -> String {
        match self.kind {
            RecordKind::Acceptance => format!("receipt-{}.json", self.id),
            RecordKind::Authorization => format!("authorization-{}.json", self.id),
        }
    }

    /// The name that it has in a mail: by the moment of the acceptance alone. A longer one would be
    /// broken into parts, which not every mail program puts together.
    #[must_use]
    pub fn mailed_name(id: AcceptanceId) -> String {
        let moment: String = id.to_string().chars().take(13).collect();
        format!("receipt-{moment}.json")
    }

    /// Where its page is.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/billing/{}s/{}", self.kind.as_str(), self.id)
    }

    /// Whether whoever did it was erased.
    #[must_use]
    pub fn names_nobody(&self) -> bool {
        self.personal.iter().all(|piece| piece.text.is_none())
    }

    fn body(&self) -> Value {
        json!({
            "format": file_format(self.kind),
            self.kind.as_str(): self.id,
            "record": {
                "text": self.record,
                "sha256": hex::encode(&self.record_sha256),
                "personal": pieces(&self.personal),
            },
            "document": self.document,
            "event": {
                "text": self.event,
                "previous": hex::encode(&self.previous),
                "hash": hex::encode(&self.hash),
                "personal": pieces(&self.event_personal),
            },
        })
    }
}

fn pieces(pieces: &[Piece]) -> Vec<Value> {
    let told = |piece: &Piece| {
        json!({
            "label": piece.label,
            "text": piece.text,
            "salt": piece.salt.as_ref().map(hex::encode),
            "commitment": hex::encode(&piece.commitment),
            "erased_at": piece.erased_at.map(|at| crate::db::types::Ts::from(at).text()),
        })
    };
    pieces.iter().map(told).collect()
}
