//! What people choose for a long password without thinking: phrases that everybody knows, walks
//! over the keyboard, counting, and the names around them, dressed up with digits and signs.

use std::sync::LazyLock;

use crate::domain::text::fold;

/// Words and phrases as folded letters, written by us: the usual of long-password lists, in
/// English and French.
static KNOWN: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let lines = include_str!("common.txt").lines();
    lines.map(|line| line.chars().collect()).collect()
});

/// What stands between such words, and means nothing without one.
const BETWEEN: &[&str] = &[
    "and", "are", "best", "ceci", "for", "is", "je", "life", "love", "mes", "mon", "much", "my",
    "new", "not", "notre", "nous", "our", "pass", "pour", "pwd", "so", "suis", "test", "that",
    "the", "this", "tres", "very", "vie", "votre", "vous", "with", "you", "your",
];

/// Rows of keys, each key above or below that of the same place.
const KEYBOARDS: [[&str; 4]; 3] = [
    ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
    ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"],
    ["1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"],
];

/// Numbers one after the other.
const COUNTING: [&str; 2] = [
    "123456789101112131415161718192021222324252627282930",
    "0123456789101112131415161718192021222324252627282930",
];

/// The shortest walk or sequence that counts as one.
const WALK: usize = 4;

/// What a password is made of.
#[derive(Debug, Default)]
struct Made {
    /// Well-known words and phrases, each once.
    known: Vec<Vec<char>>,
    names: usize,
    /// Letters of known words and names.
    said: usize,
    /// Letters and digits that walks cover.
    walked: usize,
    /// Letters of walks that are short or turn, which occur in ordinary words too.
    strolled: usize,
    between: usize,
    letters: usize,
    digits: usize,
}

impl Made {
    /// Whether little is left beside what everybody would try. More than two well-known words are
    /// a choice among many, and let pass.
    fn is_common(&self) -> bool {
        if self.known.is_empty() && self.names == 0 {
            return self.walked > 0
                && self.letters + self.strolled + self.between <= 3
                && self.digits <= 4;
        }
        self.known.len() <= 2
            && self.between <= self.said
            && self.letters + self.strolled <= 3
            && self.digits <= 10
    }
}

/// Whether a password is one of those that are tried first: it is made of well-known words, of
/// names, and of walks over the keyboard, however they are spelled.
#[must_use]
pub fn is_common(password: &str, names: &[&str]) -> bool {
    let names: Vec<Vec<char>> = names.iter().flat_map(|name| words_of(name)).collect();
    let folded = fold(password);
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    let spellings = [
        folded.clone(),
        fold(&unshifted(password)),
        spelled_out(bare, 'i'),
        spelled_out(bare, 'l'),
    ];
    let around = folded.chars().count() - bare.chars().count();
    spellings.iter().enumerate().any(|(at, spelling)| {
        let made = made_of(spelling, &names);
        // Digits around the word were taken away before it was spelled out.
        made.is_common() && (at < 2 || around <= 12)
    })
}

/// The words of a name that are long enough to be recognized.
fn words_of(name: &str) -> Vec<Vec<char>> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .map(|word| word.chars().collect::<Vec<char>>())
        .filter(|word| word.len() >= 4)
        .collect()
}

/// Digits and signs that stand for letters, as letters.
fn spelled_out(text: &str, one: char) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// The upper row of a French keyboard, as the digits on the same keys.
fn unshifted(text: &str) -> String {
    let digit = |c: char| match c {
        '&' => '1',
        'é' => '2',
        '"' => '3',
        '\'' => '4',
        '(' => '5',
        '-' => '6',
        'è' => '7',
        '_' => '8',
        'ç' => '9',
        'à' => '0',
        other => other,
    };
    text.chars().map(digit).collect()
}

