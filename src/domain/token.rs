//! Secrets that appear once: made of 256 random bits, kept as SHA-256 only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A secret, in the only form in which it is ever shown. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The length of a token in characters.
    pub const LENGTH: usize = 43;

    /// A token from 32 bytes that the caller drew from the system's source of randomness.
    #[must_use]
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What may be looked up: exactly 43 characters of the alphabet, nothing decoded or trimmed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::LENGTH
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Self(text.to_owned()))
    }

    /// What is kept and looked up.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The secret itself, for the one place that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_looked_up_exactly_or_not_at_all() {
        let token = Token::from_random(&[7; 32]);
        let text = token.reveal().to_owned();
        assert_eq!(text.len(), Token::LENGTH);
        assert_eq!(Token::parse(&text), Some(token.clone()));
        let mut other_case = text.clone();
        other_case.make_ascii_uppercase();
        for wrong in [
            "",
            &text[1..],
            &format!("{text}="),
            &format!(" {text}"),
            &format!("{}%", &text[1..]),
            &format!("{}é", &text[2..]),
            &format!("{}/", &text[1..]),
            &format!("{}\0", &text[1..]),
        ] {
            assert_eq!(Token::parse(wrong), None, "{wrong:?}");
        }
        assert_ne!(
            Token::parse(&other_case).map(|t| t.hash()),
            Some(token.hash())
        );
    }

    #[test]
    fn a_token_never_shows_in_debug_output() {
        let token = Token::from_random(&[7; 32]);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
