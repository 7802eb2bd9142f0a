//! One request: what was written, and what came of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{super::super::invitations::pages::view::Badge, PATH, view::Line as Row};
use crate::{
    access::{
        guards::{Guard, Inviter},
        scope::PartnerScope,
    },
    contacting::{
        asker::Asker,
        read::{self, Of, Request},
        thread::{self, Invited},
    },
    db::{Db, DbConn},
    domain::{ContactRequestId, Instant, contact_request::ContactRequestState},
    error::Error,
    evidence::told::Line,
    web::{
        form::query,
        now::Now,
        page::{Shell, page, page_with},
    },
};

/// The page of a request.
#[derive(Template)]
#[template(path = "partner/requests/one.html")]
pub struct OnePage {
    shell: Shell,
    row: Row,
    asker: Asker,
    waits: bool,
    closed: Option<(String, String)>,
    reason: Option<String>,
    invitation: Option<(String, String, Badge)>,
    customer: Option<String>,
    thread: Vec<Line>,
    said: bool,
    declined: bool,
    /// What is in the way of a step, though nothing is wrong with it.
    stop: Option<(String, String)>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    said: Option<String>,
}

/// What the page reads.
pub(super) type Facts = (Request, Option<Invited>);

/// Reads what the page shows.
///
/// # Errors
/// [`Error::NotFound`] for another partner's; the database's.
pub(super) fn facts(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: ContactRequestId,
    now: Instant,
) -> Result<Facts, Error> {
    let request = read::find(conn, Of::Partner(scope), id, now)?;
    let invited = thread::invited(conn, &request, now)?;
    Ok((request, invited))
}

/// `GET /partner/requests/{id}`.
pub async fn request(
    req: HttpRequest,
    by: Inviter,
    id: Path<ContactRequestId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (scope, id) = (by.scope(), id.into_inner());
    let facts = db.read(move |conn| facts(conn, scope, id, now.0)).await?;
    let mut shown = OnePage::new(by.shell(&req), &facts, now.0);
    shown.said = shown.declined && asked.said.as_deref() == Some("declined");
    page(&shown)
}

impl OnePage {
    /// The page of these facts.
    #[must_use]
    pub(super) fn new(mut shell: Shell, (request, invited): &Facts, now: Instant) -> Self {
        let l = shell.l;
        shell.path = format!("{PATH}/{}", request.id);
        let invitation = invited.as_ref().map(|invited| {
            let status = super::super::super::invitations::pages::view::state(l, invited.status);
            let kind = l.word("type", invited.kind.as_str());
            (format!("/partner/invitations/{}", invited.id), kind, status)
        });
        let relationship = invited.as_ref().and_then(|invited| invited.relationship);
        let closed = request.closed_at.as_ref();
        Self {
            row: Row::of(l, request, &now),
            asker: Asker::of(l, request),
            waits: request.waits(),
            closed: closed.map(|at| (l.machine(at), l.long_date_time(at))),
            reason: request.reason.clone(),
            invitation,
            customer: relationship.map(|(id, _)| format!("/partner/customers/{id}")),
            thread: thread::lines(l, request, invited.as_ref()),
            said: false,
            declined: request.state == ContactRequestState::Declined,
            stop: None,
            shell,
        }
    }

    /// The page as the answer to a step that came too late.
    ///
    /// # Errors
    /// A template that fails to render.
    pub(super) fn over(mut self) -> Result<HttpResponse, Error> {
        let l = self.shell.l;
        self.stop = Some((
            l.t("request-over-title").to_owned(),
            l.t("request-over-text").to_owned(),
        ));
        page_with(StatusCode::CONFLICT, &self)
    }
}
