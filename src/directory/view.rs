//! How a partner of the directory is said: alike in a list, on its own page, and in the preview
//! that the partner sees.

use std::sync::OnceLock;

use super::{kept::Published, place::Spot};
use crate::{
    domain::{
        Language,
        directory::{Help, Size},
        spoken::Spoken,
        text::fold,
    },
    evidence::told::capitalized,
    web::{locale::Locale, page::Avatar},
};

/// The longest description in a list, in characters.
const SHORT: usize = 180;
/// How many keywords stand in a list.
const TAGS: usize = 5;

/// A partner of the directory as a list says it, in the reader's language.
#[derive(Debug, Clone)]
pub struct Card {
    /// The public partner id, by which pages name it.
    pub number: String,
    /// The name.
    pub name: String,
    /// The avatar.
    pub avatar: Avatar,
    /// The place that a list names: the one that was looked for, or the first.
    pub place: String,
    /// How many places there are beside it, in words; empty for none.
    pub further: String,
    /// The description, cut at a word.
    pub short: String,
    /// The first keywords.
    pub tags: Vec<String>,
    /// Kinds of help, as one phrase.
    pub help: String,
}

impl Card {
    /// The card of a partner; where one of `spots` is looked for, with the place that is meant.
    #[must_use]
    pub fn new(l: Locale, one: Published, spots: &[Spot]) -> Self {
        let meant = one
            .places
            .iter()
            .find(|(country, city)| spots.iter().any(|spot| spot.is_at(country, city)))
            .or_else(|| one.places.first());
        let further = i64::try_from(one.places.len().saturating_sub(1)).unwrap_or_default();
        Self {
            avatar: Avatar::company(&one.name),
            place: meant.map(|place| place_words(l, place)).unwrap_or_default(),
            further: match further {
                0 => String::new(),
                further => l.t1("directory-further-places", "count", further),
            },
            short: shortened(&one.description),
            tags: one.keywords.into_iter().take(TAGS).collect(),
            help: help_words(l, &one.help),
            number: one.number,
            name: one.name,
        }
    }
}

/// What a partner's own page says beside its card, in the reader's language.
#[derive(Debug, Clone)]
pub struct Details {
    /// The domain; empty for none.
    pub domain: String,
    /// Every place.
    pub places: Vec<String>,
    /// The paragraphs of the description.
    pub paragraphs: Vec<String>,
    /// All keywords.
    pub keywords: Vec<String>,
    /// Sizes served.
    pub sizes: Vec<String>,
    /// Languages spoken, as one phrase.
    pub languages: String,
}

impl Details {
    /// The details of a partner.
    #[must_use]
    pub fn new(l: Locale, one: &Published) -> Self {
        let places = one.places.iter().map(|place| place_words(l, place));
        let lines = one.description.lines().map(str::trim);
        let paragraphs = lines.filter(|line| !line.is_empty()).map(str::to_owned);
        let sizes = one.sizes.iter().map(|size| size_words(l, *size));
        let spoken = one.languages.iter();
        let spoken: Vec<String> = spoken.map(|one| spoken_words(l, *one)).collect();
        Self {
            domain: one.domain.clone().unwrap_or_default(),
            places: places.collect(),
            paragraphs: paragraphs.collect(),
            keywords: one.keywords.clone(),
            sizes: sizes.collect(),
            languages: listed(l, &spoken),
        }
    }
}

/// A city and its country.
#[must_use]
pub fn place_words(l: Locale, (country, city): &(String, String)) -> String {
    format!("{city}, {}", l.country(country))
}

/// A size in words.
#[must_use]
pub fn size_words(l: Locale, size: Size) -> String {
    l.word("size", size.as_str())
}

/// A language in words.
#[must_use]
pub fn spoken_words(l: Locale, one: Spoken) -> String {
    l.word("spoken", one.as_str())
}

/// The languages in the order of their names in the reader's language, which is found once.
#[must_use]
pub fn spoken_by_name(l: Locale) -> &'static [Spoken] {
    static ENGLISH: OnceLock<Vec<Spoken>> = OnceLock::new();
    static FRENCH: OnceLock<Vec<Spoken>> = OnceLock::new();
    let order = match l.language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    };
    order.get_or_init(|| {
        let mut all = Spoken::ALL.to_vec();
        all.sort_by_cached_key(|one| fold(&spoken_words(l, *one)));
        all
    })
}

/// Kinds of help as one phrase, like `Sells and manages`.
fn help_words(l: Locale, help: &[Help]) -> String {
    let words: Vec<String> = help
        .iter()
        .map(|one| l.word("help", one.as_str()))
        .collect();
    capitalized(&listed(l, &words))
}

/// Words with commas between, and an `and` before the last.
fn listed(l: Locale, words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => l.t2(
            "directory-and",
            "list",
            before.join(", ").as_str(),
            "last",
            last.as_str(),
        ),
    }
}

/// The beginning of a text on one line, cut after a word.
fn shortened(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let Some((cut, _)) = line
        .char_indices()
        .nth(SHORT)
        .and_then(|(end, _)| line.split_at_checked(end))
    else {
        return line;
    };
    let whole = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_is_cut_after_a_word() {
        assert_eq!(shortened("Schools.\nDevices."), "Schools. Devices.");
        let long = format!("{} end", "word ".repeat(60));
        let short = shortened(&long);
        assert!(
            short.chars().count() <= SHORT + 1 && short.ends_with("word…"),
            "{short}"
        );
        assert_eq!(shortened(&"x".repeat(500)).chars().count(), SHORT + 1);
    }
}
