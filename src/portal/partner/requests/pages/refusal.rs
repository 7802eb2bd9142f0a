//! Declining a request.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    PATH,
    one::{OnePage, facts},
    view::Line,
};
use crate::{
    access::guards::{Guard, Inviter},
    contacting::close::{self, Closing},
    db::Db,
    domain::{ContactRequestId, Instant, text::FreeText},
    error::Error,
    web::{
        form::{Form, Mistakes},
        now::{Clock, Now},
        page::{Shell, page_with},
        redirect::see_other,
    },
};

#[derive(Template)]
#[template(path = "partner/requests/refusal.html")]
struct RefusalPage {
    shell: Shell,
    line: Line,
    reason: String,
    mistakes: Mistakes,
}

/// The reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    #[serde(default)]
    reason: String,
}

/// `GET /partner/requests/{id}/refusal`. Where it is answered already, its page says how.
pub async fn form(
    req: HttpRequest,
    by: Inviter,
    id: Path<ContactRequestId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let typed = (String::new(), Mistakes::none());
    ask((&req, &by), id.into_inner(), &db, typed, now.0).await
}

async fn ask(
    (req, by): (&HttpRequest, &Inviter),
    id: ContactRequestId,
    db: &Db,
    (reason, mistakes): (String, Mistakes),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let scope = by.scope();
    let (request, _) = db.read(move |conn| facts(conn, scope, id, now)).await?;
    if !request.waits() {
        return Ok(see_other(&format!("{PATH}/{id}")));
    }
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shell = by.shell(req).mistaken(!mistakes.is_empty());
    let line = Line::of(shell.l, &request, &now);
    let page = RefusalPage {
        shell,
        line,
        reason,
        mistakes,
    };
    page_with(status, &page)
}

/// What was typed as the reason, or what is wrong with it.
fn reason(typed: &str) -> Result<FreeText, Mistakes> {
    let key = match FreeText::parse(typed) {
        Ok(Some(reason)) => return Ok(reason),
        Ok(None) => "request-reason-missing",
        Err(refused) => refused.key(),
    };
    let mut mistakes = Mistakes::none();
    mistakes.add("reason", key);
    Err(mistakes)
}

/// `POST /partner/requests/{id}/refusal`.
pub async fn decline(
    req: HttpRequest,
    by: Inviter,
    (id, form): (Path<ContactRequestId>, Form<Refusal>),
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, now) = (id.into_inner(), clock.now());
    let reason = match reason(&form.0.reason) {
        Ok(reason) => reason,
        Err(mistakes) => {
            let typed = (form.0.reason, mistakes);
            return ask((&req, &by), id, &db, typed, now).await;
        }
    };
    let clock = clock.into_inner();
    let closing = db.write(&by, move |conn, by| {
        close::decline(conn, by, id, &reason, &clock)
    });
    if closing.await? == Closing::Done {
        return Ok(see_other(&format!("{PATH}/{id}?said=declined")));
    }
    let scope = by.scope();
    let facts = db.read(move |conn| facts(conn, scope, id, now)).await?;
    OnePage::new(by.shell(&req), &facts, now).over()
}
