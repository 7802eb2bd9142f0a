//! Outcomes without an answer: withdrawn by the partner, or run out.

use diesel::prelude::*;
use serde_json::json;

use super::{
    addressee::{owner_of, tenant_of},
    create::NewInvitation,
    held::lock,
    sender,
    token::kill_tokens,
};
use crate::{
    contacting::letter::asker_of,
    db::{
        DbConn, prepared,
        schema::{invitations, partners},
        types::Ts,
        word,
    },
    domain::{
        Instant, InvitationId, Language, PartnerId, TenantId,
        event::EventKind,
        invitation::{InvitationState, InvitationStatus},
        relationship::RelationshipType,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    web::now::Clock,
    work::outbox::{self, MailKind, NewMail},
};

/// Marks an overdue open invitation of the same partner, addressee and type as expired, so that it
/// never blocks a new one. Returns the event that tells of it, to be written with the new one's:
/// events lock the chain's head, which comes last.
///
/// # Errors
/// The database's.
pub(super) fn expire_overdue(
    conn: &mut DbConn,
    new: &NewInvitation,
    now: Instant,
) -> Result<Option<NewEvent>, Error> {
    let open = |conn: &mut DbConn| -> QueryResult<Option<(InvitationId, Ts)>> {
        invitations::table
            .filter(invitations::partner_id.eq(new.partner))
            .filter(invitations::addressee.eq(new.addressee.key()))
            .filter(invitations::relationship_type.eq(new.relationship_type))
            .filter(invitations::state.eq(word::Open))
            .select((invitations::id, invitations::expires_at))
            .first(conn)
            .optional()
    };
    if let Some((id, _)) = open(conn)? {
        lock(conn, id)?;
    }
    // Whoever held it before us may have closed it.
    let Some((id, expires_at)) = open(conn)? else {
        return Ok(None);
    };
    let Ok(expired) = InvitationState::Open.expire(expires_at.instant(), now) else {
        return Ok(None);
    };
    close(conn, id, expired, now)?;
    Ok(Some(NewEvent {
        actor: EventActor::Entente,
        tenant: tenant_of(conn, &new.addressee)?,
        partner: Some(new.partner),
        invitation: Some(id),
        ..NewEvent::by_command(EventKind::InvitationExpired, json!({}))
    }))
}

/// Writes an outcome that isn't an answer, kills the link, and takes back the mail.
///
/// # Errors
/// [`Error::Conflict`] where it was answered meanwhile.
pub fn close(
    conn: &mut DbConn,
    id: InvitationId,
    state: InvitationState,
    now: Instant,
) -> Result<(), Error> {
    let (at, by) = match state {
        InvitationState::Withdrawn { by, at } => (at, by),
        InvitationState::Expired { at } => (at, None),
        _ => return Err(Error::internal("not an outcome without an answer")),
    };
    let changed = prepared(
        diesel::update(
            invitations::table
                .find(id)
                .filter(invitations::state.eq(word::Open)),
        )
        .set((
            invitations::state.eq(state.status()),
            invitations::closed_at.eq(Some(Ts::from(at))),
            invitations::closed_by.eq(by),
        )),
    )
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the invitation was answered meanwhile".into(),
        ));
    }
    kill_tokens(conn, id, now)?;
    outbox::drop_invitation(conn, id, now)
}

/// What became of the wish to take an invitation back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Withdrawing {
    /// It is withdrawn.
    Withdrawn,
    /// It had run out at that time, which is on record now.
    RanOut(Instant),
}

/// Withdraws an open invitation: the operator at the command line any, staff those that their role
/// may send. The clock is read when the invitation is held. One that comes too late is recorded as
/// expired, which it then stays.
///
/// # Errors
/// [`Error::Conflict`] where it has an outcome already, [`Error::Refused`] where the role isn't
/// enough, [`Error::NotFound`] where there is none of this partner's.
pub fn withdraw(
    conn: &mut DbConn,
    actor: &EventActor,
    id: InvitationId,
    clock: &Clock,
) -> Result<Withdrawing, Error> {
    lock(conn, id)?;
    let now = clock.now();
    let row: Row = invitations::table
        .find(id)
        .select((
            invitations::state,
            invitations::expires_at,
            invitations::relationship_type,
            invitations::partner_id,
            invitations::addressed_tenant_id,
            invitations::email_domain,
            (invitations::email, invitations::language),
        ))
        .first(conn)?;
    let (status, expires_at, kind, partner, tenant, email_domain, to) = row;
    let by = match actor {
        EventActor::Person(acting) => {
            sender::check(conn, acting.membership, partner, kind)?;
            Some(acting.membership)
        }
        _ => None,
    };
    if status != InvitationStatus::Open {
        return Err(Error::Conflict(format!(
            "the invitation is {status} and can't be withdrawn"
        )));
    }
    let expires_at = expires_at.instant();
    let (state, told, actor, became) = match InvitationState::Open.expire(expires_at, now) {
        Ok(expired) => (
            expired,
            EventKind::InvitationExpired,
            EventActor::Entente,
            Withdrawing::RanOut(expires_at),
        ),
        Err(_) => (
            InvitationState::Open.withdraw(expires_at, by, now)?,
            EventKind::InvitationWithdrawn,
            actor.clone(),
            Withdrawing::Withdrawn,
        ),
    };
    let invited = outbox::may_have_invited(conn, id)?;
    close(conn, id, state, now)?;
    let tenant = tenant_of_row(conn, tenant, email_domain)?;
    let name: String = partners::table
        .find(partner)
        .select(partners::name)
        .first(conn)?;
    let withdrawn = became == Withdrawing::Withdrawn;
    let (email, language) = to;
    let email = match email {
        Some(email) => Some(email),
        None => asker_of(conn, id)?,
    };
    if let (Some(email), true) = (email, invited && withdrawn) {
        let mail = NewMail {
            kind: MailKind::InvitationWithdrawn,
            recipient: &email,
            language,
            tenant,
            partner: Some(partner),
            invitation: Some(id),
            relationship: None,
            person: None,
            facts: json!({ "partner_name": name, "type": kind }),
            secret_link: None,
            once: None,
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    let event = NewEvent {
        actor,
        tenant,
        partner: Some(partner),
        invitation: Some(id),
        ..NewEvent::by_command(told, json!({ "partner_name": name }))
    };
    chain::append(conn, &event, now)?;
    Ok(became)
}

type Row = (
    InvitationStatus,
    Ts,
    RelationshipType,
    PartnerId,
    Option<TenantId>,
    Option<String>,
    (Option<String>, Language),
);

/// The tenant in whose audit log an invitation belongs, from its row.
pub(super) fn tenant_of_row(
    conn: &mut DbConn,
    tenant: Option<TenantId>,
    email_domain: Option<String>,
) -> Result<Option<TenantId>, Error> {
    match (tenant, email_domain) {
        (None, Some(domain)) => owner_of(conn, &domain),
        (tenant, _) => Ok(tenant),
    }
}
