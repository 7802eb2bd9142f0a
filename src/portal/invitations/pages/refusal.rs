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
    review,
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{
        InvitationId,
        invitation::InvitationStatus,
        text::{FreeText, TextRefused},
    },
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

/// `POST /billing/invitations/{id}/refusal`.
pub async fn decline(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    form: Form<Refusal>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let id: InvitationId = id.parse().map_err(|_| Error::NotFound)?;
    let reason = match FreeText::parse(&form.0.reason) {
        Ok(reason) => reason,
        Err(refused) => {
            let mut mistakes = Mistakes::none();
            mistakes.add(
                "reason",
                match refused {
                    TextRefused::TooLong(_) => "text-too-long",
                    TextRefused::Unseen => "text-unseen",
                },
            );
            return answer_with(
                &req,
                &by,
                id,
                &db,
                (form.0.reason, mistakes),
                Now(clock.now()),
            )
            .await;
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
    let (shell, reader, now) = (by.shell(&req), by.clone(), clock.now());
    let language = shell.l.language;
    let facts = db
        .read(move |conn| review::facts(conn, &reader, id, language, now))
        .await?;
    review::render(
        shell,
        &by,
        facts,
        StatusCode::CONFLICT,
        (&[], Mistakes::none()),
        now,
    )
}
