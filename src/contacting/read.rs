//! Requests as both sides read them: from the same rows, each its own.

use diesel::prelude::*;

use super::list;

use crate::{
    access::scope::{PartnerScope, TenantScope},
    db::{
        DbConn,
        schema::{contact_messages, contact_requests, memberships, partners, people, tenants},
        types::Ts,
    },
    domain::{
        ContactMessageId, ContactRequestId, Instant, InvitationId, Language, PartnerId,
        contact_request::{ContactRequestState, Start},
        directory::Size,
    },
    error::Error,
};

/// Whose requests are read.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// Those to a partner.
    Partner(PartnerScope),
    /// Those of a tenant.
    Tenant(TenantScope),
}

/// What was written, and by whom. What is personal is gone where it was erased.
#[derive(Debug, Clone)]
pub struct Written {
    /// The message.
    pub id: ContactMessageId,
    /// The tenant that it was written for, by the name it has now.
    pub tenant: Option<String>,
    /// What is needed.
    pub need: Option<String>,
    /// Who wrote.
    pub name: Option<String>,
    /// Where replies go.
    pub email: Option<String>,
    /// A number to call.
    pub phone: Option<String>,
    /// The organization, as somebody wrote who isn't known here.
    pub organization: Option<String>,
    /// How many people it has.
    pub size: Size,
    /// When to start.
    pub start: Start,
    /// The language that it is written in.
    pub language: Language,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id.
    pub id: ContactRequestId,
    /// The partner, by the name it has now.
    pub partner: (PartnerId, String),
    /// What was written.
    pub written: Written,
    /// What became of it, by the clock.
    pub state: ContactRequestState,
    /// When it was sent.
    pub created_at: Instant,
    /// Until when it can be answered.
    pub expires_at: Instant,
    /// When it got its outcome.
    pub closed_at: Option<Instant>,
    /// Who gave it.
    pub closed_by: Option<String>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The invitation that came of it.
    pub invitation: Option<InvitationId>,
}

impl Request {
    /// Whether it can be answered.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == ContactRequestState::New
    }

    /// The organization that asks.
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        let written = &self.written;
        written
            .tenant
            .as_deref()
            .or(written.organization.as_deref())
    }
}

/// One request.
///
/// # Errors
/// [`Error::NotFound`] where there is none of this side's.
pub fn find(
    conn: &mut DbConn,
    side: Of,
    id: ContactRequestId,
    now: Instant,
) -> Result<Request, Error> {
    let known = list::of(side).filter(contact_requests::id.eq(id));
    let ids = known.select(contact_requests::id).load(conn)?;
    rows(conn, ids, now)?.pop().ok_or(Error::NotFound)
}

/// The requests that one message made.
///
/// # Errors
/// The database's.
pub fn of_message(
    conn: &mut DbConn,
    message: ContactMessageId,
) -> Result<Vec<ContactRequestId>, Error> {
    Ok(contact_requests::table
        .filter(contact_requests::message_id.eq(message))
        .order(contact_requests::id)
        .select(contact_requests::id)
        .load(conn)?)
}

/// What a tenant sent by one form: the names of the partners, in order.
///
/// # Errors
/// The database's.
pub fn sent_to(
    conn: &mut DbConn,
    scope: TenantScope,
    message: ContactMessageId,
) -> Result<Vec<String>, Error> {
    Ok(contact_requests::table
        .inner_join(partners::table)
        .filter(contact_requests::message_id.eq(message))
        .filter(contact_requests::tenant_id.eq(scope.tenant()))
        .order((partners::name_folded, partners::id))
        .select(partners::name)
        .load(conn)?)
}

type Columns = (
    (ContactRequestId, ContactRequestState, Ts, Ts, Option<Ts>),
    (Option<String>, Option<InvitationId>, Option<String>),
    (PartnerId, String),
    (
        ContactMessageId,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Size,
        Start,
        Language,
    ),
    Option<String>,
);

/// These requests, the newest first.
///
/// # Errors
/// The database's.
pub(super) fn rows(
    conn: &mut DbConn,
    ids: Vec<ContactRequestId>,
    now: Instant,
) -> Result<Vec<Request>, Error> {
    let columns: Vec<Columns> = contact_requests::table
        .inner_join(contact_messages::table)
        .inner_join(partners::table)
        .left_join(tenants::table.on(contact_requests::tenant_id.eq(tenants::id.nullable())))
        .left_join(
            memberships::table.on(contact_requests::closed_by.eq(memberships::id.nullable())),
        )
        .left_join(people::table.on(memberships::person_id.eq(people::id)))
        .filter(contact_requests::id.eq_any(ids))
        .order((
            contact_requests::created_at.desc(),
            contact_requests::id.desc(),
        ))
        .select((
            (
                contact_requests::id,
                contact_requests::state,
                contact_requests::created_at,
                contact_requests::expires_at,
                contact_requests::closed_at,
            ),
            (
                contact_requests::decline_reason,
                contact_requests::invitation_id,
                people::name.nullable(),
            ),
            (partners::id, partners::name),
            (
                contact_messages::id,
                contact_messages::need,
                contact_messages::name,
                contact_messages::email,
                contact_messages::phone,
                contact_messages::organization,
                contact_messages::size,
                contact_messages::start,
                contact_messages::language,
            ),
            tenants::name.nullable(),
        ))
        .load(conn)?;
    Ok(columns.into_iter().map(|row| read(row, now)).collect())
}

fn read(columns: Columns, now: Instant) -> Request {
    let ((id, kept, created, expires, closed), outcome, partner, message, tenant) = columns;
    let (reason, invitation, closed_by) = outcome;
    let (message, need, name, email, phone, organization, size, start, language) = message;
    Request {
        id,
        partner,
        written: Written {
            id: message,
            tenant,
            need,
            name,
            email,
            phone,
            organization,
            size,
            start,
            language,
        },
        state: kept.at(expires.instant(), now),
        created_at: created.instant(),
        expires_at: expires.instant(),
        closed_at: closed.map(Ts::instant),
        closed_by,
        reason,
        invitation,
    }
}
