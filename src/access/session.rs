//! Signing in and out, and which membership acts: the only user of identities and session keys.

use std::{future::Future, pin::Pin};

use actix_identity::Identity;
use actix_session::{Session, SessionExt};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};

use super::session_row::word;
use crate::{
    db::types::Ts,
    domain::{Instant, MembershipId, PersonId, SessionId},
    error::Error,
    web::request::Origin,
};

/// The membership that acts.
pub(super) const MEMBERSHIP: &str = "membership";
/// What the browser calls itself, for the list of sessions.
pub(super) const USER_AGENT: &str = "user_agent";
/// Where the sign-in came from, for the list of sessions.
pub(super) const CLIENT: &str = "client";
/// The row's id, given by the store.
pub(super) const SESSION: &str = "session";
/// When the person signed in, given by the store and kept over a change of key.
pub(super) const SINCE: &str = "since";
/// That the key has to change: given by the store after a change of roles, or by whoever has the
/// session changed.
pub(super) const RENEW: &str = "renew";
/// By which password somebody was let in, until the session is kept.
pub(super) const VERIFIED: &str = "verified";

/// What a session says: who, by which membership, since when. Whether that still holds is asked
/// of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Who signed in.
    pub person: PersonId,
    /// The membership that acts.
    pub membership: MembershipId,
    /// The session.
    pub session: Option<SessionId>,
    /// When the person signed in.
    pub authenticated_at: Instant,
}

/// The session of a request.
pub(super) fn current(
    req: &HttpRequest,
    payload: &mut Payload,
) -> Pin<Box<dyn Future<Output = Result<Claim, Error>>>> {
    let identity = Identity::from_request(req, payload);
    let session = req.get_session();
    Box::pin(async move {
        let person = identity.await.ok().and_then(|identity| identity.id().ok());
        let person = person
            .and_then(|id| id.parse().ok())
            .ok_or(Error::SignedOut)?;
        let get = |key: &str| session.get::<String>(key).ok().flatten();
        let membership = get(MEMBERSHIP).and_then(|id| id.parse().ok());
        let since = get(SINCE).and_then(|at| at.parse::<Instant>().ok());
        if session.contains_key(RENEW) {
            renew(&session)?;
        }
        Ok(Claim {
            person,
            membership: membership.ok_or(Error::SignedOut)?,
            session: get(SESSION).and_then(|id| id.parse().ok()),
            authenticated_at: since.ok_or(Error::SignedOut)?,
        })
    })
}

/// Has the store change the key of the session's row. The framework's own way would take the row
/// out and add another one, which brings back a session that was ended meanwhile.
fn renew(session: &Session) -> Result<(), Error> {
    session.insert(RENEW, "yes").map_err(Error::internal)
}

/// Ends a session whose person or membership is gone, so that signing in starts anew.
pub(super) fn forget(req: &HttpRequest) {
    req.get_session().purge();
}

/// The request's session, for the handlers of sign-in, sign-out and settings.
#[derive(Clone)]
pub struct Door {
    session: Session,
    request: HttpRequest,
}

impl FromRequest for Door {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self {
            session: req.get_session(),
            request: req.clone(),
        }))
    }
}

impl Door {
    /// Lets a person in: under a new key, so that one planted before is worth nothing. Where the
    /// password is set anew before the session is kept, there will be none: `verified` says when
    /// the one was set that was looked at.
    ///
    /// # Errors
    /// The session can't be written.
    pub fn enter(
        &self,
        (person, membership): (PersonId, MembershipId),
        verified: Option<Instant>,
    ) -> Result<(), Error> {
        for key in [SESSION, SINCE, RENEW] {
            self.session.remove(key);
        }
        let origin = Origin::noted(&self.request);
        self.put(MEMBERSHIP, &membership.to_string())?;
        self.put(USER_AGENT, &origin.user_agent)?;
        self.put(CLIENT, &origin.client.to_string())?;
        self.put(VERIFIED, &word(verified))?;
        Identity::login(&self.request.extensions(), person.to_string())
            .map_err(Error::internal)
            .map(drop)
    }

    /// Acts for another membership of the same person, under a new key.
    ///
    /// # Errors
    /// The session can't be written.
    pub fn switch(&self, membership: MembershipId) -> Result<(), Error> {
        self.put(MEMBERSHIP, &membership.to_string())?;
        renew(&self.session)
    }

    /// Goes on with the session that was taken over in the database, under a new key.
    ///
    /// # Errors
    /// The session can't be written.
    pub fn take_over(&self, session: SessionId) -> Result<(), Error> {
        self.put(SESSION, &session.to_string())?;
        renew(&self.session)
    }

    /// Ends the session on the server.
    pub fn leave(&self) {
        self.session.purge();
    }

    /// Whether somebody seems to be signed in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.session.contains_key(MEMBERSHIP)
    }

    fn put(&self, key: &str, value: &str) -> Result<(), Error> {
        self.session.insert(key, value).map_err(Error::internal)
    }
}

/// An instant as the session's state keeps it.
pub(super) fn text(at: Instant) -> String {
    Ts::from(at).text()
}
