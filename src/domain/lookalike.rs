//! Names that pass for others: letters of several scripts in one word, and which names look alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The scripts whose letters pass for each other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Coptic,
    Cherokee,
    Lisu,
}

/// The script of a letter, where it is one that has likenesses elsewhere.
fn script(letter: char) -> Option<Script> {
    let script = match letter {
        'a'..='z'
        | 'A'..='Z'
        | '\u{aa}'
        | '\u{ba}'
        | '\u{c0}'..='\u{2b8}'
        | '\u{1d00}'..='\u{1d25}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab64}' => Script::Latin,
        '\u{370}'..='\u{3e1}' | '\u{3f0}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{3e2}'..='\u{3ef}' | '\u{2c80}'..='\u{2cff}' => Script::Coptic,
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Script::Cherokee,
        '\u{a4d0}'..='\u{a4ff}' => Script::Lisu,
        _ => return None,
    };
    Some(script)
}

/// The first word whose letters are of more than one script: `Fjоrd` with a Cyrillic о. Words of
/// different scripts beside each other are honest, as are Latin letters among Chinese ones, which
/// nobody takes for each other.
#[must_use]
pub fn mixed(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .find(|word| {
            // Full-width and mathematical letters are Latin or Greek in another dress.
            let mut scripts = word.nfkd().filter_map(script);
            let first = scripts.next();
            first.is_some_and(|first| scripts.any(|other| other != first))
        })
}

/// What a name looks like at a glance: two names with the same skeleton pass for each other. Case,
/// accents, spaces and signs don't count, and letters that look alike are one. Not for showing.
#[must_use]
pub fn skeleton(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let mut skeleton = String::new();
    for letter in plain {
        match likeness(letter) {
            Some(like) => skeleton.push_str(like),
            None => skeleton.extend(letter.to_lowercase().filter(|c| c.is_alphanumeric())),
        }
    }
    skeleton.replace("rn", "m").replace("vv", "w")
}

/// The Latin letters that a letter or sign passes for. Upper and lower case differ: `В` passes for
/// `B`, `в` for a small one of it; `Η` for `H`, `η` for `n`.
fn likeness(letter: char) -> Option<&'static str> {
    let like = match letter {
        'А' | 'а' | 'Α' | 'α' | 'ɑ' | 'Ꭺ' => "a",
        'В' | 'в' | 'Ь' | 'ь' | 'Β' | 'β' | 'Ᏼ' => "b",
        'С' | 'с' | 'Ϲ' | 'ϲ' | 'Ꮯ' => "c",
        'ԁ' | 'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' => "d",
        'Е' | 'е' | 'Є' | 'є' | 'Ε' | 'ε' | 'ə' | 'Ꭼ' => "e",
        'ɡ' | 'ց' | 'Ԍ' => "g",
        'Н' | 'н' | 'һ' | 'Һ' | 'Η' | 'հ' | 'ħ' | 'Ħ' | 'Ꮋ' => "h",
        // All the upright strokes; `i` too, since `I` is its capital.
        'I' | 'i' | 'L' | 'l' | '1' | '|' | '!' | 'ı' | 'ɩ' | 'ɪ' | 'ʟ' | 'ł' | 'Ł' | 'І' | 'і'
        | 'Ӏ' | 'ӏ' | 'Ι' | 'ι' | 'Ꮮ' => "l",
        'Ј' | 'ј' | 'ϳ' | 'Ꭻ' => "j",
        'К' | 'к' | 'Κ' | 'κ' | 'Ꮶ' => "k",
        'М' | 'м' | 'Μ' | 'Ϻ' | 'Ꮇ' => "m",
        'П' | 'п' | 'Ν' | 'η' | 'ո' | 'ռ' => "n",
        '0' | 'О' | 'о' | 'Ο' | 'ο' | 'σ' | 'ө' | 'Օ' | 'օ' | 'Ø' | 'ø' => "o",
        'Р' | 'р' | 'Ρ' | 'ρ' | 'Ꮲ' => "p",
        'ԛ' | 'Ԛ' | 'զ' => "q",
        'г' | 'Ꭱ' => "r",
        'Ѕ' | 'ѕ' | 'Ꮪ' => "s",
        'Т' | 'т' | 'Τ' | 'τ' | 'Ꭲ' => "t",
        'υ' | 'ս' | 'Ս' => "u",
        'ν' | 'ѵ' | 'Ѵ' | 'Ꮩ' => "v",
        'ԝ' | 'Ԝ' | 'ω' | 'ш' | 'Ш' | 'Ꮃ' => "w",
        'Х' | 'х' | 'Χ' | 'χ' => "x",
        'У' | 'у' | 'ү' | 'Ү' | 'Υ' | 'γ' => "y",
        'Ζ' | 'Ꮓ' => "z",
        'Æ' | 'æ' | 'Ӕ' | 'ӕ' => "ae",
        'Œ' | 'œ' => "oe",
        'ß' | 'ẞ' => "ss",
        _ => return None,
    };
    Some(like)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_two_scripts_is_found_and_honest_ones_are_not() {
        for (text, word) in [
            ("Fj\u{43e}rd Managed IT", "Fj\u{43e}rd"),
            ("Managed \u{399}T", "\u{399}T"),
            ("\u{ff26}j\u{43e}rd", "\u{ff26}j\u{43e}rd"),
            ("\u{13aa}oodwill", "\u{13aa}oodwill"),
        ] {
            assert_eq!(mixed(text), Some(word), "{text}");
        }
        for honest in [
            "Fjord Managed IT",
            "Ёлка Яндекс",
            "Ελληνικά Πληροφορική",
            "Яндекс Yandex",
            "Мосэнерго-IT",
            "東京ITサービス",
            "Sørlandet Ærlig Łódź",
            "Cafe\u{301} 1",
        ] {
            assert_eq!(mixed(honest), None, "{honest}");
        }
    }

    #[test]
    fn what_looks_alike_has_one_skeleton() {
        let honest = skeleton("Fjord Managed IT");
        for alike in [
            "Fjord Managed IT",
            "fjord managed it",
            "Fjord Managed lT",
            "Fjord Managed 1T",
            "Fj0rd-Managed  |T",
            "Fjørd Mánaged IT.",
            "Fjord Rnanaged IT",
            "Fj\u{43e}rd Managed IT",
            "\u{ff26}jord Managed IT",
            "FjordManagedIT",
        ] {
            assert_eq!(skeleton(alike), honest, "{alike}");
        }
        for other in ["Fjord Managed", "Fjord Managed IS", "Bergen Managed IT"] {
            assert_ne!(skeleton(other), honest, "{other}");
        }
    }
}
