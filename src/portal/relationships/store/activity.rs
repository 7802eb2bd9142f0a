//! What happened between a tenant and a partner, from the tenant's own chain.

use diesel::prelude::*;
use serde_json::Value;

use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{chains, events, personal_data},
        types::Ts,
    },
    domain::{
        EventId, Instant, PartnerId,
        event::{EventKind, Outcome},
        membership::Side,
    },
    error::Error,
    id::Id,
};

/// The most lines that a partner's page shows.
const SHOWN: i64 = 10;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody of one side; without a name where it was erased.
    Person {
        /// The name.
        name: Option<String>,
        /// The side acted for.
        side: Side,
        /// Where the request came from.
        address: Option<String>,
    },
    /// The operator, at the command line.
    CommandLine,
    /// Nobody: it happened by itself.
    Entente,
}

/// One line of the activity.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: EventKind,
    /// Whether it happened or was refused.
    pub outcome: Outcome,
    /// Who.
    pub who: Who,
    /// How many roles it was about.
    pub roles: i64,
}

/// A person's name as evidence keeps it beside itself; none where it was erased.
pub(super) fn text_of(data: Option<&str>, field: &str) -> Option<String> {
    let data: Value = serde_json::from_str(data?).ok()?;
    let text = data.get(field)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

fn who(canonical: &Value, data: Option<&str>) -> Who {
    let actor = canonical.get("actor");
    let word = |name| actor.and_then(|actor| actor.get(name)?.as_str());
    match word("kind") {
        Some("person") => Who::Person {
            name: text_of(data, "name"),
            side: word("side").and_then(Side::parse).unwrap_or(Side::Tenant),
            address: text_of(data, "client_address"),
        },
        Some("command_line") => Who::CommandLine,
        _ => Who::Entente,
    }
}

fn roles(canonical: &Value) -> i64 {
    let facts = canonical.get("facts");
    let given = facts.and_then(|facts| facts.get("grants")?.as_array());
    let count = facts.and_then(|facts| facts.get("count")?.as_i64());
    count.unwrap_or_else(|| given.map_or(0, |given| i64::try_from(given.len()).unwrap_or(0)))
}

/// The last things that concern a partner in this tenant's chain, the newest first.
///
/// # Errors
/// The database's.
pub fn activity(
    conn: &mut DbConn,
    scope: TenantScope,
    partner: PartnerId,
) -> Result<Vec<Happened>, Error> {
    let rows: Vec<(EventId, Ts, EventKind, Outcome, String)> = events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .filter(events::partner_id.eq(partner))
        .order(events::number.desc())
        .limit(SHOWN)
        .select((
            events::id,
            events::at,
            events::kind,
            events::outcome,
            events::canonical,
        ))
        .load(conn)?;
    let owners: Vec<Id<()>> = rows.iter().map(|row| Id::from_uuid(row.0.uuid())).collect();
    let actors: Vec<(Id<()>, Option<String>)> = personal_data::table
        .filter(personal_data::owner_id.eq_any(owners))
        .filter(personal_data::owner_kind.eq("event"))
        .filter(personal_data::label.eq("actor"))
        .select((personal_data::owner_id, personal_data::data))
        .load(conn)?;
    let happened = |(id, at, kind, outcome, canonical): (EventId, Ts, _, _, String)| {
        let actor = actors.iter().find(|actor| actor.0.uuid() == id.uuid());
        let canonical: Value = serde_json::from_str(&canonical).map_err(Error::internal)?;
        Ok(Happened {
            at: at.instant(),
            kind,
            outcome,
            who: who(&canonical, actor.and_then(|actor| actor.1.as_deref())),
            roles: roles(&canonical),
        })
    };
    rows.into_iter().map(happened).collect()
}

/// When roles of a partner were removed, read back from the event of that number.
///
/// # Errors
/// The database's.
pub fn removal_of(
    conn: &mut DbConn,
    scope: TenantScope,
    partner: PartnerId,
    number: i64,
) -> Result<Option<Instant>, Error> {
    let at: Option<Ts> = events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .filter(events::partner_id.eq(partner))
        .filter(events::number.eq(number))
        .filter(events::kind.eq(EventKind::RolesRemoved))
        .select(events::at)
        .first(conn)
        .optional()?;
    Ok(at.map(Ts::instant))
}

/// The number of the last removal of a partner's roles, if there was one.
///
/// # Errors
/// The database's.
pub fn last_removal(
    conn: &mut DbConn,
    scope: TenantScope,
    partner: PartnerId,
) -> Result<Option<i64>, Error> {
    Ok(events::table
        .inner_join(chains::table)
        .filter(chains::tenant_id.eq(scope.tenant()))
        .filter(events::partner_id.eq(partner))
        .filter(events::kind.eq(EventKind::RolesRemoved))
        .order(events::number.desc())
        .select(events::number)
        .first(conn)
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_erased_actor_has_no_name_and_the_machine_none_either() {
        let person = json!({ "actor": { "kind": "person", "side": "partner" } });
        let data = r#"{"name":"Hugo","client_address":"192.0.2.1"}"#;
        let named = |name: Option<&str>, address: Option<&str>| Who::Person {
            name: name.map(Into::into),
            side: Side::Partner,
            address: address.map(Into::into),
        };
        assert_eq!(
            who(&person, Some(data)),
            named(Some("Hugo"), Some("192.0.2.1"))
        );
        assert_eq!(who(&person, None), named(None, None));
        let machine = json!({ "actor": { "kind": "command_line" } });
        assert_eq!(who(&machine, None), Who::CommandLine);
    }

    #[test]
    fn roles_are_counted_by_what_the_event_says() {
        assert_eq!(roles(&json!({ "facts": { "count": 3, "grants": [1] } })), 3);
        assert_eq!(roles(&json!({ "facts": { "grants": [1, 2] } })), 2);
        assert_eq!(roles(&json!({ "facts": {} })), 0);
    }
}
