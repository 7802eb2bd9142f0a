//! Events in words: sentences that begin with a verb, so that a name can stand before them.

use serde_json::Value;

use super::{Told, ToldActor};
use crate::{
    access::nav::role_key,
    domain::{
        Language,
        event::{EventGroup, EventKind},
        membership::Side,
    },
    web::locale::Locale,
};

/// What happened, in words that follow the actor's name: `removed 2 roles from Quill Systems`.
#[must_use]
pub fn sentence(told: &Told, l: &Locale) -> String {
    let fact = |name: &str| told.facts.get(name).unwrap_or(&Value::Null);
    let document = fact("document");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dated = document.get("dated").unwrap_or_else(|| fact("dated"));
    let title = document.get("title").unwrap_or_else(|| fact("title"));
    let given = match (fact("roles"), fact("grants")) {
        (Value::Null, grants) => grants,
        (roles, _) => roles,
    };
    let count = match (fact("count").as_i64(), given.as_array()) {
        (Some(count), _) => count,
        (None, Some(roles)) => i64::try_from(roles.len()).unwrap_or_default(),
        (None, None) => 0,
    };
    let type_word = word(fact("type")).replace('_', "-");
    let (before, after) = (change(fact("before"), *l), change(fact("after"), *l));
    let subject = told.subject_name.as_deref();
    let own = subject.is_none() && matches!(told.actor, ToldActor::Person { .. });
    l.with(
        &format!("told-{}", told.kind.as_str().replace(['.', '_'], "-")),
        &[
            ("partner", partner_name(told).into()),
            (
                "person",
                subject.unwrap_or_else(|| l.t("told-somebody")).into(),
            ),
            ("whose", if own { "own" } else { "other" }.into()),
            ("count", count.into()),
            ("type", l.t(&format!("told-type-{type_word}")).into()),
            ("roles", roles(given, *l).as_str().into()),
            ("before", before.as_str().into()),
            ("after", after.as_str().into()),
            ("dated", l.dated(&word(dated)).as_str().into()),
            ("title", word(title).as_str().into()),
            ("name", word(fact("name")).as_str().into()),
            ("domain", word(fact("domain")).as_str().into()),
            ("setting", word(fact("setting")).as_str().into()),
            ("route", word(fact("route")).as_str().into()),
            (
                "language",
                l.word("told-language", &word(fact("language")))
                    .as_str()
                    .into(),
            ),
        ],
    )
}

/// The partner by the name that the event recorded, or that it has now.
fn partner_name(told: &Told) -> &str {
    let recorded = match told.kind {
        EventKind::PartnerAdded | EventKind::PartnerSuspended | EventKind::PartnerReinstated => {
            "name"
        }
        _ => "partner_name",
    };
    let fact = |name: &str| told.facts.get(name).and_then(Value::as_str);
    fact(recorded)
        .or_else(|| fact("partner_name"))
        .or_else(|| told.partner.as_ref().map(|(_, name)| name.as_str()))
        .unwrap_or_default()
}

/// A value before or after a change: a switch as yes or no, roles as a list, a word as it is.
fn change(value: &Value, l: Locale) -> String {
    match value {
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(word) => word.clone(),
        value => roles(value, l),
    }
}

/// Roles as a list in a sentence: bare words, or grants that name their role.
fn roles(value: &Value, l: Locale) -> String {
    let word = |role: &Value| {
        let word = role.as_str().or_else(|| role.get("role")?.as_str())?;
        let name = l.word("member-role", word);
        Some(match l.language {
            Language::En => name,
            Language::Fr => name.to_lowercase(),
        })
    };
    let names = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let names: Vec<String> = names.iter().filter_map(word).collect();
    match names.split_last() {
        None => l.t("told-no-role").to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{}{}{last}", rest.join(", "), l.t("told-and")),
    }
}

/// Who did it: a name, or what acts without one.
#[must_use]
pub fn actor_words(told: &Told, l: &Locale) -> String {
    match &told.actor {
        ToldActor::Person { name, .. } | ToldActor::Visitor { name } => match name {
            Some(name) => name.clone(),
            None => l.t("told-erased").to_owned(),
        },
        ToldActor::CommandLine => l.t("told-command-line").to_owned(),
        ToldActor::Entente => "Entente".to_owned(),
    }
}

/// For whom: the role on our own side, the partner on its side.
#[must_use]
pub fn party_words(told: &Told, l: &Locale) -> String {
    match &told.actor {
        ToldActor::Person {
            side: Side::Partner,
            ..
        } => match &told.partner {
            Some((_, name)) => name.clone(),
            None => l.t("told-partner-side").to_owned(),
        },
        ToldActor::Person { role, .. } => l.t(role_key(*role)).to_owned(),
        ToldActor::CommandLine => l.t("member-role-operator").to_owned(),
        ToldActor::Entente => l.t("told-automatic").to_owned(),
        ToldActor::Visitor { .. } => l.t("told-visitor").to_owned(),
    }
}

/// A sentence that stands alone: with a capital letter.
#[must_use]
pub fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A sentence cut around a name, so that the name can be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// What stands before the name; the whole sentence where the name isn't in it.
    pub before: String,
    /// The name, or nothing.
    pub name: String,
    /// What stands after it.
    pub after: String,
}

