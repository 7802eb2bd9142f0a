//! Accepting the customer agreement alone.

use diesel::prelude::*;
use serde_json::Value;

use crate::{
    access::{guards::BillingAdmin, scope::TenantScope},
    db::{
        DbConn,
        schema::{acceptances, partners, personal_data, relationships},
        word,
    },
    domain::{AcceptanceId, Instant, agreement::Offer, relationship::RelationshipType},
    error::Error,
    evidence::{
        acceptance::{Accepted, Act, record_acceptance},
        agreement,
    },
    work::receipt,
};

/// What became of the wish to accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepting {
    /// Accepted, or accepted before.
    Accepted,
    /// Another version or text holds now; nothing was written.
    Changed,
    /// The operator published no agreement; nothing was written.
    NoAgreement,
}

/// Accepts the agreement in force for the tenant. Accepting what is accepted is no error.
///
/// # Errors
/// [`Error::Conflict`] where the stored text is damaged; the database's.
pub fn accept(
    conn: &mut DbConn,
    by: &BillingAdmin,
    offer: &Offer,
    act: &Act,
    now: Instant,
) -> Result<Accepting, Error> {
    let standing = agreement::standing(conn, by.scope(), by.tenant()?, offer.page_language, now)?;
    let Some(standing) = standing else {
        return Ok(Accepting::NoAgreement);
    };
    let accepted = standing.accepted.as_ref().map(|accepted| accepted.version);
    if accepted == Some(standing.version.id) {
        return Ok(Accepting::Accepted);
    }
    let holds = Offer {
        version: standing.version.id,
        language: standing.text.language,
        sha256: standing.text.sha256_hex(),
        page_language: offer.page_language,
    };
    if holds != *offer {
        return Ok(Accepting::Changed);
    }
    let what = Accepted {
        version: &standing.version,
        text: &standing.text,
        invitation: None,
        grants: &[],
    };
    let id = record_acceptance(conn, by, &what, act, now)?;
    receipt::tell(conn, by, id, (&standing.version, &standing.text), now)?;
    Ok(Accepting::Accepted)
}

/// The partners that sell to this tenant, by name, at most 20.
///
/// # Errors
/// The database's.
pub fn sellers(conn: &mut DbConn, scope: TenantScope) -> Result<Vec<String>, Error> {
    let types: Vec<&str> = RelationshipType::ALL
        .iter()
        .filter(|kind| kind.sells())
        .map(|kind| kind.as_str())
        .collect();
    Ok(relationships::table
        .inner_join(partners::table)
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::state.eq(word::Active))
        .filter(relationships::relationship_type.eq_any(types))
        .order((relationships::sort_name, relationships::id))
        .select(partners::name)
        .limit(20)
        .load(conn)?)
}

/// Who accepted; `None` where the person was erased.
///
/// # Errors
/// [`Error::NotFound`] for another tenant's acceptance.
pub fn accepted_by(
    conn: &mut DbConn,
    scope: TenantScope,
    id: AcceptanceId,
) -> Result<Option<String>, Error> {
    let id: AcceptanceId = acceptances::table
        .filter(acceptances::tenant_id.eq(scope.tenant()))
        .filter(acceptances::id.eq(id))
        .select(acceptances::id)
        .first(conn)?;
    let data: Option<Option<String>> = personal_data::table
        .filter(personal_data::owner_id.eq(crate::id::Id::<()>::from_uuid(id.uuid())))
        .filter(personal_data::label.eq("actor"))
        .select(personal_data::data)
        .first(conn)
        .optional()?;
    let json = data
        .flatten()
        .and_then(|data| serde_json::from_str::<Value>(&data).ok());
    Ok(json.and_then(|json| json.get("name")?.as_str().map(str::to_owned)))
}
