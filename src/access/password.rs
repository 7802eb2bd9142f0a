//! Passwords: which are taken, and hashing that can't exhaust the machine.

use std::sync::{Arc, LazyLock};

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::common::is_common;
use crate::error::Error;

/// The shortest password that is taken alone, in characters (ASVS 6.2.1).
pub const SHORTEST: usize = 15;
/// The longest, in characters. Nothing is ever cut off.
pub const LONGEST: usize = 256;
/// How many characters are rated: rating takes ever longer with the length, and so many are enough
/// to tell.
const RATED: usize = 100;
/// How many passwords are hashed at once: each takes 19 MiB.
const AT_ONCE: usize = 2;
/// How many wait for that before a sign-in is refused politely.
const WAITING: usize = 200;

/// A password that may be set.
pub struct NewPassword(String);

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer than 15 characters.
    #[error("a password has at least 15 characters")]
    TooShort,
    /// More than 256 characters.
    #[error("a password has at most 256 characters")]
    TooLong,
    /// Commonly used, or made of the person's, the organization's or the product's name.
    #[error("this password is too easy to guess: it is common, or made of names")]
    Guessable,
}

impl PasswordRefused {
    /// The key of the message beside the field.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Guessable => "password-guessable",
        }
    }
}

/// A password as compared: in normal form C, so that it doesn't matter how a keyboard composes.
fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

impl NewPassword {
    /// Takes a password of 15 to 256 characters that isn't easy to guess. There is no rule about
    /// which characters it has.
    ///
    /// # Errors
    /// [`PasswordRefused`] says why.
    pub fn parse(typed: &str, names: &[&str]) -> Result<Self, PasswordRefused> {
        let password = normal(typed);
        measure(&password)?;
        let known: Vec<&str> = names
            .iter()
            .copied()
            .chain(["entente", "partner"])
            .collect();
        if is_common(&password, &known)
            || made_of_names(&password, &known)
            || zxcvbn::zxcvbn(rated(&password), &known).score() < zxcvbn::Score::Two
        {
            return Err(PasswordRefused::Guessable);
        }
        Ok(Self(password))
    }

    /// The hash that is kept: Argon2id in PHC form, with a salt of its own.
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn hash(&self) -> Result<String, Error> {
        let hash = Argon2::default().hash_password(self.0.as_bytes());
        Ok(hash.map_err(Error::internal)?.to_string())
    }
}

/// Looks at the length alone: what can be told before a try at the old password is counted.
///
/// # Errors
/// [`PasswordRefused`] says why.
pub fn measure(typed: &str) -> Result<(), PasswordRefused> {
    match normal(typed).chars().count() {
        ..SHORTEST => Err(PasswordRefused::TooShort),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(PasswordRefused::TooLong),
    }
}

/// The part of a password that is rated.
fn rated(password: &str) -> &str {
    let end = password.char_indices().nth(RATED).map(|(at, _)| at);
    end.and_then(|end| password.get(..end)).unwrap_or(password)
}

/// Whether little is left once the names and their repetitions are taken away.
fn made_of_names(password: &str, names: &[&str]) -> bool {
    let mut rest = crate::domain::text::fold(password);
    for name in names {
        for word in crate::domain::text::fold(name).split(|c: char| !c.is_alphanumeric()) {
            if word.len() >= 4 {
                rest = rest.replace(word, "");
            }
        }
    }
    rest.chars().filter(|c| c.is_alphabetic()).count() < 5 && rest.len() < password.len()
}

static HASHING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));
static QUEUE: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE + WAITING)));

/// The hash that an unknown account is checked against, so that it takes as long as a known one:
/// from the first try on, since nothing has to be made for it. No password is known to have it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$RW50ZW50ZSBuYm9keSAxIQ$2m1uQ4bYx7Hk0rS9cVtE5wPzLdGfJ3aN6oXi8yUqTsM";

/// Runs hashing on a blocking thread, two at a time, with a bounded queue.
async fn bounded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _queued = QUEUE.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
    let permit = HASHING
        .clone()
        .acquire_owned()
        .await
        .map_err(|_| Error::Busy)?;
    actix_web::web::block(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|_| Error::Busy)
}

/// Whether the password is the account's. Takes as long where there is no account.
///
/// # Errors
/// [`Error::Busy`] where too many wait already.
pub async fn verify(typed: String, hash: Option<String>) -> Result<bool, Error> {
    bounded(move || {
        let known = hash.is_some();
        let right = PasswordHash::new(hash.as_deref().unwrap_or(NOBODY)).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(normal(&typed).as_bytes(), &hash)
                .is_ok()
        });
        right && known
    })
    .await
}

