//! What binds a record to its event, and by that to the chain: the event names the record's hash, and
//! both tell of the same act.

use serde_json::Value;

use crate::domain::event::EventKind;

/// What a record and its event have in common: how it is called, where it stands in the record, and
/// where in the event.
type Pair = (&'static str, &'static str, &'static str);

const BOTH: [Pair; 9] = [
    ("the event", "/event", "/id"),
    ("the number", "/number", "/number"),
    ("the time", "/at", "/at"),
    ("the tenant", "/tenant/id", "/tenant"),
    ("the person", "/person", "/actor/person"),
    ("the membership", "/membership", "/actor/membership"),
    ("the roles", "/roles", "/actor/roles"),
    ("the request", "/request", "/request"),
    ("the invitation", "/invitation", "/invitation"),
];
const OF_ACCEPTANCES: [Pair; 1] = [("the agreement", "/document", "/facts/document")];
const OF_AUTHORIZATIONS: [Pair; 6] = [
    ("the partner", "/partner/id", "/partner"),
    ("the partner's name", "/partner/name", "/facts/partner_name"),
    ("the relationship", "/relationship", "/relationship"),
    ("the type", "/type", "/facts/type"),
    ("the roles granted", "/grants", "/facts/grants"),
    ("the acceptance", "/acceptance", "/facts/acceptance"),
];

/// In what a record, whose text has this SHA-256 in hex, isn't the one that an event of this kind
/// tells of; nothing where it is.
#[must_use]
pub fn differs(
    kind: EventKind,
    (record, sha256): (&Value, &str),
    event: &Value,
) -> Option<&'static str> {
    if event.get("kind").and_then(Value::as_str) != Some(kind.as_str()) {
        return Some("what happened");
    }
    // Events that were written before they named it are bound by what they have in common alone.
    let named = event.pointer("/facts/record");
    if named.is_some_and(|named| named.as_str() != Some(sha256)) {
        return Some("the record's hash");
    }
    let own: &[Pair] = if kind == EventKind::AgreementAccepted {
        &OF_ACCEPTANCES
    } else {
        &OF_AUTHORIZATIONS
    };
    let differ = |(_, of_record, of_event): &&Pair| {
        let (one, other) = (record.pointer(of_record), event.pointer(of_event));
        one.is_none() || one != other
    };
    let mut pairs = BOTH.iter().chain(own);
    pairs.find(differ).map(|(what, ..)| *what)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        json!({
            "event": "e", "number": 7, "at": "t", "tenant": { "id": "n" }, "person": "p",
            "membership": "m", "roles": ["r"], "request": "q", "invitation": null,
            "document": { "sha256": "d" }, "statement": "I may.",
        })
    }

    fn event() -> Value {
        json!({
            "id": "e", "number": 7, "at": "t", "tenant": "n", "request": "q", "invitation": null,
            "actor": { "person": "p", "membership": "m", "roles": ["r"] },
            "kind": "agreement.accepted",
            "facts": { "document": { "sha256": "d" }, "record": "ab" },
        })
    }

    #[test]
    fn a_record_is_the_one_whose_hash_the_event_names() {
        let differs = |record: &Value, sha256, event: &Value| {
            differs(EventKind::AgreementAccepted, (record, sha256), event)
        };
        assert_eq!(differs(&record(), "ab", &event()), None);
        assert_eq!(
            differs(&record(), "cd", &event()),
            Some("the record's hash")
        );
        for (pointer, what) in [
            ("/person", "the person"),
            ("/at", "the time"),
            ("/document", "the agreement"),
        ] {
            let mut other = record();
            *other.pointer_mut(pointer).unwrap() = json!("x");
            assert_eq!(differs(&other, "ab", &event()), Some(what));
        }
        let mut other = event();
        other["kind"] = json!("invitation.accepted");
        assert_eq!(differs(&record(), "ab", &other), Some("what happened"));
        let mut older = event();
        older["facts"].as_object_mut().unwrap().remove("record");
        assert_eq!(differs(&record(), "cd", &older), None);
    }
}
