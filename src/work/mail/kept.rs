//! The outbox as the operator sees it: what waits, what was parked and why, and trying it again.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::{
    db::{DbConn, literal, schema::outgoing_mail, types::Ts},
    domain::{Instant, MailId, event::EventKind, words},
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    work::{
        delivery::{self, Fault},
        outbox::MailKind,
    },
};

words! {
    /// How far a mail has come.
    MailState {
        /// It waits.
        Queued = "queued",
        /// The mail server took it.
        HandedOver = "handed_over",
        /// It isn't sent unless the operator says so.
        Parked = "parked",
        /// There was nothing to tell any more.
        Obsolete = "obsolete",
    }
}

/// A mail in the outbox, without its words.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// Its id.
    pub id: MailId,
    /// What it is about; none where a later version wrote it.
    pub kind: Option<MailKind>,
    /// The address that it goes to; none where it was erased.
    pub recipient: Option<String>,
    /// How far it has come.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i32,
    /// What was in the way the last time.
    pub fault: Option<Fault>,
    /// What the mail server or the machine said to it.
    pub detail: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// When it is tried next, where it waits.
    pub next_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Whether it can be tried again.
    pub can_retry: bool,
}

/// How many mails are in each state that matters to the operator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Wait to be handed over.
    pub waiting: i64,
    /// Are parked.
    pub parked: i64,
}

/// Kinds whose mail is nothing without its link, which is kept while it waits and no longer.
const BY_LINK: [MailKind; 3] = [
    MailKind::Invitation,
    MailKind::StaffInvitation,
    MailKind::PasswordReset,
];

/// How many wait and are parked.
///
/// # Errors
/// The database's.
pub fn counts(conn: &mut DbConn) -> Result<Counts, Error> {
    let waiting = outgoing_mail::table.filter(outgoing_mail::state.eq(literal("queued")));
    let parked = outgoing_mail::table.filter(outgoing_mail::state.eq(literal("parked")));
    Ok(Counts {
        waiting: waiting.count().get_result(conn)?,
        parked: parked.count().get_result(conn)?,
    })
}

type Row = (
    (MailId, String, Option<String>, String),
    (i32, Option<String>, Ts, Ts, Option<Ts>),
);

/// Mails of a state, or all: the newest first, at most so many.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut DbConn, state: Option<MailState>, limit: i64) -> Result<Vec<Kept>, Error> {
    let mut mails = outgoing_mail::table.into_boxed();
    if let Some(state) = state {
        mails = mails.filter(outgoing_mail::state.eq(state.as_str()));
    }
    let rows: Vec<Row> = mails
        .order((outgoing_mail::created_at.desc(), outgoing_mail::id.desc()))
        .limit(limit)
        .select((
            (
                outgoing_mail::id,
                outgoing_mail::kind,
                outgoing_mail::recipient,
                outgoing_mail::state,
            ),
            (
                outgoing_mail::attempts,
                outgoing_mail::last_error,
                outgoing_mail::run_at,
                outgoing_mail::created_at,
                outgoing_mail::closed_at,
            ),
        ))
        .load(conn)?;
    rows.into_iter().map(kept).collect()
}

fn kept(row: Row) -> Result<Kept, Error> {
    let ((id, kind, recipient, state), (attempts, last_error, run_at, created_at, closed_at)) = row;
    let state = MailState::parse(&state)
        .ok_or_else(|| Error::internal(format!("unknown state of mail: {state}")))?;
    let kind = MailKind::parse(&kind);
    let detail = last_error.as_deref().and_then(|told| told.split_once(": "));
    Ok(Kept {
        id,
        kind,
        recipient,
        state,
        attempts,
        fault: last_error.as_deref().map(delivery::fault),
        detail: detail.map(|(_, detail)| detail.to_owned()),
        created_at: created_at.instant(),
        next_at: (state == MailState::Queued).then(|| run_at.instant()),
        closed_at: closed_at.map(Ts::instant),
        can_retry: state == MailState::Parked && kind.is_some_and(|kind| !BY_LINK.contains(&kind)),
    })
}

/// Which mails to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// One.
    One(MailId),
    /// All that are parked and can be.
    All,
}

/// Lets parked mail wait to be sent again, with one event where there was any. How many that were:
/// mail that is nothing without its link stays parked, since the link is gone.
///
/// # Errors
/// [`Error::NotFound`] where there is no such mail; [`Error::Conflict`] says why the one can't be
/// tried again.
pub fn retry(
    conn: &mut DbConn,
    actor: &EventActor,
    which: Which,
    now: Instant,
) -> Result<usize, Error> {
    if let Which::One(id) = which {
        can_retry(conn, id)?;
    }
    let by_link = BY_LINK.map(|kind| kind.as_str().to_owned()).to_vec();
    let parked = outgoing_mail::table
        .filter(outgoing_mail::state.eq(literal("parked")))
        .filter(outgoing_mail::kind.ne_all(by_link));
    let again = (
        outgoing_mail::state.eq("queued"),
        outgoing_mail::closed_at.eq(None::<Ts>),
        outgoing_mail::attempts.eq(0),
        outgoing_mail::run_at.eq(Ts::from(now)),
        outgoing_mail::last_error.eq(None::<String>),
    );
    let count = match which {
        Which::One(id) => diesel::update(parked.filter(outgoing_mail::id.eq(id)))
            .set(again)
            .execute(conn)?,
        Which::All => diesel::update(parked).set(again).execute(conn)?,
    };
    if count > 0 {
        let event = NewEvent {
            actor: actor.clone(),
            ..NewEvent::by_command(EventKind::MailRetried, json!({ "count": count }))
        };
        chain::append(conn, &event, now)?;
    }
    Ok(count)
}

fn can_retry(conn: &mut DbConn, id: MailId) -> Result<(), Error> {
    let (kind, state): (String, String) = outgoing_mail::table
        .find(id)
        .select((outgoing_mail::kind, outgoing_mail::state))
        .first(conn)?;
    let kind = MailKind::parse(&kind);
    match MailState::parse(&state) {
        Some(MailState::Parked) if kind.is_some_and(|kind| BY_LINK.contains(&kind)) => {
            Err(Error::Conflict(
                "its link is gone and can't be read from anywhere: a new one has to be asked for, \
                 or the invitation sent again"
                    .into(),
            ))
        }
        Some(MailState::Parked) => Ok(()),
        _ => Err(Error::Conflict("it isn't parked".into())),
    }
}
