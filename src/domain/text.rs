//! Text as people type it: folding for search and order, and which characters deceive.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Case and accents taken away, so that `emile` finds `Émile` and both databases order alike.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a character hides, reorders or controls text, or shows as a blank or as nobody knows
/// what: never allowed in a name.
#[must_use]
pub fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{16fe4}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}

/// A short note on one line, trimmed; `None` where nothing is left.
///
/// # Errors
/// Refuses more than `longest` characters, and characters that can't be seen.
pub fn note(typed: &str, longest: usize) -> Result<Option<String>, TextRefused> {
    let note: String = typed.trim().nfc().collect();
    if note.chars().count() > longest {
        return Err(TextRefused::TooLong(longest));
    }
    if note.chars().any(deceives) {
        return Err(TextRefused::Unseen);
    }
    Ok((!note.is_empty()).then_some(note))
}

/// A longer text that somebody typed: a message or a reason. Line ends become `\n`; characters
/// that deceive are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeText(String);

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextRefused {
    /// Too many characters.
    #[error("the text is longer than {0} characters")]
    TooLong(usize),
    /// A control, bidi or zero-width character.
    #[error("the text has a character that can't be seen")]
    Unseen,
}

impl TextRefused {
    /// The key of the message beside the field.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooLong(_) => "text-too-long",
            Self::Unseen => "text-unseen",
        }
    }
}

impl FreeText {
    /// The longest message or reason, in characters.
    pub const LONGEST: usize = 2_000;

    /// The text, trimmed; `None` where nothing is left.
    ///
    /// # Errors
    /// Refuses what is too long, and characters that can't be seen.
    pub fn parse(text: &str) -> Result<Option<Self>, TextRefused> {
        let text: String = text.trim().replace("\r\n", "\n").nfc().collect();
        if text.chars().count() > Self::LONGEST {
            return Err(TextRefused::TooLong(Self::LONGEST));
        }
        if text.chars().any(|c| c != '\n' && c != '\t' && deceives(c)) {
            return Err(TextRefused::Unseen);
        }
        Ok((!text.is_empty()).then_some(Self(text)))
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
    fn folding_takes_case_accents_and_double_spaces_away() {
        assert_eq!(fold("Émile  ZOLA"), "emile zola");
        assert_eq!(fold("Ångström"), "angstrom");
        assert_eq!(fold("ﬁn"), "fin");
        assert_eq!(fold("e\u{301}te\u{301}"), fold("été"));
    }

    #[test]
    fn a_note_is_one_line_of_limited_length() {
        assert_eq!(note(" PO 4711 ", 10), Ok(Some("PO 4711".into())));
        assert_eq!(note("  ", 10), Ok(None));
        assert_eq!(note("a\nb", 10), Err(TextRefused::Unseen));
        assert_eq!(note("abc", 2), Err(TextRefused::TooLong(2)));
    }

    #[test]
    fn a_text_keeps_its_lines_and_loses_nothing_else() {
        let text = FreeText::parse(" a\r\nb\n ").unwrap().unwrap();
        assert_eq!(text.as_str(), "a\nb");
        assert_eq!(FreeText::parse("  \n "), Ok(None));
        assert!(FreeText::parse("a\u{202e}b").is_err());
        assert!(FreeText::parse("a\0b").is_err());
        assert!(FreeText::parse(&"é".repeat(2_000)).is_ok());
        assert_eq!(
            FreeText::parse(&"é".repeat(2_001)),
            Err(TextRefused::TooLong(2_000))
        );
    }
}
