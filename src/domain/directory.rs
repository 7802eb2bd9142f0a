//! The directory in which customers find partners: what can be said there, and how much.

use unicode_normalization::UnicodeNormalization;

use super::{
    country::Country,
    name::{Name, NameRefused, has_address},
    text::{self, FreeText},
    words,
};

/// The most places that a profile names.
pub const MOST_PLACES: usize = 10;
/// The most keywords.
pub const MOST_KEYWORDS: usize = 12;
/// The longest description, in characters.
pub const LONGEST_DESCRIPTION: usize = 1_000;
/// The longest keyword, in characters.
pub const LONGEST_KEYWORD: usize = 40;
/// The longest name of a city, in characters.
pub const LONGEST_CITY: usize = 80;
/// The most partners that are chosen to be written to at once.
pub const MOST_CHOSEN: usize = 10;

words! {
    /// How many people work in an organization.
    Size {
        /// 1 to 49.
        Small = "1-49",
        /// 50 to 249.
        Medium = "50-249",
        /// 250 to 999.
        Large = "250-999",
        /// 1,000 or more.
        Larger = "1000",
    }
}

words! {
    /// What a partner does for customers.
    Help {
        /// Sells.
        Sells = "sells",
        /// Manages what it or others sell.
        Manages = "manages",
        /// Advises, and answers users.
        Advises = "advises",
        /// Builds and looks after apps.
        BuildsApps = "builds_apps",
    }
}

words! {
    /// Whether customers find a profile.
    ProfileState {
        /// Nobody but the partner sees it.
        Hidden = "hidden",
        /// It is in the directory.
        Published = "published",
    }
}

words! {
    /// What is chosen from a list, or written as words of the partner's own.
    Facet {
        /// Sizes served.
        Size = "size",
        /// Kinds of help.
        Help = "help",
        /// Languages spoken.
        Language = "language",
        /// Keywords and services.
        Keyword = "keyword",
    }
}

/// Why words of a profile are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileRefused {
    /// Too many characters.
    #[error("too long")]
    TooLong,
    /// A control, bidi or zero-width character, or letters that pass for others.
    #[error("a character that can't be seen or passes for another")]
    Unseen,
    /// The address of a page, or an e-mail address.
    #[error("an address in the text")]
    Address,
}

/// A word or two, as a tag or a city's name.
fn short(typed: &str, longest: usize) -> Result<Option<Name>, ProfileRefused> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let name = Name::parse(typed).map_err(|refused| match refused {
        NameRefused::TooLong => ProfileRefused::TooLong,
        NameRefused::Address => ProfileRefused::Address,
        _ => ProfileRefused::Unseen,
    })?;
    if name.as_str().chars().count() > longest {
        return Err(ProfileRefused::TooLong);
    }
    if has_email(name.as_str()) {
        return Err(ProfileRefused::Address);
    }
    Ok(Some(name))
}

/// Whether a text has something in it that is read as an e-mail address: those are collected.
fn has_email(typed: &str) -> bool {
    let folded = text::fold(typed);
    let part = |c: char| c.is_alphanumeric() || ".-_+".contains(c);
    folded.match_indices('@').any(|(at, sign)| {
        let (before, after) = (folded.get(..at), folded.get(at + sign.len()..));
        before.is_some_and(|text| text.ends_with(part))
            && after.is_some_and(|text| text.starts_with(part))
    })
}

/// A keyword or service, in the partner's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword(Name);

impl Keyword {
    /// The keyword; `None` where nothing was typed.
    ///
    /// # Errors
    /// [`ProfileRefused`] says what is in the way.
    pub fn parse(typed: &str) -> Result<Option<Self>, ProfileRefused> {
        Ok(short(typed, LONGEST_KEYWORD)?.map(Self))
    }

    /// The keyword for search.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.folded()
    }

    /// The keyword as shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Where a partner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The country.
    pub country: Country,
    city: Name,
}

impl Place {
    /// A city in a country; `None` where no city was typed.
    ///
    /// # Errors
    /// [`ProfileRefused`] says what is wrong with the city.
    pub fn parse(country: Country, city: &str) -> Result<Option<Self>, ProfileRefused> {
        Ok(short(city, LONGEST_CITY)?.map(|city| Self { country, city }))
    }

    /// The city as shown.
    #[must_use]
    pub fn city(&self) -> &str {
        self.city.as_str()
    }

    /// The city for search.
    #[must_use]
    pub fn folded(&self) -> String {
        self.city.folded()
    }
}

/// What a partner does, in its own words: plain text with lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// The text, trimmed; `None` where nothing is left.
    ///
    /// # Errors
    /// [`ProfileRefused`] says what is in the way.
    pub fn parse(typed: &str) -> Result<Option<Self>, ProfileRefused> {
        let long = |text: &str| text.chars().count() > LONGEST_DESCRIPTION;
        let text: String = typed.trim().replace("\r\n", "\n").nfc().collect();
        if long(&text) {
            return Err(ProfileRefused::TooLong);
        }
        let text = FreeText::parse(&text).map_err(|_| ProfileRefused::Unseen)?;
        let Some(text) = text else {
            return Ok(None);
        };
        if has_address(text.as_str()) || has_email(text.as_str()) {
            return Err(ProfileRefused::Address);
        }
        Ok(Some(Self(text.as_str().to_owned())))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_deceive_or_lead_elsewhere_are_refused() {
        use ProfileRefused::{Address, TooLong, Unseen};
        for (typed, why) in [
            ("Write to sales@fjord.example", Address),
            ("sales@fjord", Address),
            ("sales\u{ff20}fjord.example", Address),
            ("See https://fjord.example", Address),
            ("fjord.example/prices", Address),
            ("mailto:sales", Address),
            ("A\u{202e}B", Unseen),
            ("A\u{200b}B", Unseen),
            ("A\u{7}B", Unseen),
        ] {
            assert_eq!(Description::parse(typed), Err(why), "{typed:?}");
            assert_eq!(Keyword::parse(typed), Err(why), "{typed:?}");
        }
        assert_eq!(Description::parse(&"x".repeat(1_001)), Err(TooLong));
        assert_eq!(Keyword::parse(&"x".repeat(41)), Err(TooLong));
        assert_eq!(Keyword::parse("Line\nbreak"), Err(Unseen));
    }

    #[test]
    fn honest_words_pass_trimmed() {
        let text = "Schools, 200 to 5,000 people.\r\nDevices @ work; 24/7 Support.";
        let text = Description::parse(text).unwrap().unwrap();
        assert_eq!(
            text.as_str(),
            "Schools, 200 to 5,000 people.\nDevices @ work; 24/7 Support."
        );
        assert_eq!(Description::parse(" \n "), Ok(None));
        assert_eq!(Keyword::parse("  "), Ok(None));
        assert_eq!(
            Keyword::parse(" Déploiement ").unwrap().unwrap().as_str(),
            "Déploiement"
        );
    }
}
