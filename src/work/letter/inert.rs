//! Words of others, so that mail programs find nothing in them to act upon.

use crate::domain::text::deceives;

/// What breaks an address for those who look for one, and can't be seen.
const BREAK: char = '\u{200c}';

/// A line in which no word is an address to a mail program: those turn whatever looks like one into
/// a link, and our mails link to nobody but us. Words that are none stay as they are.
pub(super) fn inert(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let word: String = word.chars().filter(|c| !deceives(*c)).collect();
        if looks_like_an_address(&word) {
            broken(&word)
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A text for a subject, or within a sentence of ours: nothing in it ends the line.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.replace(|c: char| c == '\t' || c == '\n' || c == '\r', " ");
    let plain: String = spaced.chars().filter(|c| !deceives(*c)).collect();
    plain.trim().to_owned()
}

fn looks_like_an_address(word: &str) -> bool {
    let host = |part: &str| {
        let mut labels = part.rsplit('.');
        let last = labels.next().unwrap_or_default();
        let letters = last.chars().take_while(|c| c.is_alphabetic()).count();
        letters >= 2 && labels.next().is_some_and(|label| !label.is_empty())
    };
    word.contains("//")
        || word.contains('@')
        || word.contains("www.")
        || word.contains(':') && !word.ends_with(':')
        || word
            .split(['/', '?', '#', '\\', ',', ';', '(', ')', '<', '>'])
            .any(host)
}

fn broken(word: &str) -> String {
    let mut out = String::with_capacity(word.len() * 2);
    for c in word.chars() {
        out.push(c);
        if matches!(c, '.' | ':' | '/' | '@') {
            out.push(BREAK);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_mail_programs_would_make_a_link_of_is_broken() {
        for address in [
            "https://evil.example/a?b",
            "HTTP://EVIL.EXAMPLE",
            "www.evil.example",
            "evil.example",
            "(evil.example)",
            "evil.example/login",
            "call:evil",
            "mailto:a@evil.example",
            "a@evil.example",
            "tel:+4712345678",
        ] {
            let line = format!("See {address} now");
            let told = inert(&line);
            assert!(told.contains(BREAK), "{told:?}");
            assert_eq!(told.replace(BREAK, ""), line);
        }
    }

    #[test]
    fn honest_words_stay_as_they_are() {
        for line in [
            "As agreed with Mr Okafor, we will move 640 accounts. Then: licences.",
            "Solvay S.A. and 3.5 months, e.g. until 1.2.2027",
            "  indented   text",
            "Votre avis ? Oui : d’accord…",
        ] {
            assert_eq!(inert(line), line);
        }
    }

    #[test]
    fn nothing_ends_a_line_or_hides_in_it() {
        assert_eq!(one_line("A\r\nBcc: b@c.example"), "A  Bcc: b@c.example");
        assert_eq!(one_line(" A\u{202e}B\u{2028} "), "AB");
    }
}
