//! What becomes of a request: an invitation, a no, or nothing in time.

use diesel::prelude::*;
use serde_json::json;

use super::letter;
use crate::{
    access::{
        guards::{Guard, Inviter},
        scope::PartnerScope,
    },
    db::{
        DbConn, literal,
        schema::{contact_messages, contact_requests, partners},
        types::Ts,
    },
    domain::{
        ContactRequestId, Instant, InvitationId, MembershipId, PartnerId, TenantId,
        contact_request::ContactRequestState, email::Email, event::EventKind,
        invitation::Addressee, text::FreeText,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    web::now::Clock,
};

/// A request that is held until the end of the transaction.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    id: ContactRequestId,
    partner: PartnerId,
    tenant: Option<TenantId>,
    state: ContactRequestState,
    expires_at: Instant,
    now: Instant,
}

/// What became of the wish to close a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Closing {
    /// It is done.
    Done,
    /// It had that outcome already, which is on record.
    Over(ContactRequestState),
}

/// Holds a request of this partner's, then reads the clock.
///
/// # Errors
/// [`Error::NotFound`] where there is none of this partner's.
pub fn hold(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: ContactRequestId,
    clock: &Clock,
) -> Result<Held, Error> {
    let of_partner = contact_requests::table
        .find(id)
        .filter(contact_requests::partner_id.eq(scope.partner()));
    if let DbConn::Postgres(conn) = conn {
        let _: Vec<ContactRequestId> = of_partner
            .select(contact_requests::id)
            .for_update()
            .load(conn)?;
    }
    let now = clock.now();
    let (tenant, state, expires_at): (_, _, Ts) = of_partner
        .select((
            contact_requests::tenant_id,
            contact_requests::state,
            contact_requests::expires_at,
        ))
        .first(conn)?;
    Ok(Held {
        id,
        partner: scope.partner(),
        tenant,
        state,
        expires_at: expires_at.instant(),
        now,
    })
}

impl Held {
    /// Whether it waits; one that nobody answered in time is recorded as such.
    ///
    /// # Errors
    /// The database's.
    pub fn waits(&self, conn: &mut DbConn) -> Result<Closing, Error> {
        if let Ok(expired) = self.state.expire(self.expires_at, self.now) {
            let at = Ts::from(self.expires_at);
            close(conn, self.id, (expired, at, None), (None, None))?;
            let event = self.event(conn, EventActor::Entente, EventKind::ContactExpired)?;
            chain::append(conn, &event, self.now)?;
            return Ok(Closing::Over(expired));
        }
        Ok(match self.state {
            ContactRequestState::New => Closing::Done,
            over => Closing::Over(over),
        })
    }

    fn event(
        &self,
        conn: &mut DbConn,
        actor: EventActor,
        kind: EventKind,
    ) -> Result<NewEvent, Error> {
        let name: String = partners::table
            .find(self.partner)
            .select(partners::name)
            .first(conn)?;
        let facts = json!({ "partner_name": name, "request": self.id });
        Ok(NewEvent {
            actor,
            tenant: self.tenant,
            partner: Some(self.partner),
            ..NewEvent::by_command(kind, facts)
        })
    }
}

/// Declines a request, with a reason that whoever wrote is told.
///
/// # Errors
/// [`Error::NotFound`] where there is none of this partner's.
pub fn decline(
    conn: &mut DbConn,
    by: &Inviter,
    id: ContactRequestId,
    reason: &FreeText,
    clock: &Clock,
) -> Result<Closing, Error> {
    let held = hold(conn, by.scope(), id, clock)?;
    if let over @ Closing::Over(_) = held.waits(conn)? {
        return Ok(over);
    }
    let state = held.state.decline(held.expires_at, held.now)?;
    let membership = by.acting().membership;
    let at = Ts::from(held.now);
    close(
        conn,
        id,
        (state, at, Some(membership)),
        (Some(reason), None),
    )?;
    letter::declined(conn, (id, held.partner), reason, held.now)?;
    let actor = EventActor::of(by.acting());
    let event = NewEvent {
        text: Some(reason.as_str().to_owned()),
        ..held.event(conn, actor, EventKind::ContactDeclined)?
    };
    chain::append(conn, &event, held.now)?;
    Ok(Closing::Done)
}

/// Closes a request that is held by the invitation that was made for it. Returns the event, to be
/// written after the invitation's own: events lock the chain's head, which comes last.
///
/// # Errors
/// [`Error::Conflict`] where it has another outcome.
pub fn answer(
    conn: &mut DbConn,
    held: &Held,
    (by, actor): (MembershipId, &EventActor),
    invitation: InvitationId,
) -> Result<NewEvent, Error> {
    let state = held.state.answer(held.expires_at, held.now)?;
    let at = Ts::from(held.now);
    close(
        conn,
        held.id,
        (state, at, Some(by)),
        (None, Some(invitation)),
    )?;
    Ok(NewEvent {
        invitation: Some(invitation),
        ..held.event(conn, actor.clone(), EventKind::ContactAnswered)?
    })
}

fn close(
    conn: &mut DbConn,
    id: ContactRequestId,
    (state, at, by): (ContactRequestState, Ts, Option<MembershipId>),
    (reason, invitation): (Option<&FreeText>, Option<InvitationId>),
) -> Result<(), Error> {
    let waiting = contact_requests::table
        .find(id)
        .filter(contact_requests::state.eq(literal(ContactRequestState::New.as_str())));
    let changed = diesel::update(waiting)
        .set((
            contact_requests::state.eq(state),
            contact_requests::closed_at.eq(Some(at)),
            contact_requests::closed_by.eq(by),
            contact_requests::decline_reason.eq(reason.map(FreeText::as_str)),
            contact_requests::invitation_id.eq(invitation),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict("the request was answered meanwhile".into()));
    }
    Ok(())
}

/// Whom an invitation is for that answers a request: the tenant for which it was written, or the
/// address that was given.
///
/// # Errors
/// [`Error::NotFound`] where there is none of this partner's, or whoever wrote was erased.
pub fn addressee(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: ContactRequestId,
) -> Result<Addressee, Error> {
    let (tenant, email): (Option<TenantId>, Option<String>) = contact_requests::table
        .inner_join(contact_messages::table)
        .filter(contact_requests::id.eq(id))
        .filter(contact_requests::partner_id.eq(scope.partner()))
        .select((contact_messages::tenant_id, contact_messages::email))
        .first(conn)?;
    match (tenant, email) {
        (Some(tenant), _) => Ok(Addressee::Tenant(tenant)),
        (None, Some(email)) => Ok(Addressee::Email(
            Email::parse(&email).map_err(Error::internal)?,
        )),
        (None, None) => Err(Error::NotFound),
    }
}
