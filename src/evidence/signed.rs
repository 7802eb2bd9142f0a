//! Files that the installation signs: one object in canonical JSON, with the key and the signature
//! beside it. Whoever changes a byte of such a file breaks it, white space included.

use serde_json::{Map, Value, json};

use super::personal::canonical;
use crate::signing::{PublicKey, SigningKey};

/// What is wrong with a signed file, in words that follow its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is no file of ours, or was cut.
    #[error("it can't be read as a signed file: {0}")]
    Unreadable(String),
    /// It says the same in other bytes than we write.
    #[error("its bytes aren't as they were written: something was added, or written otherwise")]
    NotCanonical,
    /// It lacks the thing that was looked for.
    #[error("it holds no {0}")]
    Another(&'static str),
    /// The signature is another text's.
    #[error("its signature doesn't fit: it was changed after it was signed")]
    Signature,
    /// The signature fits, by a key that isn't known.
    #[error("it is signed by another key ({0}), not by the one that was asked for")]
    Stranger(String),
}

/// A signed thing that was checked.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What was signed.
    pub body: Value,
    /// By which key.
    pub key: PublicKey,
}

/// Signs a thing: the text of its file.
#[must_use]
pub fn seal(name: &'static str, body: &Value, signer: &SigningKey) -> String {
    let signature = hex::encode(signer.sign(&canonical(body)));
    let mut file = Map::new();
    file.insert(name.to_owned(), body.clone());
    file.insert("key".to_owned(), json!(signer.public().hex()));
    file.insert("signature".to_owned(), json!(signature));
    canonical(&Value::Object(file)) + "\n"
}

/// Checks a file's text: that it is to the byte as it was written, and signed, by one of the keys
/// that are trusted where any are named.
///
/// # Errors
/// [`Flaw`] says what is wrong.
pub fn open(name: &'static str, text: &str, trusted: &[PublicKey]) -> Result<Opened, Flaw> {
    let unreadable = |error: &dyn std::fmt::Display| Flaw::Unreadable(error.to_string());
    let file: Value = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    if canonical(&file) + "\n" != text {
        return Err(Flaw::NotCanonical);
    }
    let Value::Object(mut file) = file else {
        return Err(Flaw::Another(name));
    };
    let body = file.remove(name).ok_or(Flaw::Another(name))?;
    let mut word = |field: &'static str| match file.remove(field) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Flaw::Another(field)),
    };
    let (key, signature) = (word("key")?, word("signature")?);
    if !file.is_empty() {
        return Err(Flaw::NotCanonical);
    }
    let named = key;
    let key = PublicKey::parse(&named).map_err(|error| unreadable(&error))?;
    if key.hex() != named {
        return Err(Flaw::NotCanonical);
    }
    let signature = lower_hex(&signature).ok_or(Flaw::Signature)?;
    if !key.signed(&canonical(&body), &signature) {
        return Err(Flaw::Signature);
    }
    if !trusted.is_empty() && !trusted.contains(&key) {
        return Err(Flaw::Stranger(key.hex()));
    }
    Ok(Opened { body, key })
}

/// Bytes from digits as we write them: a capital digit was written by somebody else.
pub(super) fn lower_hex(text: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(text).ok()?;
    (hex::encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_anywhere_is_found() {
        let signer = SigningKey::from_seed(&[1; 32]).unwrap();
        let text = seal("checkpoint", &json!({ "b": 1, "a": "é" }), &signer);
        let opened = open("checkpoint", &text, &[]).unwrap();
        assert_eq!(
            (&opened.body["a"], opened.key),
            (&json!("é"), signer.public())
        );
        for at in 0..text.len() {
            for flip in [1_u8, 0x20, 0x80] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= flip;
                let changed = String::from_utf8_lossy(&bytes);
                assert!(
                    open("checkpoint", &changed, &[]).is_err(),
                    "{at}: {changed}"
                );
            }
        }
        for changed in [
            format!(" {text}"),
            text.replace(',', ", "),
            text.trim().to_owned(),
        ] {
            assert_eq!(
                open("checkpoint", &changed, &[]).unwrap_err(),
                Flaw::NotCanonical
            );
        }
    }

    #[test]
    fn only_keys_that_are_trusted_count() {
        let [ours, theirs] = [1, 2].map(|seed| SigningKey::from_seed(&[seed; 32]).unwrap());
        let text = seal("receipt", &json!({}), &theirs);
        let stranger = Flaw::Stranger(theirs.public().hex());
        assert_eq!(
            open("receipt", &text, &[ours.public()]).unwrap_err(),
            stranger
        );
        assert!(open("receipt", &text, &[ours.public(), theirs.public()]).is_ok());
        let another = open("checkpoint", &text, &[]).unwrap_err();
        assert_eq!(another, Flaw::Another("checkpoint"));
    }
}
