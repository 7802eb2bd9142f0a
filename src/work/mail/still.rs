//! Whether a mail still tells the truth, asked at the last moment before it is sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::{
    db::{
        DbConn, literal,
        schema::{grants, invitation_tokens, invitations, partners, password_resets},
        types::Ts,
    },
    domain::{Instant, grant::GrantState, invitation::InvitationStatus, token::Token},
    error::Error,
    work::outbox::{MailKind, Waiting},
};

/// Whether there is still something to tell. What has happened has happened; what asks for an
/// answer or warns of an end may be out of date.
///
/// # Errors
/// The database's.
pub fn still_true(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    match mail.kind {
        MailKind::Invitation => invitation_waits(conn, mail, now),
        MailKind::RolesEnding => roles_end(conn, mail, now),
        MailKind::PasswordReset => reset_waits(conn, mail, now),
        MailKind::InvitationAccepted
        | MailKind::InvitationDeclined
        | MailKind::InvitationWithdrawn
        | MailKind::RolesRemoved
        | MailKind::RolesGivenBack
        | MailKind::RelationshipEnded
        | MailKind::RolesEnded
        | MailKind::PasswordChanged
        | MailKind::SessionsEnded => Ok(true),
    }
}

/// The hash of the token that a link ends with.
fn hash(mail: &Waiting) -> Option<Vec<u8>> {
    let link = mail.link.as_deref()?;
    let token = Token::parse(link.rsplit('/').next()?)?;
    Some(token.hash().to_vec())
}

/// Open, in time, from a partner who may invite, and by the link that works.
fn invitation_waits(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let (Some(invitation), Some(hash)) = (mail.invitation, hash(mail)) else {
        return Ok(false);
    };
    let waiting: i64 = invitation_tokens::table
        .inner_join(invitations::table.inner_join(partners::table))
        .filter(invitation_tokens::token_hash.eq(hash))
        .filter(invitation_tokens::killed_at.is_null())
        .filter(invitations::id.eq(invitation))
        .filter(invitations::state.eq(literal(InvitationStatus::Open.as_str())))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(waiting > 0)
}

/// Roles that are warned of are still held, and still end then, where the mail says when.
fn roles_end(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let Some(relationship) = mail.relationship else {
        return Ok(false);
    };
    let live: Vec<Ts> = grants::table
        .filter(grants::relationship_id.eq(relationship))
        .filter(grants::state.eq(literal(GrantState::Live.as_str())))
        .filter(grants::ends_at.gt(Ts::from(now)))
        .select(grants::ends_at)
        .load(conn)?;
    let said = mail.facts.get("ends_at").and_then(|at| at.as_str());
    let said = said.and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let said = said.map(|at| Ts::from(at.with_timezone(&Utc)));
    Ok(live
        .iter()
        .any(|ends| said.is_none_or(|said| said == *ends)))
}

/// The link sets a password once, for an hour, and only until a newer one is asked for.
fn reset_waits(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let Some(hash) = hash(mail) else {
        return Ok(false);
    };
    let waiting: i64 = password_resets::table
        .filter(password_resets::token_hash.eq(hash))
        .filter(password_resets::closed_at.is_null())
        .filter(password_resets::expires_at.gt(Ts::from(now)))
        .count()
        .get_result(conn)?;
    Ok(waiting > 0)
}
