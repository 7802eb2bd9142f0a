//! What an event changed, where it says so: before and after, in words; and the roles that it is about.

use serde_json::Value;

use super::Told;
use crate::{
    domain::{Instant, Language, event::EventKind, role::AdminRole},
    web::locale::Locale,
};

/// One fact of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is called.
    pub label: &'static str,
    /// What it says.
    pub words: String,
}

/// What an event recorded of a change; nothing where it recorded none.
#[must_use]
pub fn facts(l: Locale, told: &Told) -> Vec<Fact> {
    let fact = |name: &str| told.facts.get(name);
    let change = |before, after| {
        let label = |key, words| Fact { label: key, words };
        vec![
            label("audit-log-before", before),
            label("audit-log-after", after),
        ]
    };
    if let (Some(before), Some(after)) =
        (fact("before"), fact("after").or_else(|| fact("language")))
    {
        return change(said(l, before), said(l, after));
    }
    let roles = roles(l, told);
    if roles.is_empty() {
        return Vec::new();
    }
    let words = roles.join(", ");
    // Removing takes all that a partner holds; the others end what one relationship gave.
    let label = match told.kind {
        EventKind::RolesRemoved => {
            return change(words, l.t("change-none-of-them").to_owned());
        }
        EventKind::RolesGivenBack | EventKind::RolesEnded | EventKind::RelationshipEnded => {
            "audit-log-roles-ended"
        }
        _ => "audit-log-roles",
    };
    vec![Fact { label, words }]
}

/// The administrator roles that an event is about, with the end that it gave them.
fn roles(l: Locale, told: &Told) -> Vec<String> {
    let about = [
        EventKind::InvitationCreated,
        EventKind::InvitationAccepted,
        EventKind::RolesRemoved,
        EventKind::RolesGivenBack,
        EventKind::RolesEnded,
        EventKind::RelationshipEnded,
    ];
    let list = |name: &str| told.facts.get(name).and_then(Value::as_array);
    if !about.contains(&told.kind) {
        return Vec::new();
    }
    let named = |role: &Value| {
        let role = AdminRole::parse(role.as_str()?)?;
        Some(l.word("role-name", role.as_str()))
    };
    if let Some(roles) = list("roles") {
        return roles.iter().filter_map(named).collect();
    }
    let given = |grant: &Value| {
        let (role, until) = (named(grant.get("role")?)?, grant.get("until")?.as_str()?);
        let until: Instant = until.parse().ok()?;
        let until = l.date(&until);
        Some(l.t2("change-role-until", "role", &role, "until", &until))
    };
    let grants = list("grants").map(Vec::as_slice).unwrap_or_default();
    grants.iter().filter_map(given).collect()
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
