//! What a tenant accepted before it authorized a partner.

use diesel::prelude::*;
use serde_json::Value;

use crate::{
    access::scope::Between,
    db::{
        DbConn,
        schema::{
            acceptances, agreement_texts, agreement_versions, authorizations, personal_data,
            relationships,
        },
        types::Ts,
    },
    domain::{
        AcceptanceId, AuthorizationId, Instant, RelationshipId, VersionId, membership::MemberRole,
    },
    error::Error,
    id::Id,
};

/// What the tenant accepted before this relationship began.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// The authorization.
    pub authorization: AuthorizationId,
    /// The acceptance.
    pub acceptance: AcceptanceId,
    /// The version.
    pub version: VersionId,
    /// The day that the version is known by.
    pub dated: String,
    /// The document's title, in the language accepted.
    pub title: String,
    /// SHA-256 of the very text, in hex.
    pub sha256: String,
    /// When.
    pub at: Instant,
    /// Who; none where the name was erased.
    pub by: Option<String>,
    /// The first of the roles held then.
    pub role: Option<MemberRole>,
}

type AgreedRow = (
    (AuthorizationId, AcceptanceId, VersionId, Ts, String),
    String,
    (String, Vec<u8>),
);

/// What the newest authorization of a relationship relied upon.
///
/// # Errors
/// The database's.
pub fn agreed(
    conn: &mut DbConn,
    between: Between,
    id: RelationshipId,
) -> Result<Option<Agreed>, Error> {
    let row: Option<AgreedRow> = authorizations::table
        .inner_join(
            acceptances::table
                .inner_join(agreement_versions::table)
                .inner_join(agreement_texts::table),
        )
        .inner_join(relationships::table)
        .filter(authorizations::tenant_id.eq(between.tenant()))
        .filter(relationships::partner_id.eq(between.partner()))
        .filter(authorizations::relationship_id.eq(id))
        .order((
            authorizations::authorized_at.desc(),
            authorizations::id.desc(),
        ))
        .select((
            (
                authorizations::id,
                acceptances::id,
                acceptances::version_id,
                acceptances::accepted_at,
                acceptances::record,
            ),
            agreement_versions::dated,
            (agreement_texts::title, agreement_texts::sha256),
        ))
        .first(conn)
        .optional()?;
    let Some(((authorization, acceptance, version, at, record), dated, (title, sha256))) = row
    else {
        return Ok(None);
    };
    let data: Option<Option<String>> = personal_data::table
        .filter(personal_data::owner_id.eq(Id::<()>::from_uuid(acceptance.uuid())))
        .filter(personal_data::owner_kind.eq("acceptance"))
        .filter(personal_data::label.eq("actor"))
        .select(personal_data::data)
        .first(conn)
        .optional()?;
    Ok(Some(Agreed {
        authorization,
        acceptance,
        version,
        dated,
        title,
        sha256: hex::encode(sha256),
        at: at.instant(),
        by: text_of(data.flatten().as_deref(), "name"),
        role: first_role(&record),
    }))
}

/// A person's name as evidence keeps it beside itself; none where it was erased.
fn text_of(data: Option<&str>, field: &str) -> Option<String> {
    let data: Value = serde_json::from_str(data?).ok()?;
    let text = data.get(field)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The role by which a record was made: the first held, in the order of the domain.
fn first_role(record: &str) -> Option<MemberRole> {
    let record: Value = serde_json::from_str(record).ok()?;
    let held = record.get("roles")?.as_array()?;
    let held: Vec<&str> = held.iter().filter_map(Value::as_str).collect();
    let mut roles = MemberRole::ALL.iter();
    roles.find(|role| held.contains(&role.as_str())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_names_the_first_role_that_was_held() {
        let record = r#"{"roles":["billing_administrator","global_administrator"]}"#;
        assert_eq!(first_role(record), Some(MemberRole::GlobalAdministrator));
        assert_eq!(first_role(r#"{"roles":[]}"#), None);
        assert_eq!(first_role("{}"), None);
    }
}
