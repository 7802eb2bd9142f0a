//! One invitation of a partner's, with everything that its page shows.

use diesel::prelude::*;

use super::list::{self, Row};
use crate::{
    access::scope::PartnerScope,
    contacting::letter::asker_of,
    db::{
        DbConn,
        schema::{authorizations, invitation_people, invitations, people, relationships},
        types::Ts,
    },
    domain::{Instant, InvitationId, Language, PersonId, RelationshipId},
    error::Error,
};

/// An invitation, as its partner sees it.
#[derive(Debug, Clone)]
pub struct One {
    /// What the list shows.
    pub row: Row,
    /// How long the roles last, in days.
    pub days: Option<i32>,
    /// The language of its mail.
    pub language: Language,
    /// The partner's words.
    pub message: Option<String>,
    /// Where its mail goes; nowhere where the link is handed over.
    pub mail_to: Option<String>,
    /// Who would get a user account.
    pub people: Vec<(PersonId, String)>,
    /// When it got its outcome.
    pub closed_at: Option<Instant>,
    /// Why it was declined.
    pub decline_reason: Option<String>,
    /// The relationship that came of it.
    pub relationship: Option<RelationshipId>,
}

type Columns = (
    (Option<i32>, Language, Option<String>),
    (Option<String>, Option<Ts>, Option<String>),
);

/// One invitation of this partner's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is another partner's.
pub fn find(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: InvitationId,
    now: Instant,
) -> Result<One, Error> {
    let row = list::rows(conn, scope, vec![id], now)?.pop();
    let row = row.ok_or(Error::NotFound)?;
    let ((days, language, message), (domain, closed, decline_reason)): Columns = invitations::table
        .find(id)
        .filter(invitations::partner_id.eq(scope.partner()))
        .select((
            (
                invitations::days,
                invitations::language,
                invitations::message,
            ),
            (
                invitations::email_domain,
                invitations::closed_at,
                invitations::decline_reason,
            ),
        ))
        .first(conn)?;
    let by_address = domain.is_some_and(|domain| !domain.is_empty());
    let mail_to = if by_address {
        Some(row.written.clone())
    } else {
        asker_of(conn, id)?
    };
    Ok(One {
        row,
        days,
        language,
        message,
        mail_to,
        people: named(conn, id)?,
        closed_at: closed.map(Ts::instant),
        decline_reason,
        relationship: relationship(conn, scope, id)?,
    })
}

fn named(conn: &mut DbConn, id: InvitationId) -> Result<Vec<(PersonId, String)>, Error> {
    let rows: Vec<(PersonId, Option<String>)> = invitation_people::table
        .inner_join(people::table)
        .filter(invitation_people::invitation_id.eq(id))
        .order((people::name_folded, people::id))
        .select((people::id, people::name))
        .load(conn)?;
    let known = |(id, name): (PersonId, Option<String>)| Some((id, name?));
    Ok(rows.into_iter().filter_map(known).collect())
}

fn relationship(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: InvitationId,
) -> Result<Option<RelationshipId>, Error> {
    Ok(authorizations::table
        .inner_join(relationships::table.on(relationships::id.eq(authorizations::relationship_id)))
        .filter(relationships::partner_id.eq(scope.partner()))
        .filter(authorizations::invitation_id.eq(id))
        .select(relationships::id)
        .first(conn)
        .optional()?)
}
