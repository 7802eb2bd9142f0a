//! Names of people, partners and tenants that cannot deceive.

use unicode_normalization::UnicodeNormalization;

use super::{lookalike, text};

/// A name: 1 to 120 characters, none of which hides or reorders text, and no address of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameRefused {
    /// Nothing was left after trimming.
    #[error("enter a name")]
    Empty,
    /// More than 120 characters.
    #[error("a name has at most 120 characters")]
    TooLong,
    /// A control, bidi or zero-width character.
    #[error("the name has a character that can't be seen")]
    Unseen,
    /// The address of a web page.
    #[error("a name can't be a web address")]
    Address,
    /// Letters of several scripts in one word.
    #[error(
        "a word of the name has letters of several alphabets, which pass for each other: type it \
         in one"
    )]
    Mixed,
}

impl NameRefused {
    /// The key of the message beside the field.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "name-empty",
            Self::TooLong => "name-too-long",
            Self::Unseen => "name-unseen",
            Self::Address => "name-address",
            Self::Mixed => "name-mixed",
        }
    }
}

impl Name {
    /// The longest name, in characters.
    pub const LONGEST: usize = 120;

    /// The name, trimmed and in normal form C.
    ///
    /// # Errors
    /// [`NameRefused`] says what is in the way.
    pub fn parse(typed: &str) -> Result<Self, NameRefused> {
        let name: String = typed.trim().nfc().collect();
        if name.is_empty() {
            return Err(NameRefused::Empty);
        }
        if name.chars().count() > Self::LONGEST {
            return Err(NameRefused::TooLong);
        }
        if name.chars().any(text::deceives) {
            return Err(NameRefused::Unseen);
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(NameRefused::Empty);
        }
        if has_address(&name) {
            return Err(NameRefused::Address);
        }
        if lookalike::mixed(&name).is_some() {
            return Err(NameRefused::Mixed);
        }
        Ok(Self(name))
    }

    /// The name as shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for search and order.
    #[must_use]
    pub fn folded(&self) -> String {
        text::fold(&self.0)
    }

    /// What the name looks like at a glance, to find others that pass for it.
    #[must_use]
    pub fn skeleton(&self) -> String {
        lookalike::skeleton(&self.0)
    }
}

/// The schemes that programs make links of.
const SCHEMES: [&str; 12] = [
    "http",
    "https",
    "ftp",
    "ftps",
    "ws",
    "wss",
    "file",
    "data",
    "javascript",
    "mailto",
    "tel",
    "sms",
];

/// Whether a text has an address in it that a mail program or a reader might follow.
pub(super) fn has_address(typed: &str) -> bool {
    text::fold(typed).split(' ').any(is_address)
}

/// Whether a folded word is an address that a mail program or a reader might follow: with a scheme,
/// or a host with something behind it. A host alone is none, since companies are called that.
fn is_address(word: &str) -> bool {
    let word: String = word
        .chars()
        .map(|c| match c {
            '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
            '\u{3002}' => '.',
            '\u{2236}' | '\u{a789}' => ':',
            c => c,
        })
        .collect();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let scheme = word.split_once(':');
    if scheme.is_some_and(|(scheme, rest)| !rest.is_empty() && SCHEMES.contains(&scheme)) {
        return true;
    }
    if word.contains("://") || word.starts_with("www.") {
        return true;
    }
    word.split_once(['/', '\\', ':', '?', '#'])
        .is_some_and(|(host, rest)| !rest.is_empty() && is_host(host))
}

/// Whether a word is shaped like a host with a domain: labels with dots between, the last of two
/// letters at least.
fn is_host(word: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    word.rsplit_once('.').is_some_and(|(rest, last)| {
        rest.split('.').all(label)
            && last.chars().count() >= 2
            && last.chars().all(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_deceive_are_refused() {
        for (typed, why) in [
            ("", NameRefused::Empty),
            (" \t ", NameRefused::Empty),
            ("A\nB", NameRefused::Unseen),
            ("A\u{202e}B", NameRefused::Unseen),
            ("A\u{200b}B", NameRefused::Unseen),
            ("A\u{feff}B", NameRefused::Unseen),
            ("A\u{0}B", NameRefused::Unseen),
            ("https://evil.example", NameRefused::Address),
            ("HTTP://evil.example", NameRefused::Address),
            ("Fjord www.evil.example", NameRefused::Address),
            ("http:evil.example", NameRefused::Address),
            ("Fjord (http:evil.example)", NameRefused::Address),
            ("javascript:alert(1)", NameRefused::Address),
            ("mailto:a", NameRefused::Address),
            ("evil.example/login", NameRefused::Address),
            ("Fjord evil.example:8080", NameRefused::Address),
            ("evil.example?x", NameRefused::Address),
            ("evil\u{ff0e}example\u{ff0f}login", NameRefused::Address),
            ("evil.example\u{2044}login", NameRefused::Address),
            ("\u{2800}", NameRefused::Unseen),
            ("Fjord\u{2800}IT", NameRefused::Unseen),
            ("Fjord\u{1d159}", NameRefused::Unseen),
            ("Fjord\u{e001}", NameRefused::Unseen),
            ("...", NameRefused::Empty),
            ("Fj\u{43e}rd", NameRefused::Mixed),
            ("Managed \u{399}T", NameRefused::Mixed),
        ] {
            assert_eq!(Name::parse(typed), Err(why), "{typed:?}");
        }
        assert_eq!(Name::parse(&"x".repeat(121)), Err(NameRefused::TooLong));
    }

    #[test]
    fn honest_names_pass_trimmed_and_composed() {
        assert_eq!(
            Name::parse(" Cafe\u{301} & Co. ").unwrap().as_str(),
            "Café & Co."
        );
        assert_eq!(
            Name::parse("Sørlandet <IT>").unwrap().as_str(),
            "Sørlandet <IT>"
        );
        assert_eq!(Name::parse("Émile").unwrap().folded(), "emile");
        for honest in [
            "Booking.com",
            "Solvay S.A./N.V.",
            "Data: Analytics & Co",
            "24/7 Support",
            "Re:Mind",
            "A/B Testing",
            "+47 55 00 00 00",
            "O\u{2019}Brien-Smith",
            "Ёлка и Партнёры",
            "東京ITサービス",
        ] {
            assert!(Name::parse(honest).is_ok(), "{honest}");
        }
    }
}
