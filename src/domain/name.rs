//! Names of people, partners and tenants that cannot deceive.

use unicode_normalization::UnicodeNormalization;

use super::text;

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
        let lower = text::fold(&name);
        if lower.contains("://") || lower.split(' ').any(|word| word.starts_with("www.")) {
            return Err(NameRefused::Address);
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
    }
}
