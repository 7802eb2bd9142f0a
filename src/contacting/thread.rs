//! One thread, as both sides see it: what was written, the invitation that came of it, and the
//! relationship that came of that.

use diesel::prelude::*;

use super::read::Request;
use crate::{
    db::{
        DbConn,
        schema::{authorizations, invitations, relationships},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, RelationshipId, contact_request::ContactRequestState,
        invitation::InvitationStatus, relationship::RelationshipType,
    },
    error::Error,
    evidence::told::Line,
    web::locale::Locale,
};

/// The invitation that came of a request.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Its id.
    pub id: InvitationId,
    /// The type.
    pub kind: RelationshipType,
    /// What became of it, by the clock.
    pub status: InvitationStatus,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it can be answered.
    pub expires_at: Instant,
    /// When it got its outcome.
    pub closed_at: Option<Instant>,
    /// The relationship that came of it, whether it stands, and since when it doesn't.
    pub relationship: Option<(RelationshipId, Option<Instant>)>,
}

/// Reads what came of a request that somebody may see.
///
/// # Errors
/// The database's.
pub fn invited(
    conn: &mut DbConn,
    request: &Request,
    now: Instant,
) -> Result<Option<Invited>, Error> {
    let Some(id) = request.invitation else {
        return Ok(None);
    };
    let (kind, kept, created, expires, closed): (_, InvitationStatus, Ts, Ts, Option<Ts>) =
        invitations::table
            .find(id)
            .select((
                invitations::relationship_type,
                invitations::state,
                invitations::created_at,
                invitations::expires_at,
                invitations::closed_at,
            ))
            .first(conn)?;
    let relationship: Option<(RelationshipId, Option<Ts>)> = authorizations::table
        .inner_join(relationships::table)
        .filter(authorizations::invitation_id.eq(id))
        .select((relationships::id, relationships::ended_at))
        .first(conn)
        .optional()?;
    let late = kept == InvitationStatus::Open && now >= expires.instant();
    Ok(Some(Invited {
        id,
        kind,
        status: if late {
            InvitationStatus::Expired
        } else {
            kept
        },
        created_at: created.instant(),
        expires_at: expires.instant(),
        closed_at: closed.map(Ts::instant),
        relationship: relationship.map(|(id, ended)| (id, ended.map(Ts::instant))),
    }))
}

/// How a state looks: the badge's tone and its icon.
#[must_use]
pub const fn look(state: ContactRequestState) -> (&'static str, &'static str) {
    match state {
        ContactRequestState::New => ("info", "clock"),
        ContactRequestState::Answered => ("good", "check"),
        ContactRequestState::Declined => ("", "close"),
        ContactRequestState::Expired => ("", "minus-circle"),
    }
}

/// The thread as a timeline, the newest last.
#[must_use]
pub fn lines(l: Locale, request: &Request, invited: Option<&Invited>) -> Vec<Line> {
    let partner = request.partner.1.as_str();
    let customer = request.organization().unwrap_or_else(|| l.t("told-erased"));
    let line =
        |who: &str, key: &str, at: &Instant, (tone, icon): (&'static str, &'static str)| Line {
            who: who.to_owned(),
            what: l.t2(key, "partner", partner, "customer", customer),
            when: l.date_time(at),
            machine: l.machine(at),
            tone,
            icon,
            place: String::new(),
        };
    let erased = l.t("told-erased");
    let author = request.written.name.as_deref().unwrap_or(erased);
    let mut lines = vec![line(
        author,
        "thread-wrote",
        &request.created_at,
        ("info", "mail"),
    )];
    let staff = request.closed_by.as_deref().unwrap_or(erased);
    match (request.state, &request.closed_at) {
        (ContactRequestState::Answered, Some(at)) => {
            lines.push(line(staff, "thread-answered", at, ("info", "send")));
        }
        (ContactRequestState::Declined, Some(at)) => {
            lines.push(line(staff, "thread-declined", at, ("", "close")));
        }
        (ContactRequestState::Expired, _) => {
            let at = &request.expires_at;
            lines.push(line(partner, "thread-silent", at, ("", "clock")));
        }
        _ => {}
    }
    let Some(invited) = invited else { return lines };
    match (invited.status, &invited.closed_at) {
        (InvitationStatus::Accepted, Some(at)) => {
            lines.push(line(customer, "thread-accepted", at, ("good", "check")));
        }
        (InvitationStatus::Declined, Some(at)) => {
            lines.push(line(customer, "thread-refused", at, ("", "close")));
        }
        (InvitationStatus::Withdrawn, Some(at)) => {
            lines.push(line(partner, "thread-withdrew", at, ("", "minus-circle")));
        }
        (InvitationStatus::Expired, _) => {
            let at = &invited.expires_at;
            lines.push(line("Entente", "thread-lapsed", at, ("", "clock")));
        }
        _ => {}
    }
    if let Some((_, Some(ended))) = &invited.relationship {
        lines.push(line(partner, "thread-ended", ended, ("", "minus-circle")));
    }
    lines
}
