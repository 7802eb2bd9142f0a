//! Enough of JSON Schema to hold our own against what we hand out. A word of a schema that isn't
//! known here fails the test, so that nothing is passed over.

use serde_json::Value;

/// Everything in which a value isn't as a schema says, each with its place.
pub fn breaks(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    holds(root, schema, value, "$", &mut found);
    found
}

fn holds(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (word, says) in schema.as_object().unwrap() {
        let right = match word.as_str() {
            "$ref" => {
                let pointer = says.as_str().unwrap().trim_start_matches('#');
                holds(root, root.pointer(pointer).unwrap(), value, at, found);
                true
            }
            "type" => match says {
                Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
                kind => is_of(kind, value),
            },
            "const" => value == says,
            "enum" => says.as_array().unwrap().contains(value),
            "pattern" => fits(says.as_str().unwrap(), value.as_str().unwrap_or_default()),
            "required" => says
                .as_array()
                .unwrap()
                .iter()
                .all(|key| value.get(key.as_str().unwrap()).is_some()),
            "properties" => {
                for (key, schema) in says.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        holds(root, schema, value, &format!("{at}.{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object().unwrap();
                value
                    .as_object()
                    .is_none_or(|map| map.keys().all(|key| known.contains_key(key)))
            }
            "items" => {
                for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                    holds(root, says, value, &format!("{at}[{index}]"), found);
                }
                true
            }
            "$schema" | "title" | "description" | "$defs" => true,
            other => panic!("the schema says {other}, which this check doesn't know"),
        };
        if !right {
            found.push(format!("{at}: {word} {says}: {value}"));
        }
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

/// Patterns of sets of characters, each a number of times, and single characters: all that ours have.
fn fits(pattern: &str, text: &str) -> bool {
    let inside = pattern
        .strip_prefix('^')
        .unwrap()
        .strip_suffix('$')
        .unwrap();
    let (mut rest, mut text) = (inside.chars().peekable(), text.chars());
    while let Some(next) = rest.next() {
        let set: String = match next {
            '[' => rest.by_ref().take_while(|c| *c != ']').collect(),
            '\\' => rest.next().unwrap().to_string(),
            single => single.to_string(),
        };
        let times = if rest.next_if_eq(&'{').is_some() {
            let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
            digits.parse().unwrap()
        } else {
            1
        };
        for _ in 0..times {
            if !text.next().is_some_and(|c| within(&set, c)) {
                return false;
            }
        }
    }
    text.next().is_none()
}

fn within(set: &str, c: char) -> bool {
    let letters: Vec<char> = set.chars().collect();
    let ranges = letters
        .windows(3)
        .filter(|w| w[1] == '-')
        .any(|w| (w[0]..=w[2]).contains(&c));
    ranges || (letters.len() < 3 && letters.contains(&c))
}

#[test]
fn the_check_finds_what_breaks_a_schema() {
    use serde_json::json;
    let schema = json!({ "type": "object", "additionalProperties": false, "required": ["a"], "properties": { "a": { "type": "string", "pattern": "^[0-9a-f]{2}-Z$" }, "b": { "enum": [1] } } });
    for (value, broken) in [
        (json!({ "a": "0f-Z" }), 0),
        (json!({ "a": "0f-Z", "b": 1 }), 0),
        (json!({ "a": "0g-Z" }), 1),
        (json!({ "a": "0f-ZZ" }), 1),
        (json!({ "a": 1 }), 2),
        (json!({}), 1),
        (json!({ "a": "0f-Z", "c": 1 }), 1),
        (json!({ "a": "0f-Z", "b": 2 }), 1),
    ] {
        assert_eq!(breaks(&schema, &schema, &value).len(), broken, "{value}");
    }
}
