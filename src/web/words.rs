//! The words of every page, in every language, from `locales/`.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rustc_hash::FxHashMap;

use crate::domain::Language;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// One language's messages. Those without arguments are formatted once, at start: a page has a
/// hundred of them. Their keys are ours, so that nobody can choose keys that collide.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    plain: FxHashMap<String, String>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::load("en", EN));
static FRENCH: LazyLock<Words> = LazyLock::new(|| Words::load("fr", FR));

/// The words of a language.
#[must_use]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// The sources of a language: file name and content.
#[must_use]
pub fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::En => EN,
        Language::Fr => FR,
    }
}

impl Words {
    fn load(tag: &str, files: &[(&str, &str)]) -> Self {
        let tag = tag
            .parse::<unic_langid::LanguageIdentifier>()
            .unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks around arguments would show in mails, exports and tests; our pages are
        // written in one direction.
        bundle.set_use_isolating(false);
        let mut names = Vec::new();
        for (_, source) in files {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            for entry in resource.entries() {
                if let fluent_syntax::ast::Entry::Message(message) = entry {
                    names.push(message.id.name.to_owned());
                }
            }
            let _ = bundle.add_resource(resource);
        }
        let mut plain = FxHashMap::default();
        for name in names {
            let mut errors = Vec::new();
            if let Some(pattern) = bundle.get_message(&name).and_then(|m| m.value()) {
                let text = bundle
                    .format_pattern(pattern, None, &mut errors)
                    .into_owned();
                if errors.is_empty() {
                    plain.insert(name, text);
                }
            }
        }
        Self { bundle, plain }
    }

    /// A message without arguments. A key that isn't there shows as itself; a test keeps that
    /// from happening.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// The messages without arguments whose keys begin so: the rest of the key, and the message.
    pub fn beginning(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let plain = self.plain.iter();
        plain.filter_map(move |(key, text)| Some((key.strip_prefix(prefix)?, text.as_str())))
    }

    /// Whether the key is there at all.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A message with arguments.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                    Arg::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned()
    }
}

/// What a message can be given.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Text, shown as it is.
    Text(&'a str),
    /// A whole number, which also chooses the plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}
impl<'a> From<&&'a str> for Arg<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text(text)
    }
}
impl<'a> From<&&'a String> for Arg<'a> {
    fn from(text: &&'a String) -> Self {
        Self::Text(text)
    }
}
impl From<&&i64> for Arg<'_> {
    fn from(number: &&i64) -> Self {
        Self::Number(**number)
    }
}
impl From<&i32> for Arg<'_> {
    fn from(number: &i32) -> Self {
        Self::Number(i64::from(*number))
    }
}
impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<&i64> for Arg<'_> {
    fn from(number: &i64) -> Self {
        Self::Number(*number)
    }
}
impl From<i32> for Arg<'_> {
    fn from(number: i32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
