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

    /// How far the counts of a position's characters are from even: chi-square.
    fn unevenness(tokens: &[String], position: usize, kinds: f64) -> f64 {
        let mut counts = [0_f64; 128];
        for token in tokens {
            counts[usize::from(token.as_bytes()[position])] += 1.0;
        }
        let even = f64::from(u32::try_from(tokens.len()).unwrap()) / kinds;
        let seen = counts.iter().filter(|count| **count > 0.0);
        let missing = kinds - f64::from(u32::try_from(seen.clone().count()).unwrap());
        seen.map(|count| (count - even).powi(2) / even).sum::<f64>() + missing * even
    }

    #[test]
    fn ten_thousand_tokens_are_different_and_have_no_structure() {
        let draw = || {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).unwrap();
            Token::from_random(&bytes).reveal().to_owned()
        };
        let tokens: Vec<String> = (0..10_000).map(|_| draw()).collect();
        let different: std::collections::BTreeSet<&String> = tokens.iter().collect();
        assert_eq!(different.len(), tokens.len());
        assert!(tokens.iter().all(|token| Token::parse(token).is_some()));
        // Chance alone exceeds these once in a thousand million times; a position that is fixed,
        // or holds a letter more or less than it could, is far beyond.
        for position in 0..42 {
            let found = unevenness(&tokens, position, 64.0);
            assert!(found < 156.0, "position {position}: {found}");
        }
        // The last character holds the last four bits.
        let found = unevenness(&tokens, 42, 16.0);
        assert!(found < 76.0, "the last: {found}");
    }

    #[test]
    fn a_token_never_shows_in_debug_output() {
        let token = Token::from_random(&[7; 32]);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
