//! The outbox as the worker sees it: one mail at a time under a lease, finished by that lease alone.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::Value;

use crate::{
    db::{DbConn, literal, schema::outgoing_mail, types::Ts},
    domain::{
        Instant, InvitationId, Language, MailId, MailLeaseId, PartnerId, PersonId, RelationshipId,
        TenantId,
    },
    error::Error,
    id::Id,
    secret::Secret,
    work::{
        delivery::Fault,
        outbox::{MailKind, Waiting},
    },
};

/// How long a mail is one worker's: longer than connecting and handing over may take together.
pub const LEASE: TimeDelta = TimeDelta::minutes(4);
/// A mail that this worker alone may send, until the lease ends.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The mail.
    pub id: MailId,
    /// The worker's claim on it.
    pub lease: MailLeaseId,
    /// How often it was taken, this time included.
    pub attempts: i32,
    /// What was in the way the last time.
    pub last_error: Option<String>,
    row: Row,
}

#[derive(Debug, Clone, Queryable)]
struct Row {
    kind: String,
    recipient: Option<String>,
    language: Language,
    tenant: Option<TenantId>,
    partner: Option<PartnerId>,
    invitation: Option<InvitationId>,
    relationship: Option<RelationshipId>,
    person: Option<PersonId>,
    facts: String,
    sealed_link: Option<Vec<u8>>,
    message_id: String,
    created_at: Ts,
}

impl Taken {
    /// The mail with its link opened.
    ///
    /// # Errors
    /// Why it can never be sent.
    pub fn open(&self, secret: &Secret) -> Result<Waiting, (Fault, String)> {
        let row = self.row.clone();
        let unwritten = |what: &str| (Fault::Unwritten, what.to_owned());
        let kind = MailKind::parse(&row.kind).ok_or_else(|| unwritten("a kind of no meaning"))?;
        let facts: Value =
            serde_json::from_str(&row.facts).map_err(|_| unwritten("facts that can't be read"))?;
        let link = match &row.sealed_link {
            Some(sealed) => Some(secret.open(sealed).ok_or((Fault::Sealed, String::new()))?),
            None => None,
        };
        Ok(Waiting {
            id: self.id,
            kind,
            recipient: row
                .recipient
                .ok_or((Fault::Address, "it was erased".to_owned()))?,
            language: row.language,
            tenant: row.tenant,
            partner: row.partner,
            invitation: row.invitation,
            relationship: row.relationship,
            person: row.person,
            facts,
            link,
            message_id: row.message_id,
            created_at: row.created_at.instant(),
            attached: None,
        })
    }
}

/// Takes the mail that has been due the longest, if any is. Each is one worker's: on Postgres rows
/// that another one is just taking are passed over, on `SQLite` there is one writer at a time.
///
/// # Errors
/// The database's.
pub fn take(conn: &mut DbConn, now: Instant) -> Result<Option<Taken>, Error> {
    let at = Ts::from(now);
    let due = outgoing_mail::table
        .filter(outgoing_mail::state.eq(literal("queued")))
        .filter(outgoing_mail::run_at.le(at))
        .filter(
            outgoing_mail::leased_until
                .is_null()
                .or(outgoing_mail::leased_until.le(at)),
        )
        .order((outgoing_mail::run_at, outgoing_mail::id))
        .select(outgoing_mail::id);
    let id: Option<MailId> = match conn {
        DbConn::Postgres(c) => due.for_update().skip_locked().first(c).optional()?,
        DbConn::Sqlite(c) => due.first(c).optional()?,
    };
    let Some(id) = id else { return Ok(None) };
    let lease: MailLeaseId = Id::at(now);
    diesel::update(outgoing_mail::table.find(id))
        .set((
            outgoing_mail::lease.eq(Some(lease)),
            outgoing_mail::leased_until.eq(Some(Ts::from(now + LEASE))),
            outgoing_mail::attempts.eq(outgoing_mail::attempts + 1),
        ))
        .execute(conn)?;
    let ((attempts, last_error), row) = outgoing_mail::table
        .find(id)
        .select((
            (outgoing_mail::attempts, outgoing_mail::last_error),
            (
                outgoing_mail::kind,
                outgoing_mail::recipient,
                outgoing_mail::language,
                outgoing_mail::tenant_id,
                outgoing_mail::partner_id,
                outgoing_mail::invitation_id,
                outgoing_mail::relationship_id,
                outgoing_mail::person_id,
                outgoing_mail::facts,
                outgoing_mail::sealed_link,
                outgoing_mail::message_id,
                outgoing_mail::created_at,
            ),
        ))
        .first(conn)?;
    Ok(Some(Taken {
        id,
        lease,
        attempts,
        last_error,
        row,
    }))
}

