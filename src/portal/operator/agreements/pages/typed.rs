//! The form of a draft as it was typed, and what it means.

use chrono::{NaiveDate, NaiveTime};

use super::super::{
    markdown::{MarkdownRefused, NewText, render},
    store::{drafts::Draft, publish::NewVersion},
};
use crate::{
    domain::{
        Instant, Language,
        agreement::{AgreementKind, Terms, TermsRefused, Which},
        country::Country,
        text::{FreeText, note},
    },
    error::Error,
    web::form::{Mistakes, fields},
};

/// The longest text in one language, in bytes of Markdown.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// A text in one language, as it was typed.
#[derive(Debug, Clone)]
pub struct TypedText {
    /// The language.
    pub language: Language,
    /// Markdown.
    pub source: String,
    /// What changed since the version before.
    pub changes: String,
}

/// What was typed and ticked, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What the agreement is about.
    pub kind: String,
    /// The code of a country; empty for all that have none of their own.
    pub country: String,
    /// The day, as `YYYY-MM-DD`.
    pub dated: String,
    /// Whether the box was ticked.
    pub material: bool,
    /// The day until which an earlier acceptance suffices.
    pub until: String,
    /// The operator's own note.
    pub note: String,
    /// A text for each language, also those left empty.
    pub texts: Vec<TypedText>,
    /// The revision that was looked at.
    pub revision: i32,
}

/// The names of the fields of a language.
pub const fn fields_of(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::En => ("text-en", "changes-en"),
        Language::Fr => ("text-fr", "changes-fr"),
    }
}

impl Typed {
    /// The form of a draft as it is kept, or of a new one that begins with the version in force.
    pub fn of(draft: &Draft) -> Self {
        let text = |language: &Language| {
            let mut texts = draft.version.texts.iter();
            let text = texts.find(|text| text.language == *language);
            TypedText {
                language: *language,
                source: text.map(|text| text.source.clone()).unwrap_or_default(),
                changes: text
                    .and_then(|text| text.changes.clone())
                    .unwrap_or_default(),
            }
        };
        let terms = draft.version.terms;
        let until = terms.earlier_suffices_until;
        Self {
            kind: draft.version.of.kind.to_string(),
            country: draft.version.of.code().unwrap_or_default().to_owned(),
            dated: terms.dated.to_string(),
            material: terms.material,
            until: until
                .map(|until| until.date_naive().to_string())
                .unwrap_or_default(),
            note: draft.version.note.clone().unwrap_or_default(),
            texts: Language::ALL.iter().map(text).collect(),
            revision: draft.revision,
        }
    }

    /// Reads the fields of the form.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for fields that the form doesn't have, or that come twice.
    pub fn read(all: Vec<(String, String)>) -> Result<Self, Error> {
        let blank = |language: &Language| TypedText {
            language: *language,
            source: String::new(),
            changes: String::new(),
        };
        let mut typed = Self {
            texts: Language::ALL.iter().map(blank).collect(),
            ..Self::default()
        };
        fields(all, (&[], LONGEST_TEXT), |name, value| {
            match name {
                "kind" => typed.kind = value,
                "country" => typed.country = value,
                "dated" => typed.dated = value,
                "material" => typed.material = value == "yes",
                "until" => typed.until = value,
                "note" => typed.note = value,
                "revision" => match value.parse() {
                    Ok(revision) => typed.revision = revision,
                    Err(_) => return false,
                },
                _ => return typed.take_text(name, value),
            }
            true
        })?;
        Ok(typed)
    }

    fn take_text(&mut self, name: &str, value: String) -> bool {
        for text in &mut self.texts {
            let (source, changes) = fields_of(text.language);
            if name == source {
                text.source = value.replace("\r\n", "\n");
                return true;
            }
            if name == changes {
                text.changes = value;
                return true;
            }
        }
        false
    }

    /// What the form means; nothing where something is wrong with it.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a kind or a country that the form doesn't offer.
    pub fn meant(&self, now: Instant) -> Result<Result<NewVersion, Mistakes>, Error> {
        let mut mistakes = Mistakes::none();
        let of = Which {
            kind: AgreementKind::parse(&self.kind).ok_or(Error::BadRequest)?,
            country: match self.country.as_str() {
                "" => None,
                code => Some(Country::parse(code).map_err(|_| Error::BadRequest)?),
            },
        };
        let dated = day(&self.dated);
        if dated.is_none() {
            mistakes.add("dated", "agreements-dated-missing");
        }
        let until = day(&self.until);
        if until.is_none() && !self.until.trim().is_empty() {
            mistakes.add("until", "agreements-until-wrong");
        }
        let note = note(&self.note, LONGEST_NOTE).unwrap_or_else(|refused| {
            mistakes.add("note", refused.key());
            None
        });
        let texts = self.read_texts(&mut mistakes);
        let terms = Terms {
            dated: dated.unwrap_or_default(),
            material: self.material,
            earlier_suffices_until: until.map(|day| day.and_time(NaiveTime::MIN).and_utc()),
        };
        if let Err(refused) = terms.check(now) {
            mistakes.add(field(refused), refused.key());
        }
        let version = NewVersion {
            of,
            terms,
            note,
            texts,
        };
        Ok(if mistakes.is_empty() {
            Ok(version)
        } else {
            Err(mistakes)
        })
    }

    fn read_texts(&self, mistakes: &mut Mistakes) -> Vec<NewText> {
        let mut texts = Vec::new();
        let given = |text: &&TypedText| !text.source.trim().is_empty();
        for text in self.texts.iter().filter(given) {
            let (source_field, changes_field) = fields_of(text.language);
            match render(text.language, &text.source, None) {
                Ok(rendered) => texts.push(NewText {
                    changes: changes(text, changes_field, mistakes),
                    ..rendered
                }),
                Err(refused) => mistakes.add(source_field, text_key(refused)),
            }
        }
        if texts.is_empty() {
            mistakes.add("text-en", "agreements-text-missing");
        }
        let alone =
            |text: &&TypedText| text.source.trim().is_empty() && !text.changes.trim().is_empty();
        for text in self.texts.iter().filter(alone) {
            mistakes.add(fields_of(text.language).0, "agreements-changes-alone");
        }
        texts
    }
}

fn changes(text: &TypedText, field: &'static str, mistakes: &mut Mistakes) -> Option<String> {
    match FreeText::parse(&text.changes) {
        Ok(changes) => changes.map(|changes| changes.as_str().to_owned()),
        Err(refused) => {
            mistakes.add(field, refused.key());
            None
        }
    }
}

/// The field that terms are refused for.
pub const fn field(refused: TermsRefused) -> &'static str {
    match refused {
        TermsRefused::NotMaterial | TermsRefused::Passed => "until",
        TermsRefused::NotYet(_) => "dated",
    }
}

const fn text_key(refused: MarkdownRefused) -> &'static str {
    match refused {
        MarkdownRefused::Untitled => "agreements-text-untitled",
        MarkdownRefused::Empty => "agreements-text-empty",
        MarkdownRefused::Unseen => "agreements-text-unseen",
    }
}

fn day(typed: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()
}