/// Looks at a new password and hashes it, within the same bounds.
///
/// # Errors
/// [`Error::Busy`] where too many wait already.
pub async fn take(
    typed: String,
    names: Vec<String>,
) -> Result<Result<String, PasswordRefused>, Error> {
    bounded(move || {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match NewPassword::parse(&typed, &names) {
            Ok(new) => new.hash().map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_composition_does_not() {
        let refused = |typed: &str| NewPassword::parse(typed, &[]).err();
        assert_eq!(refused("correct horse"), Some(PasswordRefused::TooShort));
        assert_eq!(refused("correct horse ba"), None);
        assert_eq!(refused("quiet lemon ladder"), None);
        assert_eq!(refused(&"violin tractor ".repeat(8).trim()[..119]), None);
        let long: String = (0..256)
            .map(|i| char::from(b'a' + u8::try_from(i * 7 % 26).unwrap()))
            .collect();
        assert_eq!(refused(&long), None);
        assert_eq!(refused(&format!("{long}x")), Some(PasswordRefused::TooLong));
        assert_eq!(
            refused("élégante girafe"),
            None,
            "15 characters, more bytes"
        );
    }

    #[test]
    fn common_passwords_and_names_are_refused() {
        let names = ["Hautmont School Group", "marie.delorme@hautmont.example"];
        for typed in [
            "passwordpassword",
            "123456789012345",
            "qwertyuiopasdfgh",
            "aaaaaaaaaaaaaaaaaa",
            "1234567890123456",
            "password12345678",
            "hautmonthautmont",
            "ententeentente12",
            "Hautmont School 1",
            "abcabcabcabcabcabc",
            "1q2w3e4r5t6y7u8i",
            "1qaz2wsx3edc4rfv",
            "1aqw2zsx3edc4rfv",
            "zaq12wsxcde34rfv",
            "&é\"'(-è_çàazerty",
            "jesuschristislord",
            "thisisapassword",
            "correcthorsebatterystaple",
            "Correct Horse Battery Staple!",
            "1234567891011121314",
            "azertyuiopqsdfgh",
            "AzertyuiopQsdfghjklm1",
            "iloveyousomuch1",
            "IL0veY0uF0rever!",
            "Password123456!",
            "P@ssw0rdP@ssw0rd1",
            "MotDePasse123456!",
            "mot de passe 2026",
            "Azerty123456789!",
            "liberteegalitefraternite",
            "Liberté, égalité, fraternité 2",
            "Administrateur2026!",
            "welcomewelcome1",
            "Welcome2Hautmont",
            "Hautmont12345678!",
            "H4utmont-p4ssw0rd",
            "MarieDelorme1985!",
            "EntentePartner2026!",
            "letmeinletmein99",
            "football12345678",
            "112233445566778899",
            "987654321987654321",
            "qwertyuiop[]asdfghjkl",
        ] {
            assert_eq!(
                NewPassword::parse(typed, &names).err(),
                Some(PasswordRefused::Guessable),
                "{typed}"
            );
        }
    }

    #[test]
    fn passphrases_of_lowercase_words_are_taken() {
        const WORDS: &[&str] = &[
            "harbour", "lantern", "quilt", "meadow", "violin", "tractor", "candle", "orchard",
            "were", "tree", "feed", "dress", "street", "ladder", "lemon", "quiet", "river",
            "stone", "under", "above", "window", "basket", "pencil", "sugar", "garden", "pillow",
            "rocket", "dragon", "winter", "office", "cerise", "fenetre", "jardin", "maison",
            "tilleul", "girafe", "nuage", "sable", "bateau", "pomme", "verger", "pluie", "chaise",
            "crayon",
        ];
        let mut state: u64 = 7;
        let mut word = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            WORDS[usize::try_from(state >> 33).unwrap() % WORDS.len()]
        };
        for round in 0..400 {
            let words: Vec<&str> = (0..5).map(|_| word()).collect();
            let typed = words.join(if round % 2 == 0 { " " } else { "" });
            assert_eq!(
                NewPassword::parse(&typed, &["Hautmont"]).err(),
                None,
                "{typed}"
            );
        }
    }

    #[test]
    fn nobodys_hash_takes_what_anybodys_takes() {
        let (nobody, new) = (
            PasswordHash::new(NOBODY).unwrap(),
            NewPassword("x".into()).hash(),
        );
        let new = new.unwrap();
        let new = PasswordHash::new(&new).unwrap();
        assert_eq!(nobody.algorithm, new.algorithm);
        assert_eq!(nobody.version, new.version);
        assert_eq!(nobody.params.to_string(), new.params.to_string());
        assert_eq!(NOBODY.len(), new.to_string().len());
    }

    #[test]
    fn no_more_than_a_part_of_a_long_password_is_rated() {
        assert_eq!(rated(&"é".repeat(256)).chars().count(), 100);
        assert_eq!(rated("short"), "short");
    }

    #[actix_web::test]
    async fn composed_and_decomposed_are_the_same_password_and_nothing_is_cut() {
        let set = |typed: &str| NewPassword::parse(typed, &[]).unwrap().hash().unwrap();
        let hash = set("e\u{301}te\u{301} sous les tilleuls");
        assert!(
            verify("été sous les tilleuls".into(), Some(hash))
                .await
                .unwrap()
        );
        let long = "violin tractor candle ".repeat(6)[..128].to_owned();
        let other = format!("{}Z", &long[..127]);
        let hash = set(&long);
        assert!(verify(long, Some(hash.clone())).await.unwrap());
        assert!(!verify(other, Some(hash)).await.unwrap());
        assert!(!verify("nobody".into(), None).await.unwrap());
    }
}