/// Cuts a sentence around the partner's name.
#[must_use]
pub fn around(told: &Told, sentence: &str) -> Around {
    let name = partner_name(told);
    match sentence.split_once(name) {
        Some((before, after)) if !name.is_empty() => Around {
            before: before.to_owned(),
            name: name.to_owned(),
            after: after.to_owned(),
        },
        _ => Around {
            before: sentence.to_owned(),
            name: String::new(),
            after: String::new(),
        },
    }
}

/// How a kind of event looks: the badge's tone and the icon.
#[must_use]
pub const fn tone(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::InvitationAccepted => ("good", "check"),
        EventKind::RolesRemoved => ("risk", "minus-circle"),
        EventKind::RolesEnded | EventKind::RelationshipEnded => ("", "clock"),
        EventKind::PasswordChanged => ("", "key"),
        EventKind::AgreementClaimed => ("info", "chat"),
        EventKind::AgreementClaimDismissed => ("", "minus-circle"),
        kind => match kind.group() {
            EventGroup::Invitations => ("info", "mail"),
            EventGroup::Agreements => ("good", "document"),
            EventGroup::Denied => ("warn", "warning"),
            EventGroup::Roles | EventGroup::People => ("", "person"),
        },
    }
}

/// An event as a line of a timeline.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who did it.
    pub who: String,
    /// What, in words that follow.
    pub what: String,
    /// When, for people.
    pub when: String,
    /// When, for machines.
    pub machine: String,
    /// The dot's tone.
    pub tone: &'static str,
    /// The dot's icon.
    pub icon: &'static str,
    /// Where from, in a timeline that says it.
    pub place: String,
}

/// An event as a line of a timeline.
#[must_use]
pub fn line(told: &Told, l: &Locale) -> Line {
    let (tone, icon) = tone(told.kind);
    Line {
        who: match told.actor {
            ToldActor::CommandLine => l.t("told-by-command-line").to_owned(),
            _ => actor_words(told, l),
        },
        what: sentence(told, l),
        when: l.date_time(&told.at),
        machine: l.machine(&told.at),
        tone,
        icon,
        place: String::new(),
    }
}

/// The same with the place: the partner of its own staff, the address of anybody else.
#[must_use]
pub fn placed(told: &Told, l: &Locale) -> Line {
    let place = match told.actor {
        ToldActor::Person {
            side: Side::Partner,
            ..
        } => party_words(told, l),
        _ => told.client_address.clone().unwrap_or_default(),
    };
    Line {
        place,
        ..line(told, l)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        domain::{Instant, event::Outcome},
        id::Id,
        web::words::words,
    };

    fn told(kind: EventKind, facts: Value) -> Told {
        let at = Instant::UNIX_EPOCH;
        Told {
            id: Id::at(at),
            number: 1,
            at,
            kind,
            outcome: Outcome::Done,
            actor: ToldActor::Entente,
            partner: Some((Id::at(at), "Quill Systems".into())),
            tenant: None,
            relationship: None,
            invitation: None,
            subject_name: None,
            text: None,
            client_address: None,
            request_id: None,
            facts,
        }
    }

    fn locale(language: Language) -> Locale {
        Locale {
            language,
            zone: chrono_tz::Tz::UTC,
        }
    }

    #[test]
    fn every_kind_of_event_has_a_sentence_in_every_language() {
        for language in Language::ALL {
            for kind in EventKind::ALL {
                let key = format!("told-{}", kind.as_str().replace(['.', '_'], "-"));
                assert!(words(*language).has(&key), "{language} {key}");
                let sentence = sentence(&told(*kind, json!({})), &locale(*language));
                assert!(!sentence.contains('{'), "{language} {sentence}");
            }
        }
    }

    #[test]
    fn a_place_is_the_partner_of_its_staff_and_an_address_otherwise() {
        let by = |side| Told {
            actor: ToldActor::Person {
                name: Some("Hugo".into()),
                side,
                role: None,
            },
            client_address: Some("192.0.2.1".into()),
            ..told(EventKind::RolesRemoved, json!({}))
        };
        let place = |side| placed(&by(side), &locale(Language::En)).place;
        assert_eq!(place(Side::Partner), "Quill Systems");
        assert_eq!(place(Side::Tenant), "192.0.2.1");
    }

    #[test]
    fn a_sentence_follows_a_name() {
        let facts = json!({ "partner_name": "Quill Systems", "count": 2 });
        let removed = told(EventKind::RolesRemoved, facts);
        let en = sentence(&removed, &locale(Language::En));
        assert_eq!(en, "removed 2 roles from Quill Systems");
        assert_eq!(capitalized(&en), "Removed 2 roles from Quill Systems");
        assert_eq!(around(&removed, &en).name, "Quill Systems");
        let grants = json!([{ "role": "global_administrator" }]);
        let facts = json!({ "partner_name": "Fjord", "type": "advisor", "grants": grants });
        assert_eq!(
            sentence(
                &told(EventKind::InvitationAccepted, facts),
                &locale(Language::En)
            ),
            "accepted the invitation from Fjord as advisor, giving it the role Global administrator"
        );
    }
}
