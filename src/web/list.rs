//! What all lists share that can be narrowed: what their addresses ask for, and their controls.

use std::fmt::Display;

use url::form_urlencoded::Serializer;

use super::paginate::Cursor;
use crate::{error::Error, id::Id};

/// The longest search, in characters.
const LONGEST: usize = 100;

/// A filter that can be set or taken away with one click.
#[derive(Debug, Clone)]
pub struct Chip {
    /// The address with that change.
    pub href: String,
    /// The filter.
    pub words: String,
    /// Whether it is set now.
    pub set: bool,
}

/// One of several: its value, its words, and whether it is chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub words: String,
    /// Whether it is the one.
    pub chosen: bool,
}

/// The choices of a filter, and the one that is asked for.
pub fn choices<T: Display + PartialEq>(
    all: impl IntoIterator<Item = T>,
    asked: Option<&T>,
    words: impl Fn(&T) -> String,
) -> Vec<Choice> {
    let choice = |one: T| Choice {
        value: one.to_string(),
        words: words(&one),
        chosen: asked == Some(&one),
    };
    all.into_iter().map(choice).collect()
}

/// The choices of a filter by somebody or something that has a name.
#[must_use]
pub fn named<T>(all: &[(Id<T>, String)], asked: Option<Id<T>>) -> Vec<Choice> {
    let choice = |(id, name): &(Id<T>, String)| Choice {
        value: id.to_string(),
        words: name.clone(),
        chosen: asked == Some(*id),
    };
    all.iter().map(choice).collect()
}

/// What was typed into a search, trimmed and cut.
#[must_use]
pub fn search(typed: Option<&str>) -> String {
    let typed = typed.unwrap_or_default().trim();
    let cut: String = typed.chars().take(LONGEST).collect();
    cut.trim_end().to_owned()
}

/// Where a page begins; nothing for the first one.
///
/// # Errors
/// [`Error::BadRequest`] for a place in the list that isn't one.
pub fn place(after: Option<&str>) -> Result<Option<Cursor>, Error> {
    match after {
        None | Some("") => Ok(None),
        Some(after) => Cursor::decode(after).map(Some).ok_or(Error::BadRequest),
    }
}

/// What an address of a list asks for.
pub trait Asks: Clone {
    /// Where the list lives.
    const PATH: &'static str;

    /// What is asked for, each by its name in the address.
    fn asked(&self) -> Vec<(&'static str, Option<String>)>;

    /// Where the page begins; nothing for the first one.
    fn after(&self) -> Option<&Cursor>;

    /// The address of the first page.
    fn address(&self) -> String {
        address(Self::PATH, self.asked())
    }

    /// The address of the page after a row.
    fn next(&self, after: &Cursor) -> String {
        let mut asked = self.asked();
        asked.push(("after", Some(after.encode())));
        address(Self::PATH, asked)
    }

    /// Whether the page begins further down.
    fn is_further(&self) -> bool {
        self.after().is_some()
    }

    /// The address of the first page, where this is a later one.
    fn first(&self) -> Option<String> {
        self.is_further().then(|| self.address())
    }

    /// The chip of a filter, which leads to the list changed by it.
    fn chip(&self, words: String, set: bool, change: fn(&mut Self)) -> Chip {
        let mut other = self.clone();
        change(&mut other);
        Chip {
            href: other.address(),
            words,
            set,
        }
    }
}

/// The address that asks for these; what has no value isn't named.
#[must_use]
pub fn address(path: &str, asked: Vec<(&'static str, Option<String>)>) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in asked {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            query.append_pair(name, &value);
        }
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_asked_for_alone() {
        let asked = vec![
            ("q", Some(search(Some("  a & b  ")))),
            ("type", None),
            ("state", Some(String::new())),
        ];
        assert_eq!(address("/list", asked), "/list?q=a+%26+b");
        assert_eq!(address("/list", vec![("q", None)]), "/list");
    }

    #[test]
    fn a_search_is_cut_and_a_broken_place_is_refused() {
        assert_eq!(search(Some(&"é".repeat(120))).chars().count(), 100);
        assert_eq!(search(None), "");
        assert!(matches!(place(Some("")), Ok(None)));
        assert!(matches!(place(Some("?")), Err(Error::BadRequest)));
    }
}