/// Takes the longest piece that is known, again and again.
fn made_of(text: &str, names: &[Vec<char>]) -> Made {
    let all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let (mut made, mut rest) = (Made::default(), all.as_slice());
    while let Some(first) = rest.first() {
        let longest = |words: &[Vec<char>]| {
            let fitting = words.iter().filter(|word| rest.starts_with(word));
            fitting.max_by_key(|word| word.len()).cloned()
        };
        let (known, name) = (longest(&KNOWN), longest(names));
        let length = |word: &Option<Vec<char>>| word.as_ref().map_or(0, Vec::len);
        let (walk, filler) = (walk(rest), filler(rest));
        let taken = [length(&known), length(&name), walk, filler, 1]
            .into_iter()
            .max()
            .unwrap_or(1);
        if taken == length(&known).max(length(&name)) {
            made.said += taken;
        }
        if length(&name) == taken {
            made.names += 1;
        } else if let Some(known) = known.filter(|word| word.len() == taken) {
            if !made.known.contains(&known) {
                made.known.push(known);
            }
        } else if walk == taken {
            made.walked += walk;
            let letters = rest.iter().take(walk).all(|c| c.is_alphabetic());
            let wordlike = letters && (walk < 6 || straight(rest) < walk);
            made.strolled += if wordlike { walk } else { 0 };
        } else if filler == taken {
            made.between += filler;
        } else if first.is_numeric() {
            made.digits += 1;
        } else {
            made.letters += 1;
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    made
}

fn filler(rest: &[char]) -> usize {
    let fits = |word: &&&str| {
        let word: Vec<char> = word.chars().collect();
        rest.starts_with(&word)
    };
    BETWEEN
        .iter()
        .filter(fits)
        .map(|word| word.len())
        .max()
        .unwrap_or(0)
}

/// How far the text walks over neighbouring keys, counts, or goes along the alphabet; 0 where
/// that is no distance.
fn walk(rest: &[char]) -> usize {
    let steps = |near: &dyn Fn(char, char) -> bool| {
        let pairs = rest.iter().zip(rest.iter().skip(1));
        1 + pairs.take_while(|(a, b)| near(**a, **b)).count()
    };
    let keyed = KEYBOARDS
        .iter()
        .map(|board| steps(&|a, b| are_neighbours(board, a, b)));
    let alphabet = [1, -1].map(|way| {
        steps(&|a, b| {
            a.is_alphanumeric() && i64::from(u32::from(b)) - i64::from(u32::from(a)) == way
        })
    });
    let counted = COUNTING.map(|numbers| {
        let pairs = numbers.chars().zip(rest);
        pairs.take_while(|(number, typed)| number == *typed).count()
    });
    let longest = keyed.chain(alphabet).chain(counted).max().unwrap_or(0);
    if longest < WALK { 0 } else { longest }
}

/// How far the text goes along one row of keys, along the alphabet, or stays where it is.
fn straight(rest: &[char]) -> usize {
    let Some(first) = rest.first() else {
        return 0;
    };
    let along = |row: &mut dyn Iterator<Item = char>| {
        let row = row.skip_while(|key| key != first);
        row.zip(rest)
            .take_while(|(key, typed)| key == *typed)
            .count()
    };
    let rows = KEYBOARDS.iter().flatten().copied();
    let longest = rows
        .chain(["abcdefghijklmnopqrstuvwxyz"])
        .map(|row| along(&mut row.chars()).max(along(&mut row.chars().rev())))
        .max();
    let same = rest.iter().take_while(|typed| *typed == first).count();
    longest.unwrap_or(0).max(same)
}

fn are_neighbours(board: &[&str; 4], a: char, b: char) -> bool {
    let place = |key: char| {
        board.iter().enumerate().find_map(|(row, keys)| {
            let column = keys.chars().position(|other| other == key)?;
            Some((row, column))
        })
    };
    match (place(a), place(b)) {
        (Some((row, column)), Some((other, beside))) => {
            row.abs_diff(other) <= 1 && column.abs_diff(beside) <= 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_folded_letters_each_once() {
        for word in KNOWN.iter() {
            assert!(word.len() >= 4, "{word:?}");
            assert!(word.iter().all(char::is_ascii_lowercase), "{word:?}");
            assert_eq!(
                KNOWN.iter().filter(|other| *other == word).count(),
                1,
                "{word:?}"
            );
        }
    }

    #[test]
    fn walks_are_told_from_words() {
        let of = |text: &str| walk(&text.chars().collect::<Vec<_>>());
        assert_eq!(of("qwertyuiopasd"), 10);
        assert_eq!(of("azertyuiop"), 10);
        assert_eq!(of("1q2w3e4r5t"), 10);
        assert_eq!(of("zaq12wsxcde34rfv"), 16);
        assert_eq!(of("1234567891011121314"), 19);
        assert_eq!(of("zyxwvu"), 6);
        assert_eq!(of("aaaa"), 4);
        assert_eq!(of("violin"), 0);
        assert!(!is_common("dragonofficeabovefeeddress", &[]));
        assert!(!is_common("feed dress were tree", &[]));
    }
}
