//! Words as the index has them: folded, parted wherever something is neither letter nor digit.

use crate::domain::text::fold;

/// The longest word, in characters; what is longer is found by as much of it.
const LONGEST: usize = 40;
/// The most words of a search that count.
const MOST: usize = 10;

/// Words that say nothing of what is needed: people write sentences.
#[rustfmt::skip]
const SAY_NOTHING: &[&str] = &[
    "a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "the",
    "to", "we", "with",
    "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "est", "et", "l", "la", "le", "les",
    "nos", "notre", "nous", "ou", "par", "pour", "sur", "un", "une",
];

/// The words of a text.
pub fn of(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let parted: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect();
    parted.into_iter()
}

/// The words that a search asks for, each once. Those that say nothing are left out, unless there
/// are no others.
#[must_use]
pub fn sought(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in of(text) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    let says = |word: &String| !SAY_NOTHING.contains(&word.as_str());
    if all.iter().any(says) {
        all.retain(says);
    }
    all.truncate(MOST);
    all
}

/// A text as one word, so that a city is found by its beginning however its parts are joined.
#[must_use]
pub fn joined(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_parted_alike_wherever_they_stand() {
        let words: Vec<String> = of("L’École d'Émile, fjord.example: C++/24-7 ＩＴ").collect();
        assert_eq!(
            words,
            [
                "l", "ecole", "d", "emile", "fjord", "example", "c", "24", "7", "it"
            ]
        );
        assert_eq!(of("% _ \" ' * ( ) & | ! : = -").count(), 0);
        assert_eq!(joined("Saint-Étienne"), "saintetienne");
    }

    #[test]
    fn a_search_asks_for_words_that_say_something() {
        assert_eq!(sought("accounts and licences"), ["accounts", "licences"]);
        assert_eq!(sought("les comptes de l’école"), ["comptes", "ecole"]);
        assert_eq!(sought("The The"), ["the"]);
        assert_eq!(sought(""), Vec::<String>::new());
        let many: Vec<String> = (0..50).map(|n| format!("word{n}")).collect();
        assert_eq!(sought(&many.join(" ")).len(), MOST);
    }
}
