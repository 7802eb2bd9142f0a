//! The links of invitations: made, and killed.

use diesel::prelude::*;

use crate::{
    db::{DbConn, prepared, schema::invitation_tokens, types::Ts},
    domain::{Instant, InvitationId, InvitationTokenId, MembershipId, token::Token},
    error::Error,
    id::Id,
};

/// Makes an invitation's link, and keeps who made it; the operator's command line is no member.
/// The link is kept as a hash alone.
///
/// # Errors
/// The database's.
pub(super) fn new_token(
    conn: &mut DbConn,
    invitation: InvitationId,
    by: Option<MembershipId>,
    now: Instant,
) -> Result<Token, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let token = Token::from_random(&bytes);
    let id: InvitationTokenId = Id::at(now);
    diesel::insert_into(invitation_tokens::table)
        .values((
            invitation_tokens::id.eq(id),
            invitation_tokens::invitation_id.eq(invitation),
            invitation_tokens::token_hash.eq(token.hash().to_vec()),
            invitation_tokens::created_at.eq(Ts::from(now)),
            invitation_tokens::created_by.eq(by),
        ))
        .execute(conn)?;
    Ok(token)
}

/// Kills every link of an invitation.
///
/// # Errors
/// The database's.
pub fn kill_tokens(conn: &mut DbConn, id: InvitationId, now: Instant) -> Result<(), Error> {
    prepared(
        diesel::update(
            invitation_tokens::table
                .filter(invitation_tokens::invitation_id.eq(id))
                .filter(invitation_tokens::killed_at.is_null()),
        )
        .set(invitation_tokens::killed_at.eq(Some(Ts::from(now)))),
    )
    .execute(conn)?;
    Ok(())
}
