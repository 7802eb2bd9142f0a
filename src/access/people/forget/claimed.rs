//! What partners said of acceptances elsewhere.

use diesel::prelude::*;

use super::Named;
use crate::{
    db::{
        DbConn,
        schema::{agreement_claim_words, agreement_claims, memberships},
        types::Ts,
    },
    domain::{ClaimId, Instant, TenantId, text::fold},
    error::Error,
};

/// What was said of acceptances elsewhere: by the person, or of somebody of that name in a tenant that
/// the person belonged to. The name is all that such a claim knows.
pub fn claims(
    conn: &mut DbConn,
    named: &Named,
    tenants: &[TenantId],
    now: Instant,
) -> Result<(), Error> {
    let folded = fold(&named.name);
    let said: Vec<ClaimId> = agreement_claims::table
        .inner_join(memberships::table.on(memberships::id.eq(agreement_claims::claimed_by)))
        .filter(memberships::person_id.eq(named.person))
        .select(agreement_claims::id)
        .load(conn)?;
    let of: Vec<ClaimId> = agreement_claims::table
        .inner_join(agreement_claim_words::table)
        .filter(agreement_claims::tenant_id.eq_any(tenants.to_vec()))
        .filter(agreement_claim_words::name_folded.eq(folded))
        .select(agreement_claims::id)
        .load(conn)?;
    let both: Vec<ClaimId> = said.into_iter().chain(of).collect();
    let kept = agreement_claim_words::table
        .filter(agreement_claim_words::claim_id.eq_any(both))
        .filter(agreement_claim_words::erased_at.is_null());
    diesel::update(kept)
        .set((
            agreement_claim_words::name.eq(None::<String>),
            agreement_claim_words::name_folded.eq(None::<String>),
            agreement_claim_words::note.eq(None::<String>),
            agreement_claim_words::erased_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}
