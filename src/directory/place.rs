//! What somebody means who types where they are: `Lille, France`, `lille`, `Belgique`.

use std::{collections::HashMap, sync::LazyLock};

use super::words::{self, joined};
use crate::{domain::Language, web::words as locales};

/// A place that is looked for: a country, the beginning of a city's name, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Anywhere in a country, by its code.
    Country(String),
    /// A city, wherever.
    City(String),
    /// A city in a country.
    Both(String, String),
}

impl Spot {
    /// Whether a city is there.
    #[must_use]
    pub fn is_at(&self, country: &str, city: &str) -> bool {
        match self {
            Self::Country(code) => code == country,
            Self::City(begins) => joined(city).starts_with(begins),
            Self::Both(code, begins) => code == country && joined(city).starts_with(begins),
        }
    }
}

/// Every country by its names in all our languages, folded and joined.
static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for language in Language::ALL.iter().copied() {
        for (_, source) in locales::sources(language) {
            let lines = source.lines().filter_map(|line| {
                let (code, name) = line.strip_prefix("country-")?.split_once(" = ")?;
                Some((joined(name), code))
            });
            names.extend(lines);
        }
    }
    names
});

/// The places that a text may mean, of which one is enough. Where its end is a country's name, that
/// is the country and the rest a city; without a comma it may be a city all the same.
#[must_use]
pub fn spots(typed: &str) -> Vec<Spot> {
    let country = |text: &str| COUNTRIES.get(&joined(text)).map(|code| (*code).to_owned());
    let whole = joined(typed);
    if whole.is_empty() {
        return Vec::new();
    }
    if let Some(code) = country(typed) {
        return vec![Spot::Country(code), Spot::City(whole)];
    }
    if let Some((city, last)) = typed.rsplit_once(',')
        && let Some(code) = country(last)
    {
        return vec![Spot::Both(code, joined(city))];
    }
    let mut spots = vec![Spot::City(whole)];
    let parts: Vec<String> = words::of(typed).collect();
    for (at, _) in parts.iter().enumerate().skip(1) {
        let (city, last) = parts.split_at(at);
        if let Some(code) = country(&last.concat()) {
            spots.push(Spot::Both(code, city.concat()));
            break;
        }
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_what_is_typed_may_be_a_country_in_either_language() {
        let both = |code: &str, city: &str| Spot::Both(code.into(), city.into());
        let city = |city: &str| Spot::City(city.into());
        for (typed, expected) in [
            ("Lille, France", vec![both("FR", "lille")]),
            ("gand, belgique", vec![both("BE", "gand")]),
            ("Saint-Étienne , FRANCE", vec![both("FR", "saintetienne")]),
            ("Lil", vec![city("lil")]),
            (
                "lille france",
                vec![city("lillefrance"), both("FR", "lille")],
            ),
            (
                "leeds united kingdom",
                vec![city("leedsunitedkingdom"), both("GB", "leeds")],
            ),
            (
                "Luxembourg",
                vec![Spot::Country("LU".into()), city("luxembourg")],
            ),
            ("Lille, Somewhere", vec![city("lillesomewhere")]),
            ("% , _", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(spots(typed), expected, "{typed:?}");
        }
    }
}
