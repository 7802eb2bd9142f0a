//! The installation's secret: signs session cookies, seals links in waiting mail, and makes the key
//! that signs evidence, where no other one is given. It is not in
//! the database; where nobody says otherwise it lies beside it, and a backup has to leave it out.

use std::{fs, io::Write as _, path::Path};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit,
    aead::{Aead, array::Array},
};
use sha2::{Digest, Sha256, Sha512};

use crate::{
    error::Error,
    private,
    signing::{KeyRefused, SigningKey},
};

/// The shortest secret that is taken, in bytes.
pub const SHORTEST: usize = 32;

/// A secret of at least 32 bytes. Its `Debug` hides it.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// Why a secret can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretRefused {
    /// Shorter than 32 bytes, or the same few characters again and again.
    #[error("it must have at least 32 bytes that can't be guessed (try: openssl rand -base64 48)")]
    Weak,
    /// Others on this machine could read it.
    #[error("the file can be read by others: chmod 600")]
    Readable,
    /// The file can't be read or made.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// Takes a secret that is long and varied enough.
    ///
    /// # Errors
    /// [`SecretRefused::Weak`].
    pub fn new(text: &str) -> Result<Self, SecretRefused> {
        let bytes = text.trim().as_bytes();
        let mut seen = bytes.to_vec();
        seen.sort_unstable();
        seen.dedup();
        if bytes.len() < SHORTEST || seen.len() < 10 {
            return Err(SecretRefused::Weak);
        }
        Ok(Self(bytes.to_vec()))
    }

    /// Reads the secret from a file that only we can read.
    ///
    /// # Errors
    /// [`SecretRefused`] says what is wrong with it.
    pub fn from_file(path: &Path) -> Result<Self, SecretRefused> {
        if private::is_open_to_others(path)? {
            return Err(SecretRefused::Readable);
        }
        Self::new(&fs::read_to_string(path)?)
    }

    /// Reads the secret that belongs to a data directory, making one at the first start.
    ///
    /// # Errors
    /// [`SecretRefused`] says what is wrong with it.
    pub fn in_folder(folder: &Path) -> Result<Self, SecretRefused> {
        let path = folder.join("secret");
        if !path.exists() {
            let mut bytes = [0; 48];
            getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
            // Where another process of ours was first, its secret is read below.
            if let Some(mut file) = private::create(&path)? {
                writeln!(file, "{}", hex::encode(bytes))?;
                file.sync_all()?;
            }
        }
        Self::from_file(&path)
    }

    /// 64 bytes for the session cookie's key.
    #[must_use]
    pub fn cookie_key(&self) -> [u8; 64] {
        Sha512::new()
            .chain_update(b"entente cookie\0")
            .chain_update(&self.0)
            .finalize()
            .into()
    }

    /// The key that signs what leaves the installation, where none was given.
    ///
    /// # Errors
    /// None in practice.
    pub fn signing_key(&self) -> Result<SigningKey, KeyRefused> {
        let seed: [u8; 32] = Sha256::new()
            .chain_update(b"entente signing\0")
            .chain_update(&self.0)
            .finalize()
            .into();
        SigningKey::from_seed(&seed)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        let key: [u8; 32] = Sha256::new()
            .chain_update(b"entente mail link\0")
            .chain_update(&self.0)
            .finalize()
            .into();
        ChaCha20Poly1305::new(&Array::from(key))
    }

    /// Seals a text, so that a stolen database yields nothing.
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn seal(&self, text: &str) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).map_err(Error::internal)?;
        let sealed = self.cipher().encrypt(&Array::from(nonce), text.as_bytes());
        let mut out = nonce.to_vec();
        out.extend(sealed.map_err(Error::internal)?);
        Ok(out)
    }

    /// Opens what was sealed by the same secret.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let text = self.cipher().decrypt(&Array::from(nonce), sealed).ok()?;
        String::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_secrets_are_refused() {
        for weak in ["", "secret", &"a".repeat(64), &"ab".repeat(40), "change-me"] {
            assert!(Secret::new(weak).is_err(), "{weak}");
        }
        assert!(Secret::new("0123456789abcdefghijklmnopqrstuv").is_ok());
    }

    #[test]
    fn sealed_text_opens_with_the_same_secret_only() {
        let secret = Secret::new("0123456789abcdefghijklmnopqrstuv").unwrap();
        let other = Secret::new("0123456789abcdefghijklmnopqrstuw").unwrap();
        let sealed = secret
            .seal("https://entente.example/invitations/x")
            .unwrap();
        assert_eq!(
            secret.open(&sealed).as_deref(),
            Some("https://entente.example/invitations/x")
        );
        assert_eq!(other.open(&sealed), None);
        assert_eq!(secret.open(&sealed[..20]), None);
        assert_eq!(secret.open(&[]), None);
        assert!(!format!("{secret:?}").contains("0123"));
    }
}
