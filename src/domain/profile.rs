//! A partner's profile in the directory: what it says of itself, and when that is whole.

use std::collections::HashSet;

use super::{
    directory::{Description, Help, Keyword, Place, Size},
    email::Email,
    spoken::Spoken,
    words,
};

words! {
    /// The parts of a profile, in the order of the form.
    Part {
        /// What the partner does, in its own words.
        Description = "description",
        /// Kinds of help.
        Help = "help",
        /// Sizes served.
        Sizes = "sizes",
        /// Where it is.
        Places = "places",
        /// Languages spoken.
        Languages = "languages",
        /// Keywords and services.
        Keywords = "keywords",
        /// Where requests go.
        Contact = "contact",
    }
}

/// What a partner says of itself. The lists are without doubles and within their limits once
/// [`Profile::tidy`] was called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// In its own words.
    pub description: Option<Description>,
    /// Kinds of help.
    pub help: Vec<Help>,
    /// Sizes served.
    pub sizes: Vec<Size>,
    /// Where it is, the first place first.
    pub places: Vec<Place>,
    /// Languages spoken.
    pub languages: Vec<Spoken>,
    /// Keywords and services.
    pub keywords: Vec<Keyword>,
    /// Where requests go. Customers never see it.
    pub contact: Option<Email>,
}

impl Profile {
    /// Takes doubles away, by what is compared, and puts what is chosen in the order of its list.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.help.sort_unstable();
        self.help.dedup();
        self.sizes.sort_unstable();
        self.sizes.dedup();
        self.languages.sort_unstable();
        self.languages.dedup();
        let mut seen = HashSet::new();
        self.places
            .retain(|place| seen.insert((place.country.as_str().to_owned(), place.folded())));
        let mut seen = HashSet::new();
        self.keywords
            .retain(|keyword| seen.insert(keyword.folded()));
        self
    }

    /// The parts that are still to be said before customers may find the profile.
    #[must_use]
    pub fn missing(&self) -> Vec<Part> {
        let said = |part: &Part| match part {
            Part::Description => self.description.is_some(),
            Part::Help => !self.help.is_empty(),
            Part::Sizes => !self.sizes.is_empty(),
            Part::Places => !self.places.is_empty(),
            Part::Languages => !self.languages.is_empty(),
            Part::Keywords => true,
            Part::Contact => self.contact.is_some(),
        };
        Part::ALL
            .iter()
            .filter(|part| !said(part))
            .copied()
            .collect()
    }

    /// The parts that are otherwise in another profile.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<Part> {
        let differs = |part: &Part| match part {
            Part::Description => self.description != other.description,
            Part::Help => self.help != other.help,
            Part::Sizes => self.sizes != other.sizes,
            Part::Places => self.places != other.places,
            Part::Languages => self.languages != other.languages,
            Part::Keywords => self.keywords != other.keywords,
            Part::Contact => self.contact != other.contact,
        };
        Part::ALL
            .iter()
            .filter(|part| differs(part))
            .copied()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::country::Country;

    fn whole() -> Profile {
        let france = Country::parse("FR").unwrap();
        Profile {
            description: Description::parse("Schools").unwrap(),
            help: vec![Help::Manages, Help::Sells, Help::Manages],
            sizes: vec![Size::Larger, Size::Small],
            places: ["Lyon", "LYON", "Lille"]
                .map(|city| Place::parse(france.clone(), city).unwrap().unwrap())
                .to_vec(),
            languages: vec![Spoken::French],
            keywords: ["Écoles", "ecoles"]
                .map(|word| Keyword::parse(word).unwrap().unwrap())
                .to_vec(),
            contact: Email::parse("a@b.example").ok(),
        }
    }

    #[test]
    fn doubles_go_and_lists_have_their_order() {
        let tidy = whole().tidy();
        assert_eq!(tidy.help, [Help::Sells, Help::Manages]);
        assert_eq!(tidy.sizes, [Size::Small, Size::Larger]);
        let cities: Vec<&str> = tidy.places.iter().map(Place::city).collect();
        assert_eq!(cities, ["Lyon", "Lille"]);
        assert_eq!(tidy.keywords.len(), 1);
    }

    #[test]
    fn a_profile_is_whole_once_everything_but_keywords_is_said() {
        assert_eq!(whole().missing(), []);
        let bare = Profile::default();
        assert_eq!(bare.missing().len(), Part::ALL.len() - 1);
        let without = Profile {
            contact: None,
            keywords: Vec::new(),
            ..whole()
        };
        assert_eq!(without.missing(), [Part::Contact]);
        assert_eq!(whole().changed(&without), [Part::Keywords, Part::Contact]);
        assert_eq!(whole().changed(&whole()), []);
    }
}
