//! Grants as they are kept, against the authorizations that gave them.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::{BATCH, Report};
use crate::{
    db::{DbConn, schema::grants, types::Ts},
    domain::{
        GrantId, MembershipId, PartnerId, RelationshipId, TenantId, event::EventKind,
        role::AdminRole,
    },
    error::Error,
    id::Id,
};

/// A grant as it is kept: the authorization that gave it, and what it says.
type Row = (
    Id<()>,
    (GrantId, AdminRole, Ts, Ts),
    (TenantId, PartnerId, RelationshipId),
);

/// The grants of some authorizations, by authorization.
pub(super) struct Kept(HashMap<uuid::Uuid, Vec<Row>>);

/// Reads the grants of some authorizations.
pub(super) fn of(conn: &mut DbConn, authorizations: Vec<Id<()>>) -> Result<Kept, Error> {
    let rows: Vec<Row> = grants::table
        .filter(grants::authorization_id.eq_any(authorizations))
        .order(grants::id)
        .select((
            grants::authorization_id,
            (grants::id, grants::role, grants::starts_at, grants::ends_at),
            (
                grants::tenant_id,
                grants::partner_id,
                grants::relationship_id,
            ),
        ))
        .load(conn)?;
    let mut by_authorization: HashMap<uuid::Uuid, Vec<Row>> = HashMap::new();
    for row in rows {
        by_authorization.entry(row.0.uuid()).or_default().push(row);
    }
    Ok(Kept(by_authorization))
}

/// Checks the grants of one authorization against its record: each is kept as it was given, and
/// nothing more was given.
pub(super) fn check(report: &mut Report, name: &str, (id, record): (Id<()>, &Value), kept: &Kept) {
    let given = record.get("grants").and_then(Value::as_array);
    let given = given.map(Vec::as_slice).unwrap_or_default();
    let kept = kept.0.get(&id.uuid()).map(Vec::as_slice);
    let kept = kept.unwrap_or_default();
    let whose = |(tenant, partner, relationship): &(TenantId, PartnerId, RelationshipId)| {
        record.pointer("/tenant/id") == Some(&json!(tenant))
            && record.pointer("/partner/id") == Some(&json!(partner))
            && record.get("relationship") == Some(&json!(relationship))
    };
    for (_, (grant, role, from, until), of) in kept {
        report.grants += 1;
        let told = json!({ "id": grant, "role": role, "from": from.text(), "until": until.text() });
        if !given.contains(&told) || !whose(of) {
            report.wrong(name, &format!("didn't give grant {grant} as it is kept"));
        }
    }
    for one in given {
        let there = kept
            .iter()
            .any(|row| one.get("id") == Some(&json!(row.1.0)));
        if !there {
            let grant = one.get("id").and_then(Value::as_str).unwrap_or_default();
            report.wrong(name, &format!("grant {grant} is missing"));
        }
    }
}

/// How many grants are kept, for [`all`] to compare with at the end.
pub(super) fn count(conn: &mut DbConn) -> Result<u64, Error> {
    let count: i64 = grants::table.count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Checks that every grant that is kept was found under an authorization.
pub(super) fn all(report: &mut Report, kept: u64) {
    if kept > report.grants {
        let strange = kept - report.grants;
        report.wrong(
            "grants",
            &format!("{strange} were given by no authorization"),
        );
    }
}

/// What the events of a chain closed.
#[derive(Default)]
pub(super) struct Closed {
    /// Each grant, with what closed it.
    by: HashMap<GrantId, Closing>,
    /// The last grant of each relationship and role: the next one takes its place.
    given: HashMap<(String, String), GrantId>,
    /// Whether an event closed grants that it doesn't name, as early versions wrote them.
    unnamed: bool,
}

/// What closed a grant.
struct Closing {
    /// The number of the event.
    number: i64,
    /// Who did.
    membership: Option<String>,
}

impl Closed {
    /// Notes the grants that an event closed, or gave in the place of others.
    pub(super) fn note(&mut self, kind: &str, number: i64, event: &Value) {
        let closing = [
            EventKind::RolesRemoved,
            EventKind::RolesGivenBack,
            EventKind::RolesEnded,
            EventKind::RelationshipEnded,
        ];
        if kind == EventKind::InvitationAccepted.as_str() {
            self.replace(number, event);
        } else if closing.iter().any(|one| one.as_str() == kind) {
            self.close(number, event);
        }
    }

    fn close(&mut self, number: i64, event: &Value) {
        let list = |name: &str| event.pointer(name).and_then(Value::as_array);
        let (closed, expired) = (list("/facts/grants"), list("/facts/expired"));
        self.unnamed |= closed.is_none();
        let membership = event.pointer("/actor/membership").and_then(Value::as_str);
        let ids = closed.into_iter().chain(expired).flatten();
        for id in ids.filter_map(|id| id.as_str()?.parse().ok()) {
            let membership = membership.map(str::to_owned);
            self.by.insert(id, Closing { number, membership });
        }
    }

    fn replace(&mut self, number: i64, event: &Value) {
        let word = |value: &Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
        let given = event.pointer("/facts/grants").and_then(Value::as_array);
        for grant in given.into_iter().flatten() {
            let key = word(event, "relationship").zip(word(grant, "role"));
            let id = word(grant, "id").and_then(|id| id.parse().ok());
            let (Some(key), Some(id)) = (key, id) else {
                continue;
            };
            if let Some(before) = self.given.insert(key, id) {
                let membership = None;
                let closing = Closing { number, membership };
                self.by.entry(before).or_insert(closing);
            }
        }
    }

    /// What is kept otherwise than the events say: as live though one closed it, as closed though
    /// none did, or by somebody else.
    pub(super) fn odd(
        &self,
        conn: &mut DbConn,
        tenant: Option<TenantId>,
    ) -> Result<Vec<String>, Error> {
        type Row = (GrantId, String, Option<MembershipId>);
        let Some(tenant) = tenant else {
            return Ok(Vec::new());
        };
        let (mut odd, mut after) = (Vec::new(), GrantId::from_uuid(uuid::Uuid::nil()));
        loop {
            let rows: Vec<Row> = grants::table
                .filter(grants::tenant_id.eq(tenant))
                .filter(grants::id.gt(after))
                .order(grants::id)
                .limit(BATCH)
                .select((grants::id, grants::state, grants::closed_by))
                .load(conn)?;
            let Some(last) = rows.last() else {
                return Ok(odd);
            };
            after = last.0;
            odd.extend(rows.iter().filter_map(|row| self.oddity(row)));
        }
    }

    fn oddity(
        &self,
        (grant, state, by): &(GrantId, String, Option<MembershipId>),
    ) -> Option<String> {
        match (self.by.get(grant), state.as_str()) {
            (None, "live") => None,
            (Some(Closing { number, .. }), "live") => Some(format!(
                "event {number} closed grant {grant}, which is kept as live"
            )),
            (None, _) if self.unnamed => None,
            (None, state) => Some(format!(
                "grant {grant} is kept as {state}, and no event closed it"
            )),
            (Some(closing), "removed") if closing.membership != by.map(|by| by.to_string()) => {
                let number = closing.number;
                Some(format!(
                    "grant {grant} is kept as removed by another than event {number} says"
                ))
            }
            (Some(_), _) => None,
        }
    }
}
