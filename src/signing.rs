//! The key by which the installation signs what leaves it, and the public key that checks it.
//! Ed25519, in the forms that other tools read too.

use std::{path::Path, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use crate::private;

/// What stands before the 32 bytes of a public key in its usual form (RFC 8410).
const BEFORE_PUBLIC: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Signs. Cheap to clone; its `Debug` tells the public key alone.
#[derive(Clone)]
pub struct SigningKey(Arc<Ed25519KeyPair>);

/// Why a key can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyRefused {
    /// It is none, or of another kind.
    #[error("{0}")]
    NoKey(&'static str),
    /// The file can't be read, or others may read it.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

const NO_PRIVATE: KeyRefused =
    KeyRefused::NoKey("it holds no Ed25519 key (try: openssl genpkey -algorithm ed25519)");
const NO_PUBLIC: KeyRefused = KeyRefused::NoKey(
    "it holds no public Ed25519 key; `entente audit key` writes that of an installation",
);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public().hex())
    }
}

impl SigningKey {
    /// The key that is made from 32 secret bytes.
    ///
    /// # Errors
    /// None in practice: all 32 bytes make a key.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyRefused> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| NO_PRIVATE)?;
        Ok(Self(Arc::new(pair)))
    }

    /// Reads a key (PEM, PKCS #8) from a file that only we may read.
    ///
    /// # Errors
    /// [`KeyRefused`] says what is wrong with it.
    pub fn from_file(path: &Path) -> Result<Self, KeyRefused> {
        private::only_ours(path)?;
        let text = std::fs::read_to_string(path)?;
        let bytes = within(&text, "PRIVATE KEY").ok_or(NO_PRIVATE)?;
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&bytes).map_err(|_| NO_PRIVATE)?;
        Ok(Self(Arc::new(pair)))
    }

    /// The key that checks what this one signed.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(self.0.public_key().as_ref()) {
            *to = *from;
        }
        PublicKey(bytes)
    }

    /// Signs.
    #[must_use]
    pub fn sign(&self, text: &str) -> Vec<u8> {
        self.0.sign(text.as_bytes()).as_ref().to_vec()
    }
}

/// Checks what an installation signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Reads a key: PEM, or 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`KeyRefused`] where it is none.
    pub fn parse(text: &str) -> Result<Self, KeyRefused> {
        let bytes = match within(text, "PUBLIC KEY") {
            Some(bytes) => bytes.strip_prefix(&BEFORE_PUBLIC).map(<[u8]>::to_vec),
            None => hex::decode(text.trim()).ok(),
        };
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(NO_PUBLIC)
    }

    /// Reads a key from a file.
    ///
    /// # Errors
    /// [`KeyRefused`] where there is none in it.
    pub fn from_file(path: &Path) -> Result<Self, KeyRefused> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// Whether the key's owner signed this text.
    #[must_use]
    pub fn signed(&self, text: &str, signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.0);
        key.verify(text.as_bytes(), signature).is_ok()
    }

    /// The key as signed files name it.
    #[must_use]
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The key as other tools read it.
    #[must_use]
    pub fn pem(&self) -> String {
        let whole = [&BEFORE_PUBLIC[..], &self.0].concat();
        let text = STANDARD.encode(whole);
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    /// What people compare over the telephone: SHA-256 of the key.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(self.0))
    }
}

/// The bytes between the two lines of a PEM text.
fn within(text: &str, what: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {what}-----"))?;
    let (inside, _) = rest.split_once(&format!("-----END {what}-----"))?;
    let inside: String = inside.split_whitespace().collect();
    STANDARD.decode(inside).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Both made by another program: openssl genpkey -algorithm ed25519, openssl pkey -pubout.
    const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

    #[test]
    fn the_key_of_a_standard_is_read_and_signs_as_the_standard_says() {
        // RFC 8032, section 7.1, test 1.
        let bytes = within(PRIVATE, "PRIVATE KEY").unwrap();
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&bytes).unwrap();
        let key = SigningKey(Arc::new(pair));
        assert_eq!(
            key.public().hex(),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        let signature = hex::encode(key.sign(""));
        assert!(signature.starts_with("e5564300c360ac729086e2cc806e828a"));
        assert!(format!("{key:?}").starts_with("SigningKey(d75a"));
    }

    #[test]
    fn a_public_key_reads_back_in_both_forms_and_nothing_else_is_one() {
        let key = SigningKey::from_seed(&[7; 32]).unwrap().public();
        for text in [key.pem(), key.hex(), format!("  {}\n", key.hex())] {
            assert_eq!(PublicKey::parse(&text).unwrap(), key);
        }
        for text in ["", "abc", PRIVATE, &key.hex()[2..]] {
            assert!(PublicKey::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_was_signed_is_checked_to_the_last_bit() {
        let key = SigningKey::from_seed(&[7; 32]).unwrap();
        let signature = key.sign("text");
        assert!(key.public().signed("text", &signature));
        assert!(!key.public().signed("Text", &signature));
        for at in 0..signature.len() * 8 {
            let mut other = signature.clone();
            other[at / 8] ^= 1 << (at % 8);
            assert!(!key.public().signed("text", &other), "{at}");
        }
    }
}
