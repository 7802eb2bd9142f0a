//! Agreements, versions and texts in words, for all of the operator's pages about them.

use sha2::{Digest, Sha256};

use super::super::{markdown::NewText, store::publish::NewVersion};
use crate::{
    domain::{
        Instant, Language,
        agreement::{AgreementKind, reading_minutes},
    },
    evidence::agreement::Text,
    web::{locale::Locale, page::Published},
};

/// What an agreement is about, and whose it is: a country's own, or that of all others.
pub fn which(l: Locale, kind: AgreementKind, country: Option<&str>) -> String {
    let kind = l.word("agreement-kind", kind.as_str());
    let whose = match country {
        Some(code) => l.country(code),
        None => l.t("agreements-all-countries").to_owned(),
    };
    l.t2("agreements-which", "kind", &kind, "whose", &whose)
}

/// What a version asks of those who accepted an earlier one.
pub fn asks(l: Locale, material: bool, until: Option<Instant>) -> String {
    match (material, until) {
        (false, _) => l.t("agreements-asks-nothing").to_owned(),
        (true, None) => l.t("agreements-asks-at-once").to_owned(),
        (true, Some(until)) => l.t1(
            "agreements-asks-until",
            "date",
            l.long_date_time(&until).as_str(),
        ),
    }
}

/// A text as customers will read it, or as they read it.
pub struct Shown {
    pub language: Language,
    pub name: String,
    pub title: String,
    pub length: String,
    pub sha256: String,
    pub changes: Option<String>,
    pub body: Option<Published>,
}

fn length(l: Locale, words: i32) -> String {
    let minutes = reading_minutes(words);
    let number = l.number(&i64::from(words));
    l.with(
        "agreements-length",
        &[
            ("words", words.into()),
            ("number", number.as_str().into()),
            ("minutes", minutes.into()),
        ],
    )
}

/// The texts of a draft, each as it will be published.
pub fn drafted(l: Locale, version: &NewVersion) -> Vec<Shown> {
    let shown = |text: &NewText| Shown {
        language: text.language,
        name: l.word("language", text.language.as_str()),
        title: text.title.clone(),
        length: length(l, text.words),
        sha256: hex::encode(Sha256::digest(&text.body)),
        changes: text.changes.clone(),
        body: Published::of(&text.body),
    };
    version.texts.iter().map(shown).collect()
}

/// The texts of a version, without their bodies, which have a page of their own.
pub fn published(l: Locale, texts: &[Text]) -> Vec<Shown> {
    let shown = |text: &Text| Shown {
        language: text.language,
        name: l.word("language", text.language.as_str()),
        title: text.title.clone(),
        length: length(l, text.words),
        sha256: text.sha256_hex(),
        changes: text.changes.clone(),
        body: None,
    };
    texts.iter().map(shown).collect()
}
