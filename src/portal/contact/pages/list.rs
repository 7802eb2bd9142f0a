//! What a tenant wrote to partners, and what they answered.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;

use super::REQUESTS;
use crate::{
    access::guards::{BillingAdmin, Guard},
    contacting::{
        list,
        read::{self, Of, Request},
        thread::{self, Invited, look},
    },
    db::{Db, DbConn},
    domain::{ContactMessageId, Instant, contact_request::ContactRequestState},
    error::Error,
    web::{
        form::query,
        list::place,
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
        paginate::Cursor,
    },
};

/// A badge: tone, icon, words.
pub(super) type Badge = (&'static str, &'static str, String);

/// One line: a partner, and what it answered.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) partner: String,
    pub(super) avatar: Avatar,
    pub(super) by: String,
    pub(super) sent: (String, String),
    pub(super) state: Badge,
    /// What more there is to say of it.
    pub(super) more: String,
    /// The invitation that came of it.
    pub(super) review: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    sent: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "contact/list.html")]
struct ListPage {
    shell: Shell,
    said: Option<String>,
    lines: Vec<Line>,
    first: Option<String>,
    next: Option<String>,
}

type Row = (Request, Option<Invited>);

/// `GET /partners/requests`, with a note read back from what is stored after sending.
pub async fn list(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let after = place(asked.after.as_deref())?;
    let message: Option<ContactMessageId> = asked.sent.and_then(|id| id.parse().ok());
    let first = after.is_some().then(|| REQUESTS.to_owned());
    let scope = by.scope();
    let read = db.read(move |conn| {
        let sent = match message {
            Some(message) => read::sent_to(conn, scope, message)?,
            None => Vec::new(),
        };
        Ok((sent, rows(conn, Of::Tenant(scope), after.as_ref(), now.0)?))
    });
    let (sent, (rows, next)) = read.await?;
    let shell = by.shell(&req);
    let l = shell.l;
    page(&ListPage {
        said: (!sent.is_empty()).then(|| sent.join(", ")),
        lines: rows.iter().map(|row| Line::of(l, row, &now.0)).collect(),
        first,
        next: next.map(|place| format!("{REQUESTS}?after={}", place.encode())),
        shell,
    })
}

fn rows(
    conn: &mut DbConn,
    side: Of,
    after: Option<&Cursor>,
    now: Instant,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let found = list::list(conn, side, None, after, now)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for request in found.rows {
        let invited = thread::invited(conn, &request, now)?;
        rows.push((request, invited));
    }
    Ok((rows, found.next))
}

impl Line {
    pub(super) fn of(l: Locale, (request, invited): &Row, now: &Instant) -> Self {
        let (tone, icon) = look(request.state);
        let (machine, sent) = (
            l.machine(&request.created_at),
            l.short_date(&request.created_at),
        );
        let name = request.written.name.clone();
        Self {
            href: format!("{REQUESTS}/{}", request.id),
            partner: request.partner.1.clone(),
            avatar: Avatar::company(&request.partner.1),
            by: name.unwrap_or_else(|| l.t("told-erased").to_owned()),
            sent: (machine, sent),
            state: (tone, icon, l.word("request-state", request.state.as_str())),
            more: more(l, request, invited.as_ref(), now),
            review: invited
                .as_ref()
                .map(|one| format!("/billing/invitations/{}", one.id)),
        }
    }
}

/// What there is to say of an answer, or of the time that is left for one.
fn more(l: Locale, request: &Request, invited: Option<&Invited>, now: &Instant) -> String {
    match request.state {
        ContactRequestState::New => {
            let days = l.days_until(&request.expires_at, now);
            let when = l.t1("in-days", "days", days);
            l.t1("asked-closes", "when", &when)
        }
        ContactRequestState::Answered => invited.map_or_else(String::new, |one| {
            l.word("asked-invitation", one.status.as_str())
        }),
        ContactRequestState::Declined => request.reason.clone().unwrap_or_default(),
        ContactRequestState::Expired => l.t("asked-expired").to_owned(),
    }
}