/// Whether any mail may be taken now.
///
/// # Errors
/// The database's.
pub fn is_any_due(conn: &mut DbConn, now: Instant) -> Result<bool, Error> {
    let at = Ts::from(now);
    let due: Option<MailId> = outgoing_mail::table
        .filter(outgoing_mail::state.eq(literal("queued")))
        .filter(outgoing_mail::run_at.le(at))
        .filter(
            outgoing_mail::leased_until
                .is_null()
                .or(outgoing_mail::leased_until.le(at)),
        )
        .order(outgoing_mail::run_at)
        .select(outgoing_mail::id)
        .first(conn)
        .optional()?;
    Ok(due.is_some())
}

/// Whether the mail is still this worker's, with time left.
///
/// # Errors
/// The database's.
pub fn is_ours(conn: &mut DbConn, taken: &Taken, now: Instant) -> Result<bool, Error> {
    let ours: i64 = outgoing_mail::table
        .find(taken.id)
        .filter(outgoing_mail::lease.eq(taken.lease))
        .filter(outgoing_mail::state.eq("queued"))
        .filter(outgoing_mail::leased_until.gt(Ts::from(now)))
        .count()
        .get_result(conn)?;
    Ok(ours == 1)
}

/// How a mail's turn ended.
#[derive(Debug, Clone)]
pub enum Turn {
    /// The mail server has it.
    HandedOver,
    /// There is nothing to tell any more.
    Obsolete,
    /// It isn't sent unless the operator says so, and why.
    Parked(String),
    /// It is tried again at that time, and why.
    Again(Instant, String),
    /// As that, through no fault of its own: the try doesn't count.
    AgainUncounted(Instant, String),
    /// It wasn't tried, through no fault of its own; perhaps why.
    Untried(Option<String>),
}

/// Ends a mail's turn, where it is still this worker's. Says whether it was. What was handed over
/// is told even where the mail was taken back meanwhile, since it did go out.
///
/// # Errors
/// The database's.
pub fn finish(conn: &mut DbConn, taken: &Taken, turn: &Turn, now: Instant) -> Result<bool, Error> {
    let ours = outgoing_mail::table
        .filter(outgoing_mail::id.eq(taken.id))
        .filter(outgoing_mail::lease.eq(taken.lease));
    let waiting = ours.filter(outgoing_mail::state.eq(literal("queued")));
    let free = (
        outgoing_mail::lease.eq(None::<MailLeaseId>),
        outgoing_mail::leased_until.eq(None::<Ts>),
    );
    // What a mail said is needed by nobody once it is out, or won't be sent: others' words above all.
    let wordless = outgoing_mail::facts.eq("{}");
    let closed = |state: &'static str, why: Option<String>| {
        (
            outgoing_mail::state.eq(state),
            outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
            outgoing_mail::closed_at.eq(Some(Ts::from(now))),
            outgoing_mail::last_error.eq(why),
        )
    };
    let changed = match turn {
        Turn::HandedOver => diesel::update(ours)
            .set((closed("handed_over", None), free, wordless))
            .execute(conn)?,
        Turn::Obsolete => diesel::update(waiting)
            .set((closed("obsolete", None), free, wordless))
            .execute(conn)?,
        Turn::Parked(why) => diesel::update(waiting)
            .set((closed("parked", Some(why.clone())), free))
            .execute(conn)?,
        Turn::Again(at, why) => {
            let again = (
                outgoing_mail::run_at.eq(Ts::from(*at)),
                outgoing_mail::last_error.eq(Some(why)),
            );
            diesel::update(waiting).set((again, free)).execute(conn)?
        }
        Turn::AgainUncounted(at, why) => {
            let again = (
                outgoing_mail::attempts.eq(taken.attempts - 1),
                outgoing_mail::run_at.eq(Ts::from(*at)),
                outgoing_mail::last_error.eq(Some(why)),
            );
            diesel::update(waiting).set((again, free)).execute(conn)?
        }
        Turn::Untried(why) => {
            let untried = (
                outgoing_mail::attempts.eq(taken.attempts - 1),
                outgoing_mail::last_error.eq(why),
            );
            diesel::update(waiting).set((untried, free)).execute(conn)?
        }
    };
    Ok(changed == 1)
}
