//! What partners say of their customers: that they accepted the agreement elsewhere. No evidence, and
//! never asked where it is decided whether a customer has accepted enough.

mod write;

use diesel::prelude::*;

pub(super) use self::write::confirm;
pub use self::write::{Claiming, Said, dismiss, record};
use crate::{
    access::scope::{Between, TenantScope},
    db::{
        DbConn, MultiBackend, literal,
        schema::{agreement_claim_words, agreement_claims, agreement_versions, partners},
        types::Ts,
    },
    domain::{
        ClaimId, Instant, PartnerId, RelationshipId, VersionId, agreement::VersionState,
        claim::ClaimState,
    },
    error::Error,
};

/// A claim as both sides see it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// Who says so.
    pub partner: (PartnerId, String),
    /// Under which relationship.
    pub relationship: RelationshipId,
    /// The version that was in force.
    pub version: VersionId,
    /// The day that the version is known by.
    pub dated: String,
    /// Whether that version is still in force.
    pub in_force: bool,
    /// The day on which somebody is said to have accepted, `YYYY-MM-DD`.
    pub accepted_on: String,
    /// Who is said to have accepted; `None` where that was erased.
    pub name: Option<String>,
    /// The note beside it.
    pub note: Option<String>,
    /// When it was said.
    pub claimed_at: Instant,
    /// Where it stands.
    pub state: ClaimState,
    /// Since when it has an outcome.
    pub closed_at: Option<Instant>,
}

type Row = (
    (ClaimId, PartnerId, String, RelationshipId),
    (VersionId, String, VersionState),
    (String, Ts, ClaimState, Option<Ts>),
    (Option<String>, Option<String>),
);

macro_rules! claims {
    () => {
        agreement_claims::table
            .inner_join(partners::table)
            .inner_join(agreement_versions::table)
            .inner_join(agreement_claim_words::table)
            .order((agreement_claims::claimed_at.desc(), agreement_claims::id))
            .select((
                (
                    agreement_claims::id,
                    partners::id,
                    partners::name,
                    agreement_claims::relationship_id,
                ),
                (
                    agreement_versions::id,
                    agreement_versions::dated,
                    agreement_versions::state,
                ),
                (
                    agreement_claims::accepted_on,
                    agreement_claims::claimed_at,
                    agreement_claims::state,
                    agreement_claims::closed_at,
                ),
                (agreement_claim_words::name, agreement_claim_words::note),
            ))
            .into_boxed::<MultiBackend>()
    };
}

fn claim(row: Row) -> Claim {
    let ((id, partner, partner_name, relationship), of, said, (name, note)) = row;
    let (version, dated, version_state) = of;
    let (accepted_on, claimed_at, state, closed_at) = said;
    Claim {
        id,
        partner: (partner, partner_name),
        relationship,
        version,
        dated,
        in_force: version_state == VersionState::Published,
        accepted_on,
        name,
        note,
        claimed_at: claimed_at.instant(),
        state,
        closed_at: closed_at.map(Ts::instant),
    }
}

/// The claims about a tenant of which nobody there has said anything, the newest first.
///
/// # Errors
/// The database's.
pub fn open(conn: &mut DbConn, scope: TenantScope) -> Result<Vec<Claim>, Error> {
    let rows: Vec<Row> = claims!()
        .filter(agreement_claims::tenant_id.eq(scope.tenant()))
        .filter(agreement_claims::state.eq(literal(ClaimState::New.as_str())))
        .load(conn)?;
    Ok(rows.into_iter().map(claim).collect())
}

/// One claim about a tenant.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is about another tenant.
pub fn of_tenant(conn: &mut DbConn, scope: TenantScope, id: ClaimId) -> Result<Claim, Error> {
    let row: Row = claims!()
        .filter(agreement_claims::tenant_id.eq(scope.tenant()))
        .filter(agreement_claims::id.eq(id))
        .first(conn)?;
    Ok(claim(row))
}

/// What a partner said last of a customer.
///
/// # Errors
/// The database's.
pub fn newest(conn: &mut DbConn, between: Between) -> Result<Option<Claim>, Error> {
    let row: Option<Row> = claims!()
        .filter(agreement_claims::tenant_id.eq(between.tenant()))
        .filter(agreement_claims::partner_id.eq(between.partner()))
        .first(conn)
        .optional()?;
    Ok(row.map(claim))
}
