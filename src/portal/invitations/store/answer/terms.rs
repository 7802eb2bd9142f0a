//! The terms that hold now, and who may accept them.

use diesel::prelude::*;

use super::super::invitation::Invitation;
use crate::{
    access::guards::BillingAdmin,
    db::{DbConn, schema::tenants},
    domain::{
        Instant, Language,
        invitation::Terms,
        membership::{MemberRole, may_accept},
    },
    error::Error,
    evidence::agreement::{self, Standing},
};

/// The terms that hold for a tenant now, as a page in this language shows them; `None` where the
/// operator published no agreement.
///
/// # Errors
/// The database's.
pub fn terms(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    language: Language,
    now: Instant,
) -> Result<Option<(Terms, Standing)>, Error> {
    let standing = agreement::standing(conn, by.scope(), by.tenant()?, language, now)?;
    let Some(standing) = standing else {
        return Ok(None);
    };
    let terms = Terms {
        relationship_type: invitation.relationship_type,
        roles: invitation.roles.clone(),
        days: invitation.days,
        people: invitation
            .people
            .iter()
            .map(|(person, _)| *person)
            .collect(),
        agreement_version: standing.version.id,
        agreement_language: standing.text.language,
        agreement_sha256: standing.text.sha256_hex(),
        accepts_agreement: !standing.suffices,
        page_language: language,
    };
    Ok(Some((terms, standing)))
}

/// Whether somebody with these roles may accept this invitation, by the tenant's setting as it is
/// now.
///
/// # Errors
/// The database's.
pub fn may(
    conn: &mut DbConn,
    by: &BillingAdmin,
    roles: &[MemberRole],
    invitation: &Invitation,
) -> Result<bool, Error> {
    let billing_may: bool = tenants::table
        .find(by.scope().tenant())
        .select(tenants::billing_may_accept_roles)
        .first(conn)?;
    Ok(may_accept(roles, !invitation.roles.is_empty(), billing_may))
}
