//! The terms that hold now, and who may accept them.

use diesel::prelude::*;

use super::super::invitation::Invitation;
use crate::{
    access::{
        employer::works_for,
        guards::{BillingAdmin, Guard},
    },
    db::{DbConn, schema::tenants},
    domain::{
        Instant, Language,
        invitation::Terms,
        membership::{MayNot, MemberRole, may_accept, that_accept},
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

/// Who may accept an invitation, by the tenant's setting as it is now, and whether this person does.
#[derive(Debug, Clone, Copy)]
pub struct Accepters {
    /// The roles of which one is needed.
    pub roles: &'static [MemberRole],
    /// Whether this person may.
    pub this_one: Result<(), MayNot>,
}

/// Who may accept an invitation.
///
/// # Errors
/// The database's.
pub fn accepters(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
) -> Result<Accepters, Error> {
    let billing_may: bool = tenants::table
        .find(by.scope().tenant())
        .select(tenants::billing_may_accept_roles)
        .first(conn)?;
    let (acting, inviter) = (by.acting(), invitation.partner.id);
    let roles = that_accept(!invitation.roles.is_empty(), billing_may);
    let employed = works_for(conn, acting.person, inviter)?;
    Ok(Accepters {
        roles,
        this_one: may_accept(&acting.roles, roles, employed),
    })
}
