//! What an event changed, where it says so: before and after, in words.

use serde_json::Value;

use super::Told;
use crate::{domain::Language, web::locale::Locale};

/// Before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was.
    pub before: String,
    /// What it is since.
    pub after: String,
}

impl Change {
    /// The change that an event recorded; none where it recorded none.
    #[must_use]
    pub fn of(l: Locale, told: &Told) -> Option<Self> {
        let fact = |name: &str| told.facts.get(name);
        let (before, after) = (fact("before")?, fact("after").or_else(|| fact("language"))?);
        Some(Self {
            before: said(l, before),
            after: said(l, after),
        })
    }
}

fn said(l: Locale, value: &Value) -> String {
    match value {
        Value::Bool(true) => l.t("change-yes").to_owned(),
        Value::Bool(false) => l.t("change-no").to_owned(),
        Value::Null => l.t("change-nothing").to_owned(),
        Value::String(word) => match Language::parse(word) {
            Some(language) => l.word("language", language.as_str()),
            None => word.clone(),
        },
        Value::Array(words) if words.is_empty() => l.t("told-no-role").to_owned(),
        Value::Array(words) => {
            let words = words.iter().filter_map(Value::as_str);
            let names: Vec<String> = words.map(|role| l.word("member-role", role)).collect();
            names.join(", ")
        }
        other => other.to_string(),
    }
}
