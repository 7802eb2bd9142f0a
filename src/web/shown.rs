//! What a form carries back of what was shown: readable by us, meaningless to forge, since it is
//! compared with what holds.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

/// The form's hidden field.
#[must_use]
pub fn pack(shown: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(shown).unwrap_or_default())
}

/// Reads it; `None` for whatever isn't one.
#[must_use]
pub fn unpack<T: DeserializeOwned>(field: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(field).ok()?).ok()
}
