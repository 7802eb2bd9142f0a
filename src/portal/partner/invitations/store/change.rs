//! Making invitations and taking them back, as somebody of the partner's staff who may.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    access::guards::{Guard, Inviter},
    contacting::close::{self, Closing, Held},
    db::{DbConn, schema::invitations, types::Ts, word},
    domain::{
        ContactRequestId, Instant, InvitationId, Language, PersonId,
        contact_request::ContactRequestState,
        email::Email,
        grant::GrantDuration,
        invitation::{Addressee, InvitationStatus},
        public_id::PublicId,
        relationship::RelationshipType,
        role::AdminRole,
        text::FreeText,
    },
    error::Error,
    evidence::chain::EventActor,
    inviting::{
        addressee,
        create::{self, Created, NewInvitation},
        quota::{self, Claim, Spent},
        withdraw::{self, Withdrawing},
    },
    secret::Secret,
    web::{now::Clock, page::Site},
};

/// Whom the partner wrote that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// An address.
    Email(Email),
    /// A public id, whether or not a tenant has it.
    PublicId(PublicId),
    /// Whoever wrote a contact request, which the invitation answers.
    Asker(ContactRequestId),
}

/// What the form asks for, with everything in it read.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whom it is for.
    pub whom: Whom,
    /// The type.
    pub kind: RelationshipType,
    /// The roles.
    pub roles: Vec<AdminRole>,
    /// How long they last.
    pub duration: GrantDuration,
    /// Who gets a user account, for the type that gives one.
    pub people: Vec<PersonId>,
    /// How long the link works, in days.
    pub life: i64,
    /// The language of the mail.
    pub language: Language,
    /// The partner's words.
    pub message: Option<FreeText>,
    /// The partner's own note.
    pub reference: Option<String>,
}

/// What became of a wish.
#[derive(Debug, Clone)]
pub enum Making {
    /// The invitation, with its link.
    Made(Created),
    /// There is an open one already.
    AlreadyOpen(InvitationId),
    /// A limit is reached.
    Spent(Spent),
    /// The request that it would answer has another outcome.
    Over(ContactRequestState),
}

/// Makes an invitation.
///
/// # Errors
/// [`Error::Refused`] for what the actor's role or the type doesn't allow; the database's.
pub fn create(
    conn: &mut DbConn,
    by: &Inviter,
    wish: &Wish,
    (site, secret): (&Site, &Secret),
    clock: &Clock,
) -> Result<Making, Error> {
    let addressee = match &wish.whom {
        Whom::Email(email) => Addressee::Email(email.clone()),
        Whom::PublicId(id) => addressee::by_public_id(conn, id)?,
        Whom::Asker(request) => close::addressee(conn, by.scope(), *request)?,
    };
    let claim = Claim {
        partner: by.scope().partner(),
        sender: by.acting().membership,
        addressee: &addressee.key(),
    };
    let turn = quota::turn(conn, &claim, clock)?;
    let answers = match held(conn, by, wish, clock)? {
        Ok(answers) => answers,
        Err(over) => return Ok(Making::Over(over)),
    };
    // Sending the same form again is told as such, also where it was the last that was allowed.
    let now = turn.as_ref().copied().unwrap_or_else(|_| clock.now());
    if let Some(open) = open(conn, &claim, wish.kind, now)? {
        return Ok(Making::AlreadyOpen(open));
    }
    if let Err(spent) = turn {
        return Ok(Making::Spent(spent));
    }
    let new = NewInvitation {
        partner: claim.partner,
        sender: claim.sender,
        addressee: addressee.clone(),
        relationship_type: wish.kind,
        roles: wish.roles.clone(),
        duration: wish.duration,
        people: wish.people.clone(),
        life: TimeDelta::days(wish.life),
        language: wish.language,
        message: wish.message.clone(),
        reference: wish.reference.clone(),
        answers,
    };
    let actor = EventActor::of(by.acting());
    create::create(conn, &actor, &new, site, secret, now).map(Making::Made)
}

/// The request that the invitation is to answer, held; or what became of it.
fn held(
    conn: &mut DbConn,
    by: &Inviter,
    wish: &Wish,
    clock: &Clock,
) -> Result<Result<Option<Held>, ContactRequestState>, Error> {
    let Whom::Asker(request) = &wish.whom else {
        return Ok(Ok(None));
    };
    let held = close::hold(conn, by.scope(), *request, clock)?;
    Ok(match held.waits(conn)? {
        Closing::Done => Ok(Some(held)),
        Closing::Over(state) => Err(state),
    })
}

/// The open invitation of the same partner, addressee and type, if there is one in time.
fn open(
    conn: &mut DbConn,
    claim: &Claim<'_>,
    kind: RelationshipType,
    now: Instant,
) -> Result<Option<InvitationId>, Error> {
    Ok(invitations::table
        .filter(invitations::partner_id.eq(claim.partner))
        .filter(invitations::addressee.eq(claim.addressee.to_owned()))
        .filter(invitations::relationship_type.eq(kind))
        .filter(invitations::state.eq(word::Open))
        .filter(invitations::expires_at.gt(Ts::from(now)))
        .select(invitations::id)
        .first(conn)
        .optional()?)
}

/// Takes an open invitation of the actor's partner back, or records that it had run out. Asking
/// again is no error and changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for another partner's; [`Error::Denied`] where the actor's role isn't
/// enough; [`Error::Conflict`] where it has another outcome.
pub fn withdraw(
    conn: &mut DbConn,
    by: &Inviter,
    id: InvitationId,
    clock: &Clock,
) -> Result<Withdrawing, Error> {
    let (state, kind): (InvitationStatus, RelationshipType) = invitations::table
        .find(id)
        .filter(invitations::partner_id.eq(by.scope().partner()))
        .select((invitations::state, invitations::relationship_type))
        .first(conn)?;
    by.may_send(conn, kind)?;
    if state == InvitationStatus::Withdrawn {
        return Ok(Withdrawing::Withdrawn);
    }
    let actor = EventActor::of(by.acting());
    withdraw::withdraw(conn, &actor, id, clock)
}
