//! Declining.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{answer, find},
    review::Reader,
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{InvitationId, invitation::InvitationStatus, text::FreeText},
    error::Error,
    web::{
        form::{Form, Mistakes},
        now::{Clock, Now},
        page::{Shell, page_with},
        redirect::see_other,
    },
};

#[derive(Template)]
#[template(path = "invitations/refusal.html")]
struct RefusalPage {
    shell: Shell,
    id: InvitationId,
    partner: String,
    reason: String,
    mistakes: Mistakes,
}

/// The reason, if one is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    #[serde(default)]
    reason: String,
}

async fn answer_with(
    req: &HttpRequest,
    by: &BillingAdmin,
    id: InvitationId,
    db: &Db,
    (reason, mistakes): (String, Mistakes),
    now: Now,
) -> Result<HttpResponse, Error> {
    let (shell, scope) = (by.shell(req), by.scope());
    let invitation = db
        .read(move |conn| find::find(conn, scope, id, now.0))
        .await?;
    if invitation.state.status() != InvitationStatus::Open {
        return Ok(see_other(&format!("/billing/invitations/{id}")));
    }
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shell = shell.mistaken(!mistakes.is_empty());
    page_with(
        status,
        &RefusalPage {
            shell,
            id,
            partner: invitation.partner.name,
            reason,
            mistakes,
        },
    )
}

/// `GET /billing/invitations/{id}/refusal`.
pub async fn form(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    answer_with(&req, &by, id, &db, (String::new(), Mistakes::none()), now).await
}

/// What was typed as the reason, or what is wrong with it.
fn reason(typed: &str) -> Result<Option<FreeText>, Mistakes> {
    FreeText::parse(typed).map_err(|refused| {
        let mut mistakes = Mistakes::none();
        mistakes.add("reason", refused.key());
        mistakes
    })
}

/// `POST /billing/invitations/{id}/refusal`.
pub async fn decline(
    req: HttpRequest,
    by: BillingAdmin,
    (id, form): (Path<String>, Form<Refusal>),
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let id: InvitationId = id.parse().map_err(|_| Error::NotFound)?;
    let reason = match reason(&form.0.reason) {
        Ok(reason) => reason,
        Err(mistakes) => {
            let (typed, now) = (form.0.reason, Now(clock.now()));
            return answer_with(&req, &by, id, &db, (typed, mistakes), now).await;
        }
    };
    let at = clock.clone().into_inner();
    let declined = db
        .write(&by, move |conn, by| {
            answer::decline(conn, by, id, reason.as_ref(), &at)
        })
        .await?;
    if declined {
        return Ok(see_other(&format!("/billing/invitations?declined={id}")));
    }
    let shell = by.shell(&req);
    Reader { shell, by, id }
        .again(&db, &[], Now(clock.now()))
        .await
}
