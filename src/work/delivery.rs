//! What became of a mail, as people are told: the stages of its delivery and why it was parked.

use std::collections::HashMap;

use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_types::Bool,
};

use super::outbox::MailKind;
use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn, MultiBackend, literal,
        schema::{invitations, later_mail as later, outgoing_mail},
        types::Ts,
    },
    domain::{Instant, InvitationId, words},
    error::Error,
};

words! {
    /// Why a mail wasn't handed over: safe to tell anybody, unlike a mail server's own words.
    Fault {
        /// The mail server can't be reached.
        Unreachable = "unreachable",
        /// The mail server isn't who it should be, or offers no encryption.
        Insecure = "insecure",
        /// The mail server took too long.
        Slow = "slow",
        /// The mail server doesn't take our user and password.
        SignIn = "sign_in",
        /// The mail server said to come again later.
        Later = "later",
        /// The mail server refused the mail or its address.
        Refused = "refused",
        /// The address isn't one that mail can be sent to.
        Address = "address",
        /// The link was sealed under another secret.
        Sealed = "sealed",
        /// The mail can't be put into words.
        Unwritten = "unwritten",
        /// It had waited too long.
        Stale = "stale",
        /// Something that should not happen.
        Other = "other",
    }
}

/// How far a mail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It waits to be handed over; from the second try on, with what was in the way.
    Queued(Option<Fault>),
    /// The mail server took it.
    HandedOver(Instant),
    /// It won't be sent unless the operator says so.
    Parked(Instant, Fault),
    /// There was nothing to tell any more when its turn came.
    Obsolete(Instant),
}

words! {
    /// What a list of invitations can be narrowed to.
    Stage {
        /// The mail waits.
        Queued = "queued",
        /// The mail server has it.
        HandedOver = "handed_over",
        /// It won't be sent.
        Failed = "failed",
        /// There is none, or none was to be sent any more.
        None = "none",
    }
}

/// The newest mail with the link of the invitation around it, in the order of [`of_invitations`].
macro_rules! newest {
    () => {{
        let kind = MailKind::Invitation.as_str();
        let of_invitation = later
            .field(outgoing_mail::invitation_id)
            .eq(outgoing_mail::invitation_id);
        let later_on = later
            .field(outgoing_mail::created_at)
            .gt(outgoing_mail::created_at);
        let at_once = later
            .field(outgoing_mail::created_at)
            .eq(outgoing_mail::created_at);
        let replaces = outgoing_mail::state
            .eq(literal("obsolete"))
            .and(later.field(outgoing_mail::state).ne(literal("obsolete")));
        let newer = later
            .filter(of_invitation)
            .filter(later.field(outgoing_mail::kind).eq(literal(kind)))
            .filter(later_on.or(at_once.and(replaces)))
            .select(later.field(outgoing_mail::id));
        outgoing_mail::table
            .filter(outgoing_mail::invitation_id.eq(invitations::id.nullable()))
            .filter(outgoing_mail::kind.eq(literal(kind)))
            .filter(not(exists(newer)))
            .select(outgoing_mail::id)
    }};
}

/// The condition that the newest mail with an invitation's link has come so far.
pub type Condition = Box<dyn BoxableExpression<invitations::table, MultiBackend, SqlType = Bool>>;

/// The condition that an invitation's mail is at a stage.
#[must_use]
pub fn is_at(stage: Stage) -> Condition {
    let kept = match stage {
        Stage::Queued => "queued",
        Stage::HandedOver => "handed_over",
        Stage::Failed => "parked",
        Stage::None => {
            let any = newest!().filter(outgoing_mail::state.ne(literal("obsolete")));
            return Box::new(not(exists(any)));
        }
    };
    let at = outgoing_mail::state.eq(literal(kept));
    Box::new(exists(newest!().filter(at)))
}

/// Why, from what is kept of a mail's last failure: a word of ours, then perhaps a server's.
#[must_use]
pub fn fault(last_error: &str) -> Fault {
    let word = last_error.split(':').next().unwrap_or_default();
    Fault::parse(word).unwrap_or(Fault::Other)
}

/// What became of the newest mail with an invitation's link; `None` where none was written.
///
/// # Errors
/// The database's.
pub fn of_invitation(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: InvitationId,
) -> Result<Option<Delivery>, Error> {
    Ok(of_invitations(conn, scope, vec![id])?.remove(&id))
}

/// The same for many, read together.
///
/// # Errors
/// The database's.
pub fn of_invitations(
    conn: &mut DbConn,
    scope: PartnerScope,
    ids: Vec<InvitationId>,
) -> Result<HashMap<InvitationId, Delivery>, Error> {
    type Row = (Option<InvitationId>, String, Option<String>, Option<Ts>);
    // The newest comes last, and stays; of two of one moment that one which took the other's place.
    let rows: Vec<Row> = outgoing_mail::table
        .inner_join(invitations::table)
        .filter(invitations::partner_id.eq(scope.partner()))
        .filter(outgoing_mail::invitation_id.eq_any(ids.into_iter().map(Some)))
        .filter(outgoing_mail::kind.eq(MailKind::Invitation.as_str()))
        .order((
            outgoing_mail::created_at,
            outgoing_mail::state.ne(literal("obsolete")),
            outgoing_mail::id,
        ))
        .select((
            outgoing_mail::invitation_id,
            outgoing_mail::state,
            outgoing_mail::last_error,
            outgoing_mail::closed_at,
        ))
        .load(conn)?;
    let told = rows.into_iter().filter_map(|(id, state, error, closed)| {
        let why = error.as_deref().map(fault);
        Some((id?, delivery(&state, why, closed.map(Ts::instant))))
    });
    Ok(told.collect())
}

/// What became of mails that are told once, by the words that they are told by.
///
/// # Errors
/// The database's.
pub fn told_once(
    conn: &mut DbConn,
    words: Vec<String>,
) -> Result<HashMap<String, Delivery>, Error> {
    type Row = (Option<String>, String, Option<String>, Option<Ts>);
    let rows: Vec<Row> = outgoing_mail::table
        .filter(outgoing_mail::once.eq_any(words.into_iter().map(Some)))
        .select((
            outgoing_mail::once,
            outgoing_mail::state,
            outgoing_mail::last_error,
            outgoing_mail::closed_at,
        ))
        .load(conn)?;
    let told = rows
        .into_iter()
        .filter_map(|(words, state, error, closed)| {
            let why = error.as_deref().map(fault);
            Some((words?, delivery(&state, why, closed.map(Ts::instant))))
        });
    Ok(told.collect())
}

fn delivery(state: &str, why: Option<Fault>, closed: Option<Instant>) -> Delivery {
    match (state, closed) {
        ("handed_over", Some(at)) => Delivery::HandedOver(at),
        ("parked", Some(at)) => Delivery::Parked(at, why.unwrap_or(Fault::Other)),
        ("obsolete", Some(at)) => Delivery::Obsolete(at),
        _ => Delivery::Queued(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_own_words_never_make_a_fault() {
        assert_eq!(fault("refused: 550 no such user"), Fault::Refused);
        assert_eq!(fault("insecure"), Fault::Insecure);
        assert_eq!(fault("550 refused"), Fault::Other);
        assert_eq!(fault(""), Fault::Other);
    }
}
