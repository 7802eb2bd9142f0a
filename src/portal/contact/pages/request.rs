//! One of a tenant's requests: what was written, and what came of it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::list::Line as Row;
use crate::{
    access::guards::{BillingAdmin, Guard},
    contacting::{
        read::{self, Of, Request},
        thread::{self, Invited},
    },
    db::Db,
    domain::ContactRequestId,
    error::Error,
    evidence::told::Line,
    web::{
        locale::Locale,
        now::Now,
        page::{Shell, page},
    },
};

/// What was written, in the reader's language where it was chosen from a list.
struct Written {
    need: Vec<String>,
    language: &'static str,
    email: String,
    phone: Option<String>,
    size: String,
    start: String,
}

#[derive(Template)]
#[template(path = "contact/request.html")]
struct RequestPage {
    shell: Shell,
    row: Row,
    written: Written,
    until: (String, String),
    reason: Option<String>,
    review: Option<(String, String, bool)>,
    relationship: Option<String>,
    thread: Vec<Line>,
}

/// `GET /partners/requests/{id}`.
pub async fn request(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<ContactRequestId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (side, id) = (Of::Tenant(by.scope()), id.into_inner());
    let read = db.read(move |conn| {
        let request = read::find(conn, side, id, now.0)?;
        let invited = thread::invited(conn, &request, now.0)?;
        Ok((request, invited))
    });
    let facts = read.await?;
    page(&RequestPage::new(by.shell(&req), &facts, now))
}

impl Written {
    fn of(l: Locale, request: &Request) -> Self {
        let written = &request.written;
        let erased = || l.t("told-erased").to_owned();
        let need = written.need.clone().unwrap_or_else(erased);
        Self {
            need: need.lines().map(str::to_owned).collect(),
            language: written.language.as_str(),
            email: written.email.clone().unwrap_or_else(erased),
            phone: written.phone.clone(),
            size: l.word("size", written.size.as_str()),
            start: l.word("contact-start", written.start.as_str()),
        }
    }
}

impl RequestPage {
    fn new(shell: Shell, facts: &(Request, Option<Invited>), now: Now) -> Self {
        let (l, (request, invited)) = (shell.l, facts);
        let relationship = invited.as_ref().and_then(|one| one.relationship);
        let until = &request.expires_at;
        Self {
            row: Row::of(l, facts, &now.0),
            written: Written::of(l, request),
            until: (l.machine(until), l.short_date(until)),
            reason: request.reason.clone(),
            review: invited.as_ref().map(|one| {
                let href = format!("/billing/invitations/{}", one.id);
                let kind = l.word("type", one.kind.as_str());
                (href, kind, one.status.as_str() == "open")
            }),
            relationship: relationship
                .map(|(id, _)| format!("/billing/partner-relationships/{id}")),
            thread: thread::lines(l, request, invited.as_ref()),
            shell,
        }
    }
}
