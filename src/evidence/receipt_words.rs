//! A receipt's record, as its page says it. Everything comes from the record itself: what was
//! renamed since shows under the name that it had.

use serde_json::Value;

use super::receipt::check::Proved;
use crate::{
    domain::{Instant, acceptance::RecordKind},
    web::locale::Locale,
};

/// A role that was granted in the same act.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The role's word.
    pub role: String,
    /// Until when.
    pub until: Option<Instant>,
}

/// The record in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// The document's title.
    pub title: String,
    /// The version, with its day.
    pub version: String,
    /// The version's id, where its text is.
    pub version_id: String,
    /// The language that it was read in, in words.
    pub language: String,
    /// That language's code.
    pub language_code: String,
    /// SHA-256 of the text's bytes.
    pub sha256: String,
    /// The partner that was authorized, with its public number, where the receipt is of that.
    pub partner: Option<(String, String)>,
    /// The type of relationship, in words; empty for an acceptance.
    pub relationship_type: String,
    /// The acceptance that an authorization relies upon; empty for an acceptance.
    pub acceptance: String,
    /// The tenant, by the name it had.
    pub tenant: String,
    /// Who; none where it was erased.
    pub name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The roles held, in words.
    pub roles: String,
    /// When.
    pub at: Option<Instant>,
    /// The same, to the microsecond, by UTC.
    pub exactly: String,
    /// When the person had signed in.
    pub signed_in: Option<Instant>,
    /// Where the request came from.
    pub address: Option<String>,
    /// By which browser.
    pub browser: Option<String>,
    /// The words beside the box; empty where there was none.
    pub statement: String,
    /// The words of the button.
    pub control: String,
    /// The language of the page.
    pub page_language: String,
    /// What was granted in the same act.
    pub grants: Vec<Granted>,
    /// The request.
    pub request: String,
    /// The application.
    pub application: String,
    /// The event's number in the tenant's chain.
    pub number: i64,
    /// The event's hash.
    pub hash: String,
}

impl Told {
    /// The record of a receipt that was checked.
    #[must_use]
    pub fn of(l: Locale, proved: &Proved) -> Self {
        let record = &proved.record;
        let word = |pointer: &str| {
            let value = record.pointer(pointer).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let time = |pointer: &str| word(pointer).parse().ok();
        let of_actor = |field: &str| {
            let value = proved.actor.as_ref()?.get(field)?.as_str()?;
            (!value.is_empty()).then(|| value.to_owned())
        };
        Self {
            title: word("/document/title"),
            version: l.dated(&word("/document/dated")),
            version_id: word("/document/version"),
            language: l.word("language", &word("/document/language")),
            language_code: word("/document/language"),
            sha256: word("/document/sha256"),
            partner: (proved.kind == RecordKind::Authorization)
                .then(|| (word("/partner/name"), word("/partner/number"))),
            relationship_type: match word("/type").as_str() {
                "" => String::new(),
                kind => l.word("type", kind),
            },
            acceptance: word("/acceptance"),
            tenant: word("/tenant/name"),
            name: of_actor("name"),
            email: of_actor("email"),
            roles: roles(l, record),
            at: time("/at"),
            exactly: word("/at"),
            signed_in: time("/authenticated_at"),
            address: of_actor("client_address"),
            browser: of_actor("user_agent"),
            statement: word("/statement"),
            control: word("/control"),
            page_language: l.word("language", &word("/page_language")),
            grants: grants(record),
            request: word("/request"),
            application: word("/application"),
            number: record
                .get("number")
                .and_then(Value::as_i64)
                .unwrap_or_default(),
            hash: proved.hash.clone(),
        }
    }
}

fn roles(l: Locale, record: &Value) -> String {
    let held = record.get("roles").and_then(Value::as_array);
    let held = held.map(Vec::as_slice).unwrap_or_default().iter();
    let words = held.filter_map(Value::as_str);
    let names: Vec<String> = words.map(|role| l.word("member-role", role)).collect();
    names.join(", ")
}

fn grants(record: &Value) -> Vec<Granted> {
    let given = record.get("grants").and_then(Value::as_array);
    let one = |grant: &Value| {
        let word = |field: &str| grant.get(field).and_then(Value::as_str);
        Some(Granted {
            role: word("role")?.to_owned(),
            until: word("until").and_then(|until| until.parse().ok()),
        })
    };
    let given = given.map(Vec::as_slice).unwrap_or_default();
    given.iter().filter_map(one).collect()
}
