//! Personal data and free text beside evidence: each in a row with a salt of its own. Evidence
//! holds only the salted commitment, so that erasing leaves it whole.

use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    db::{DbConn, schema::personal_data, types::Ts},
    domain::{Instant, PersonId, PersonalId},
    error::Error,
    id::Id,
};

/// What kind of evidence a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An event.
    Event,
    /// An acceptance.
    Acceptance,
    /// An authorization.
    Authorization,
}

impl Owner {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Acceptance => "acceptance",
            Self::Authorization => "authorization",
        }
    }
}

/// The labels that pieces have: who acted, whom it is about, what somebody typed.
pub const LABELS: [&str; 3] = ["actor", "subject", "text"];

/// One piece of personal data that is about to be kept.
#[derive(Debug, Clone)]
pub struct Piece {
    label: &'static str,
    person: Option<PersonId>,
    data: String,
    salt: [u8; 32],
}

impl Piece {
    /// A piece under one of the [`LABELS`].
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn new(label: &'static str, person: Option<PersonId>, data: &Value) -> Result<Self, Error> {
        let mut salt = [0; 32];
        getrandom::fill(&mut salt).map_err(Error::internal)?;
        Ok(Self {
            label,
            person,
            data: canonical(data),
            salt,
        })
    }

    /// The label.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.label
    }

    /// What evidence holds of it, in hex.
    #[must_use]
    pub fn commitment(&self) -> String {
        hex::encode(commitment(&self.salt, &self.data))
    }

    /// Keeps the piece beside its evidence.
    ///
    /// # Errors
    /// The database's.
    pub fn keep(
        &self,
        conn: &mut DbConn,
        kind: Owner,
        owner: uuid::Uuid,
        now: Instant,
    ) -> Result<(), Error> {
        diesel::insert_into(personal_data::table)
            .values((
                personal_data::id.eq(PersonalId::at(now)),
                personal_data::owner_id.eq(Id::<()>::from_uuid(owner)),
                personal_data::owner_kind.eq(kind.as_str()),
                personal_data::label.eq(self.label),
                personal_data::person_id.eq(self.person),
                personal_data::data.eq(&self.data),
                personal_data::salt.eq(self.salt.to_vec()),
                personal_data::commitment.eq(commitment(&self.salt, &self.data).to_vec()),
                personal_data::erased_at.eq(None::<Ts>),
            ))
            .execute(conn)?;
        Ok(())
    }
}

/// SHA-256 over the salt and the canonical text.
#[must_use]
pub fn commitment(salt: &[u8], data: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(data.as_bytes())
        .finalize()
        .into()
}

/// JSON in the one form that is hashed: keys in order, no white space, whole numbers only.
#[must_use]
pub fn canonical(value: &Value) -> String {
    sorted(value).to_string()
}

/// Sorts the keys itself: whether `serde_json` does depends on a feature that any other crate can
/// turn on.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
            pairs.sort_unstable_by_key(|(key, _)| *key);
            pairs
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn canonical_json_has_its_keys_in_order_whatever_order_they_came_in() {
        assert_eq!(
            canonical(&json!({"b": 1, "a": {"d": "é", "c": null}})),
            r#"{"a":{"c":null,"d":"é"},"b":1}"#
        );
    }

    #[test]
    fn equal_data_commits_differently_each_time() {
        let piece = || {
            Piece::new("text", None, &json!("reason"))
                .unwrap()
                .commitment()
        };
        assert_ne!(piece(), piece());
    }
}
