//! A version as it is handed over at the command line: files, and what holds beside them.

use std::{collections::HashMap, path::PathBuf, str::FromStr};

use chrono::NaiveDate;
use clap::Args;

use super::{super::Failure, Whose};
use crate::{
    domain::{Instant, Language, agreement::Terms, text::FreeText},
    portal::operator::agreements::{
        markdown::{NewText, render},
        store::publish::NewVersion,
    },
};

/// A version as it is handed over.
#[derive(Debug, Args)]
pub struct Written {
    /// The day that the version is known by and counts from, like 2026-07-01
    #[arg(long, value_name = "YYYY-MM-DD")]
    dated: Option<NaiveDate>,
    /// A language and a file of Markdown, like en=agreement.en.md; once for each language
    #[arg(long = "text", value_name = "LANGUAGE=FILE")]
    texts: Vec<In<PathBuf>>,
    /// A language and a title [default: the text's first heading, # Title]
    #[arg(long = "title", value_name = "LANGUAGE=TITLE")]
    pub(super) titles: Vec<In<String>>,
    /// A language and a file of plain text: what changed, for those who accepted the version before
    #[arg(long = "changes", value_name = "LANGUAGE=FILE")]
    changes: Vec<In<PathBuf>>,
    /// Asks those who accepted an earlier version to accept anew
    #[arg(long)]
    material: bool,
    /// With --material: until then an earlier acceptance suffices: a day, or a time like
    /// 2026-08-01T00:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = when, requires = "material")]
    earlier_suffices_until: Option<Instant>,
    /// A note for yourselves
    #[arg(long)]
    note: Option<String>,
    #[command(flatten)]
    pub(super) whose: Whose,
}

/// Something in a language.
#[derive(Debug, Clone)]
pub struct In<T> {
    language: Language,
    value: T,
}

impl<T: for<'a> From<&'a str>> FromStr for In<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (language, value) = text
            .split_once('=')
            .ok_or("write a language, an equals sign and a value")?;
        let language: Language = language.parse().map_err(|_| {
            let known: Vec<&str> = Language::ALL.iter().map(|l| l.as_str()).collect();
            format!("{language} is none of the languages {}", known.join(", "))
        })?;
        Ok(Self {
            language,
            value: value.into(),
        })
    }
}

/// A day, from its beginning in UTC, or an exact time.
fn when(text: &str) -> Result<Instant, String> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(day.and_time(chrono::NaiveTime::MIN).and_utc());
    }
    text.parse::<Instant>()
        .map_err(|_| "write a day like 2026-08-01, or a time like 2026-08-01T00:00:00Z".to_owned())
}

impl Written {
    pub(super) fn version(self) -> Result<NewVersion, Failure> {
        let dated = self
            .dated
            .ok_or_else(|| Failure::told("--dated: give the day"))?;
        if self.texts.is_empty() {
            return Err(Failure::told("--text: give a language and a file"));
        }
        Ok(NewVersion {
            of: self.whose.into(),
            terms: Terms {
                dated,
                material: self.material,
                earlier_suffices_until: self.earlier_suffices_until,
            },
            note: self.note,
            texts: read(&self.texts, self.titles, &self.changes)?,
        })
    }
}

fn changed(changes: &[In<PathBuf>], language: Language) -> Result<Option<String>, Failure> {
    let Some(given) = changes.iter().find(|one| one.language == language) else {
        return Ok(None);
    };
    let told = |error: &dyn std::fmt::Display| {
        Failure::told(format!("--changes: {}: {error}", given.value.display()))
    };
    let text = std::fs::read_to_string(&given.value).map_err(|error| told(&error))?;
    let text = FreeText::parse(&text).map_err(|error| told(&error))?;
    Ok(text.map(|text| text.as_str().to_owned()))
}

fn read(
    texts: &[In<PathBuf>],
    titles: Vec<In<String>>,
    changes: &[In<PathBuf>],
) -> Result<Vec<NewText>, Failure> {
    let mut named: HashMap<Language, String> = HashMap::new();
    for title in titles {
        if !texts.iter().any(|text| text.language == title.language) {
            return Err(Failure::told(format!(
                "--title: there is no text in the language {}",
                title.language
            )));
        }
        named.insert(title.language, title.value);
    }
    let one = |text: &In<PathBuf>| {
        let told = |error: &dyn std::fmt::Display| {
            Failure::told(format!("--text: {}: {error}", text.value.display()))
        };
        let source = std::fs::read_to_string(&text.value).map_err(|error| told(&error))?;
        let title = named.get(&text.language).map(String::as_str);
        let rendered = render(text.language, &source, title).map_err(|error| told(&error))?;
        Ok(NewText {
            changes: changed(changes, text.language)?,
            ..rendered
        })
    };
    texts.iter().map(one).collect()
}
