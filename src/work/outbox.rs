//! The outbox: mail is written in the same transaction as what it tells of.

use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable},
};
use serde_json::Value;

use crate::{
    db::{DbConn, MultiBackend, literal, prepared, schema::outgoing_mail, types::Ts},
    domain::{
        Instant, InvitationId, Language, MailId, PartnerId, PersonId, RelationshipId, TenantId,
        words,
    },
    error::Error,
    id::Id,
    on_each,
    secret::Secret,
};

words! {
    /// What a mail is about.
    MailKind {
        /// An invitation, with its link.
        Invitation = "invitation",
        /// An invitation was accepted.
        InvitationAccepted = "invitation_accepted",
        /// The receipt of an acceptance, to whoever accepted.
        AcceptanceReceipt = "acceptance_receipt",
        /// A newer version of the agreement asks for a new acceptance.
        AgreementRenewal = "agreement_renewal",
        /// An invitation was declined.
        InvitationDeclined = "invitation_declined",
        /// An invitation was withdrawn.
        InvitationWithdrawn = "invitation_withdrawn",
        /// Admin roles were removed.
        RolesRemoved = "roles_removed",
        /// A partner gave admin roles back.
        RolesGivenBack = "roles_given_back",
        /// A partner ended a relationship.
        RelationshipEnded = "relationship_ended",
        /// Admin roles end in 30, 7 or 1 days.
        RolesEnding = "roles_ending",
        /// Admin roles ran out.
        RolesEnded = "roles_ended",
        /// An invitation to join a partner's staff, with its link.
        StaffInvitation = "staff_invitation",
        /// A customer wrote to a partner.
        ContactRequest = "contact_request",
        /// A partner declined what a customer wrote.
        ContactDeclined = "contact_declined",
        /// A link by which a password is set.
        PasswordReset = "password_reset",
        /// A password was changed.
        PasswordChanged = "password_changed",
        /// All other sessions were ended.
        SessionsEnded = "sessions_ended",
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
    /// What is told once, however often somebody notices: words for the thing, the moment and the
    /// side. A second mail of the same words isn't written.
    pub once: Option<&'a str>,
}

/// A mail that waits, as read to be written out and sent.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// The one address that it goes to.
    pub recipient: String,
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
    /// The secret link, opened; none where the mail has none.
    pub link: Option<String>,
    /// The one Message-ID that it will ever have.
    pub message_id: String,
    /// When it was written.
    pub created_at: Instant,
    /// The file that goes with it, read when it is sent.
    pub attached: Option<Attached>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What is in it, to the byte.
    pub bytes: Vec<u8>,
}

/// A mail in words: what a person reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject: our words and names of organizations, never a partner's own text.
    pub subject: String,
    /// The part that every reader shows.
    pub text: String,
    /// The part in the product's look.
    pub html: String,
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
    let row = (
        (
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
        ),
        (
            outgoing_mail::sealed_link.eq(sealed),
            outgoing_mail::state.eq("queued"),
            outgoing_mail::message_id.eq(format!("<{id}@entente>")),
            outgoing_mail::attempts.eq(0),
            outgoing_mail::run_at.eq(Ts::from(now)),
            outgoing_mail::created_at.eq(Ts::from(now)),
            outgoing_mail::once.eq(mail.once),
        ),
    );
    on_each!(conn, c => diesel::insert_into(outgoing_mail::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c)?);
    Ok(())
}

/// Whether somebody may have got an invitation's mail: it was handed over, or somebody is at it or
/// was.
///
/// # Errors
/// The database's.
pub fn may_have_invited(conn: &mut DbConn, invitation: InvitationId) -> Result<bool, Error> {
    let tried = outgoing_mail::attempts
        .gt(0)
        .or(outgoing_mail::lease.is_not_null());
    let waits = outgoing_mail::state.eq(literal("queued"));
    let mails: i64 = outgoing_mail::table
        .filter(outgoing_mail::invitation_id.eq(invitation))
        .filter(outgoing_mail::kind.eq(MailKind::Invitation.as_str()))
        .filter(
            outgoing_mail::state
                .eq(literal("handed_over"))
                .or(waits.and(tried)),
        )
        .count()
        .get_result(conn)?;
    Ok(mails > 0)
}

/// Takes a waiting link for a new password back, when a newer one takes its place.
///
/// # Errors
/// The database's.
pub fn drop_password_reset(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<(), Error> {
    let of_person = outgoing_mail::person_id.eq(person);
    take_back(conn, MailKind::PasswordReset, of_person, now)
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
    let about_it = outgoing_mail::invitation_id.eq(invitation);
    take_back(conn, MailKind::Invitation, about_it, now)
}

/// Takes a waiting invitation to join a partner's staff back, by the words that it is told once by.
///
/// # Errors
/// The database's.
pub fn drop_staff_invitation(conn: &mut DbConn, once: String, now: Instant) -> Result<(), Error> {
    take_back(
        conn,
        MailKind::StaffInvitation,
        outgoing_mail::once.eq(once),
        now,
    )
}

fn take_back<C>(conn: &mut DbConn, kind: MailKind, which: C, now: Instant) -> Result<(), Error>
where
    C: BoxableExpression<outgoing_mail::table, MultiBackend, SqlType = Nullable<Bool>> + 'static,
{
    let which: Box<
        dyn BoxableExpression<outgoing_mail::table, MultiBackend, SqlType = Nullable<Bool>>,
    > = Box::new(which);
    prepared(
        diesel::update(
            outgoing_mail::table
                .filter(outgoing_mail::kind.eq(kind.as_str()))
                .filter(outgoing_mail::state.eq(literal("queued")))
                .filter(which),
        )
        .set((
            outgoing_mail::state.eq("obsolete"),
            outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
            outgoing_mail::facts.eq("{}"),
            outgoing_mail::closed_at.eq(Some(Ts::from(now))),
        )),
    )
    .execute(conn)?;
    Ok(())
}
