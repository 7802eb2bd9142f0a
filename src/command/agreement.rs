//! `entente agreement`.

use std::{collections::HashMap, path::PathBuf, str::FromStr};

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure, out};
use crate::{
    domain::{Instant, Language, country::Country},
    evidence::chain::EventActor,
    portal::operator::agreements::{
        markdown::{NewText, render},
        store::{self, NewVersion},
    },
};

/// What can be done with the agreement.
#[derive(Debug, Subcommand)]
pub enum Agreement {
    /// Publishes a version, which takes the place of the one in force and never changes
    Publish {
        /// The day that the version is known by, like 2026-07-01
        #[arg(long, value_name = "YYYY-MM-DD")]
        dated: NaiveDate,
        /// A language and a file of Markdown, like en=agreement.en.md; once for each language
        #[arg(long = "text", value_name = "LANGUAGE=FILE", required = true)]
        texts: Vec<In<PathBuf>>,
        /// A language and a title [default: the text's first heading, # Title]
        #[arg(long = "title", value_name = "LANGUAGE=TITLE")]
        titles: Vec<In<String>>,
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
        /// The country whose tenants it is for [default: all that have none of their own]
        #[arg(long)]
        country: Option<Country>,
    },
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

impl Agreement {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Publish {
            dated,
            texts,
            titles,
            material,
            earlier_suffices_until,
            note,
            country,
        } = self;
        let new = NewVersion {
            country,
            dated,
            material,
            earlier_suffices_until,
            note,
            texts: read(&texts, titles)?,
        };
        let now = context.now();
        let published = context
            .db()?
            .write_here(|conn| store::publish(conn, &EventActor::CommandLine, &new, now))
            .map_err(Failure::of("--text"))?;
        let rows: Vec<Vec<String>> = published
            .texts
            .iter()
            .map(|text| {
                vec![
                    text.language.to_string(),
                    text.title.clone(),
                    text.words.to_string(),
                    text.sha256.clone(),
                ]
            })
            .collect();
        let table = out::table(&["Language", "Title", "Words", "SHA-256"], &rows);
        context.say(
            &json!(published),
            &format!(
                "Published version {}, dated {} ({}).\n\n{table}",
                published.number, published.dated, published.version
            ),
        );
        Ok(())
    }
}

fn read(texts: &[In<PathBuf>], titles: Vec<In<String>>) -> Result<Vec<NewText>, Failure> {
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
        render(text.language, &source, title).map_err(|error| told(&error))
    };
    texts.iter().map(one).collect()
}
