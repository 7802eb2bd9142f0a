//! Whether a mail still tells the truth, asked at the last moment before it is sent.

use diesel::prelude::*;
use serde_json::Value;

use crate::{
    contacting::letter::still_waits,
    db::{
        DbConn, literal,
        schema::{
            grants, invitation_tokens, invitations, partners, password_resets, staff_invitations,
        },
        types::Ts,
        word,
    },
    domain::{
        GrantId, Instant, grant::GrantState, staff_invitation::StaffInvitationState, token::Token,
    },
    error::Error,
    work::{
        outbox::{MailKind, Waiting},
        renewals,
    },
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
        MailKind::StaffInvitation => staff_invitation_waits(conn, mail, now),
        MailKind::ContactRequest => still_waits(conn, mail, now),
        MailKind::AgreementRenewal => renewals::still_asked(conn, mail, now),
        MailKind::InvitationAccepted
        | MailKind::AcceptanceReceipt
        | MailKind::InvitationDeclined
        | MailKind::InvitationWithdrawn
        | MailKind::RolesRemoved
        | MailKind::RolesGivenBack
        | MailKind::RelationshipEnded
        | MailKind::RolesEnded
        | MailKind::ContactDeclined
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
        .filter(invitations::state.eq(word::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(waiting > 0)
}

/// Roles that are warned of are still held: any of those that the mail names, or of the
/// relationship's where it names none.
fn roles_end(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let named = mail.facts.get("grants").and_then(Value::as_array);
    let ids = |grants: &Vec<Value>| -> Vec<GrantId> {
        let ids = grants.iter().filter_map(Value::as_str);
        ids.filter_map(|id| id.parse().ok()).collect()
    };
    let live = grants::table
        .filter(grants::state.eq(literal(GrantState::Live.as_str())))
        .filter(grants::ends_at.gt(Ts::from(now)));
    let held: i64 = match (named, mail.relationship) {
        (Some(named), _) => live
            .filter(grants::id.eq_any(ids(named)))
            .count()
            .get_result(conn)?,
        (None, Some(relationship)) => live
            .filter(grants::relationship_id.eq(relationship))
            .count()
            .get_result(conn)?,
        (None, None) => 0,
    };
    Ok(held > 0)
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

/// Open, in time, and of a partner whose staff may act.
fn staff_invitation_waits(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let Some(hash) = hash(mail) else {
        return Ok(false);
    };
    let waiting: i64 = staff_invitations::table
        .inner_join(partners::table)
        .filter(staff_invitations::token_hash.eq(hash))
        .filter(staff_invitations::state.eq(literal(StaffInvitationState::Open.as_str())))
        .filter(staff_invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(waiting > 0)
}
