//! Who asks, read together with the session: one visit to the database instead of two.

use std::cell::{Cell, RefCell};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use super::{
    acting::{self, Acting},
    nav,
    session::Claim,
};
use crate::{
    db::DbConn,
    domain::{Instant, SessionId},
    error::Error as Ours,
    web::{request::Origin, same_origin::is_foreign},
};

tokio::task_local! {
    static ASKING: Asking;
}

/// What the request wants to know of whoever asks, and what was found.
struct Asking {
    wish: Wish,
    found: RefCell<Option<Found>>,
    /// The request comes from elsewhere: that somebody's browser sends it says nothing of them.
    foreign: bool,
    /// The session's row.
    session: Cell<Option<SessionId>>,
}

/// What is to be read beside a session.
#[derive(Debug, Clone)]
pub struct Wish {
    origin: Origin,
    /// A page is asked for, which shows how much waits.
    page: bool,
}

/// Who asks, as read for one claim; nobody where the person or the membership is gone.
#[derive(Debug)]
pub struct Found {
    claim: Claim,
    acting: Option<Acting>,
}

impl Wish {
    /// What a request wants to know.
    #[must_use]
    pub const fn of(origin: Origin, page: bool) -> Self {
        Self { origin, page }
    }

    /// Reads who asks, with the roles as they are now. `None` where the person is disabled or the
    /// membership has ended.
    ///
    /// # Errors
    /// The database's.
    pub fn read(self, conn: &mut DbConn, claim: Claim, now: Instant) -> Result<Found, Ours> {
        let (person, membership) = (claim.person, claim.membership);
        let since = claim.authenticated_at;
        let acting = acting::load(conn, person, membership, since, self.origin.clone())?;
        self.found(conn, claim, acting, now)
    }

    /// The same of what was read beside the session already.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn beside(
        self,
        conn: &mut DbConn,
        claim: Claim,
        rows: Vec<acting::Row>,
        now: Instant,
    ) -> Result<Found, Ours> {
        let acting = acting::from_rows(rows, claim.authenticated_at, self.origin.clone());
        let acting =
            acting.filter(|one| one.person == claim.person && one.membership == claim.membership);
        self.found(conn, claim, acting, now)
    }

    fn found(
        self,
        conn: &mut DbConn,
        claim: Claim,
        mut acting: Option<Acting>,
        now: Instant,
    ) -> Result<Found, Ours> {
        if let Some(acting) = &mut acting {
            acting.session = claim.session;
            if self.page {
                acting.waiting = nav::waiting(conn, acting, now)?;
            }
        }
        Ok(Found { claim, acting })
    }
}

impl Found {
    /// Who asks.
    ///
    /// # Errors
    /// [`Ours::SignedOut`] where nobody does any more.
    pub fn acting(self) -> Result<Acting, Ours> {
        self.acting.ok_or(Ours::SignedOut)
    }
}

/// Lets the session's store read who asks in the same visit.
///
/// # Errors
/// Those of the request itself.
pub async fn asking<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let wish = Wish::of(Origin::noted(req.request()), req.method().is_safe());
    let asking = Asking {
        wish,
        found: RefCell::default(),
        foreign: is_foreign(&req),
        session: Cell::default(),
    };
    ASKING.scope(asking, next.call(req)).await
}

/// Whether the request is going to be refused for where it comes from: no sign of life.
pub(super) fn foreign() -> bool {
    ASKING.try_with(|asking| asking.foreign).unwrap_or(false)
}

/// Who is signed in where no guard asked, since the request was refused before any.
pub(super) fn unasked() -> Option<Acting> {
    let found = ASKING.try_with(|asking| asking.found.borrow_mut().take());
    found.ok().flatten()?.acting
}

/// Notes which row the session was read from.
pub(super) fn opened(session: SessionId) {
    let _ = ASKING.try_with(|asking| asking.session.set(Some(session)));
}

/// The row that the session was read from, whatever its key is by now.
pub(super) fn session() -> Option<SessionId> {
    ASKING
        .try_with(|asking| asking.session.get())
        .ok()
        .flatten()
}

/// What the request in hand wants to know; nothing outside of one.
pub(super) fn wish() -> Option<Wish> {
    ASKING.try_with(|asking| asking.wish.clone()).ok()
}

/// Keeps what was read beside the session for the guard of the same request.
pub(super) fn keep(found: Option<Found>) {
    // Outside of a request nobody is going to ask.
    let _ = ASKING.try_with(|asking| *asking.found.borrow_mut() = found);
}

/// What was read beside the session, if it was read for this very claim.
pub(super) fn take(claim: &Claim) -> Option<Found> {
    let found = ASKING.try_with(|asking| asking.found.borrow_mut().take());
    found.ok().flatten().filter(|found| found.claim == *claim)
}
