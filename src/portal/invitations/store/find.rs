//! Finding invitations, within the tenant that they are for or by their link.

use diesel::{dsl, prelude::*};

use super::{
    invitation::Invitation,
    row::{Row, complete, joined},
};
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{
            authorizations, invitation_tokens, invitations, memberships, partners, people,
            renewal_requests, tenants,
        },
        types::Ts,
        word,
    },
    domain::{Instant, InvitationId, RelationshipId, token::Token},
    error::Error,
    evidence::addressed,
};

/// Where every look at an invitation within a tenant starts.
fn in_tenant(scope: TenantScope) -> dsl::Filter<invitations::table, addressed::Condition> {
    invitations::table.filter(addressed::to_tenant(scope.tenant()))
}

fn all(conn: &mut DbConn, ids: Vec<InvitationId>, now: Instant) -> Result<Vec<Invitation>, Error> {
    let rows: Vec<Row> = joined!()
        .filter(invitations::id.eq_any(ids))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .load(conn)?;
    rows.into_iter()
        .map(|row| complete(conn, row, now))
        .collect()
}

/// One invitation of this tenant's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is for somebody else.
pub fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    id: InvitationId,
    now: Instant,
) -> Result<Invitation, Error> {
    let id: InvitationId = in_tenant(scope)
        .filter(invitations::id.eq(id))
        .select(invitations::id)
        .first(conn)?;
    let row: Row = joined!().filter(invitations::id.eq(id)).first(conn)?;
    complete(conn, row, now)
}

/// The newest invitations of this tenant, at most 200.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut DbConn, scope: TenantScope, now: Instant) -> Result<Vec<Invitation>, Error> {
    let ids = invitations::table
        .filter(addressed::all_to_tenant(scope.tenant()))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(200)
        .select(invitations::id)
        .load(conn)?;
    all(conn, ids, now)
}

/// What a link leads to: the invitation, and who invites; only while the link is alive and the
/// invitation open, so that strangers can't tell dead links apart.
///
/// # Errors
/// [`Error::NotFound`] in every other case.
pub fn by_live_token(
    conn: &mut DbConn,
    token: &Token,
    now: Instant,
) -> Result<(InvitationId, String, Instant), Error> {
    let row: (InvitationId, String, Ts) = invitation_tokens::table
        .inner_join(invitations::table.inner_join(partners::table))
        .filter(invitation_tokens::token_hash.eq(token.hash().to_vec()))
        .filter(invitation_tokens::killed_at.is_null())
        .filter(invitations::state.eq(word::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .select((invitations::id, partners::name, invitations::created_at))
        .first(conn)?;
    Ok((row.0, row.1, row.2.instant()))
}

/// This tenant's invitation that a link was ever made for, so that those whom it is for can be
/// told what became of it; and whether the link was killed.
///
/// # Errors
/// [`Error::NotFound`] for a link that never was, and for one to somebody else's.
pub fn by_any_token(
    conn: &mut DbConn,
    scope: TenantScope,
    token: &Token,
) -> Result<(InvitationId, bool), Error> {
    let (id, killed): (InvitationId, Option<Ts>) = invitation_tokens::table
        .filter(invitation_tokens::token_hash.eq(token.hash().to_vec()))
        .select((
            invitation_tokens::invitation_id,
            invitation_tokens::killed_at,
        ))
        .first(conn)?;
    let id = in_tenant(scope)
        .filter(invitations::id.eq(id))
        .select(invitations::id)
        .first(conn)?;
    Ok((id, killed.is_some()))
}

/// The relationship that accepting an invitation made or joined.
///
/// # Errors
/// The database's.
pub fn relationship_of(
    conn: &mut DbConn,
    scope: TenantScope,
    id: InvitationId,
) -> Result<Option<RelationshipId>, Error> {
    Ok(authorizations::table
        .filter(authorizations::tenant_id.eq(scope.tenant()))
        .filter(authorizations::invitation_id.eq(id))
        .select(authorizations::relationship_id)
        .first(conn)
        .optional()?)
}
