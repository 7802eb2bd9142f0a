//! What an address of the directory asks for, and addresses that ask for something else.

use super::PATH;
use crate::{
    directory::{Wanted, size_words, spoken_words},
    domain::{
        directory::{Help, MOST_CHOSEN, Size},
        spoken::Spoken,
    },
    error::Error,
    web::{list, locale::Locale, paginate::Cursor},
};

/// What is asked for, as far as it is something that the page offers.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What is looked for.
    pub wanted: Wanted,
    /// The public partner ids that were chosen, on this page or another one.
    pub chosen: Vec<String>,
    /// More were chosen than are written to at once.
    pub too_many: bool,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// What takes one filter away.
type Drop = fn(&mut Wanted);

/// A search with one filter less.
#[derive(Debug, Clone)]
pub struct Without {
    /// The filter, in words.
    pub words: String,
    /// The search that is left.
    pub asked: Asked,
}

impl Asked {
    /// Reads a query. Filters that the page doesn't offer, and what is no partner id, are left out.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a place in the list that isn't one.
    pub fn read(pairs: Vec<(String, String)>) -> Result<Self, Error> {
        let mut asked = Self::default();
        for (name, value) in pairs {
            let wanted = &mut asked.wanted;
            match name.as_str() {
                "q" => wanted.text = list::search(Some(&value)),
                "location" => wanted.location = list::search(Some(&value)),
                "size" => wanted.size = Size::parse(&value),
                "kind" => wanted.help = Help::parse(&value),
                "language" => wanted.language = Spoken::parse(&value),
                "partner" => asked.choose(value),
                "after" => asked.after = list::place(Some(&value))?,
                _ => {}
            }
        }
        Ok(asked)
    }

    fn choose(&mut self, number: String) {
        let is_id = (6..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if !is_id || self.chosen.contains(&number) {
            return;
        }
        if self.chosen.len() == MOST_CHOSEN {
            self.too_many = true;
        } else {
            self.chosen.push(number);
        }
    }

    /// Whether anything narrows the directory.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.wanted != Wanted::default()
    }

    /// The address of the first page of this search.
    #[must_use]
    pub fn address(&self) -> String {
        let wanted = &self.wanted;
        let mut asked = vec![
            ("q", Some(wanted.text.clone())),
            ("location", Some(wanted.location.clone())),
            ("size", wanted.size.map(|one| one.to_string())),
            ("kind", wanted.help.map(|one| one.to_string())),
            ("language", wanted.language.map(|one| one.to_string())),
        ];
        let chosen = self.chosen.iter().cloned();
        asked.extend(chosen.map(|number| ("partner", Some(number))));
        list::address(PATH, asked)
    }

    /// The same search without any filter.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self {
            wanted: Wanted::default(),
            after: None,
            ..self.clone()
        }
    }

    /// The searches that are left when one of several filters goes.
    #[must_use]
    pub fn each_without(&self, l: Locale) -> Vec<Without> {
        let wanted = &self.wanted;
        let quoted = |text: &String| {
            let words = || l.t1("directory-quoted", "text", text.as_str());
            (!text.is_empty()).then(words)
        };
        let filters: [(Option<String>, Drop); 5] = [
            (quoted(&wanted.text), |wanted| wanted.text.clear()),
            (quoted(&wanted.location), |wanted| wanted.location.clear()),
            (wanted.size.map(|size| size_words(l, size)), |wanted| {
                wanted.size = None;
            }),
            (
                wanted.help.map(|one| l.word("help-kind", one.as_str())),
                |wanted| wanted.help = None,
            ),
            (wanted.language.map(|one| spoken_words(l, one)), |wanted| {
                wanted.language = None;
            }),
        ];
        let set = filters.into_iter().filter_map(|(words, drop)| {
            let mut asked = self.clone();
            asked.after = None;
            drop(&mut asked.wanted);
            Some(Without {
                words: words?,
                asked,
            })
        });
        set.filter(|one| one.asked.is_narrowed()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Result<Asked, Error> {
        let pairs = query.iter();
        Asked::read(
            pairs
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn what_is_chosen_is_an_id_stands_once_and_has_an_end() {
        let asked = read(&[
            ("partner", "4815162"),
            ("partner", "4815162"),
            ("partner", "1' OR 1=1"),
            ("partner", "１２３４５６７"),
            ("partner", ""),
        ]);
        assert_eq!(asked.unwrap().chosen, ["4815162"]);
        let numbers: Vec<String> = (1_000_000..1_000_020).map(|n| n.to_string()).collect();
        let many: Vec<(&str, &str)> = numbers.iter().map(|n| ("partner", n.as_str())).collect();
        let asked = read(&many).unwrap();
        assert_eq!((asked.chosen.len(), asked.too_many), (MOST_CHOSEN, true));
    }

    #[test]
    fn an_address_reads_back_as_what_it_was_made_of() {
        let asked = read(&[
            ("q", " comptes & licences "),
            ("location", "Lille, France"),
            ("size", "250-999"),
            ("kind", "builds_apps"),
            ("language", "fr"),
            ("partner", "4815162"),
            ("unknown", "x"),
        ])
        .unwrap();
        let address = asked.address();
        assert_eq!(
            address,
            "/partners?q=comptes+%26+licences&location=Lille%2C+France&size=250-999\
             &kind=builds_apps&language=fr&partner=4815162"
        );
        assert_eq!(asked.cleared().address(), "/partners?partner=4815162");
        assert!(read(&[("after", "nonsense")]).is_err());
        let odd = read(&[("size", "huge"), ("kind", "%"), ("language", "xx")]).unwrap();
        assert!(!odd.is_narrowed());
        let long = read(&[("q", &"é".repeat(10_000))]).unwrap();
        assert_eq!(long.wanted.text.chars().count(), 100);
    }
}
