//! The outbox: mail is written in the same transaction as what it tells of.

use diesel::prelude::*;
use serde_json::Value;

use crate::{
    db::{DbConn, literal, schema::outgoing_mail, types::Ts},
    domain::{
        Instant, InvitationId, Language, MailId, PartnerId, PersonId, RelationshipId, TenantId,
        words,
    },
    error::Error,
    id::Id,
    secret::Secret,
};

words! {
    /// What a mail is about.
    MailKind {
        /// An invitation, with its link.
        Invitation = "invitation",
        /// An invitation was accepted.
        InvitationAccepted = "invitation_accepted",
        /// An invitation was declined.
        InvitationDeclined = "invitation_declined",
        /// An invitation was withdrawn.
        InvitationWithdrawn = "invitation_withdrawn",
        /// Admin roles were removed.
        RolesRemoved = "roles_removed",
        /// A password was changed.
        PasswordChanged = "password_changed",
    }
}

/// A mail to write.
#[derive(Debug, Clone)]
pub struct NewMail<'a> {
    /// What it is about.
    pub kind: MailKind,
    /// The one address that it goes to.
    pub recipient: &'a str,
    /// The language that it is written in.
    pub language: Language,
    /// The tenant that it concerns.
    pub tenant: Option<TenantId>,
    /// The partner that it concerns.
    pub partner: Option<PartnerId>,
    /// The invitation that it concerns.
    pub invitation: Option<InvitationId>,
    /// The relationship that it concerns.
    pub relationship: Option<RelationshipId>,
    /// The person that it is written to, where we know one.
    pub person: Option<PersonId>,
    /// What its words are made from.
    pub facts: Value,
    /// A link that holds a secret: kept sealed, blanked when the mail is handed over.
    pub secret_link: Option<(&'a Secret, &'a str)>,
}

/// Writes a mail into the outbox, under the one Message-ID that it will ever have.
///
/// # Errors
/// The database's.
pub fn enqueue(conn: &mut DbConn, mail: &NewMail<'_>, now: Instant) -> Result<(), Error> {
    let id: MailId = Id::at(now);
    let sealed = match mail.secret_link {
        Some((secret, link)) => Some(secret.seal(link)?),
        None => None,
    };
    diesel::insert_into(outgoing_mail::table)
        .values((
            outgoing_mail::id.eq(id),
            outgoing_mail::kind.eq(mail.kind.as_str()),
            outgoing_mail::recipient.eq(Some(mail.recipient)),
            outgoing_mail::language.eq(mail.language),
            outgoing_mail::tenant_id.eq(mail.tenant),
            outgoing_mail::partner_id.eq(mail.partner),
            outgoing_mail::invitation_id.eq(mail.invitation),
            outgoing_mail::relationship_id.eq(mail.relationship),
            outgoing_mail::person_id.eq(mail.person),
            outgoing_mail::facts.eq(mail.facts.to_string()),
            outgoing_mail::sealed_link.eq(sealed),
            outgoing_mail::state.eq("queued"),
            outgoing_mail::message_id.eq(format!("<{id}@entente>")),
            outgoing_mail::attempts.eq(0),
            outgoing_mail::run_at.eq(Ts::from(now)),
            outgoing_mail::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes waiting mail about an invitation back, when there is nothing to answer any more.
///
/// # Errors
/// The database's.
pub fn drop_invitation(
    conn: &mut DbConn,
    invitation: InvitationId,
    now: Instant,
) -> Result<(), Error> {
    diesel::update(
        outgoing_mail::table
            .filter(outgoing_mail::invitation_id.eq(invitation))
            .filter(outgoing_mail::kind.eq(MailKind::Invitation.as_str()))
            .filter(outgoing_mail::state.eq(literal("queued"))),
    )
    .set((
        outgoing_mail::state.eq("obsolete"),
        outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
        outgoing_mail::closed_at.eq(Some(Ts::from(now))),
    ))
    .execute(conn)?;
    Ok(())
}
