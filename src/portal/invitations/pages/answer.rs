//! Accepting, and asking for a new link.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Deserialize;

use super::{
    super::store::answer::{self, Accepting, Acted, Wish},
    review::{Reader, denied},
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{InvitationId, invitation::Terms},
    error::Error,
    evidence::acceptance::Act,
    web::{
        form::{Form, Mistakes, Nothing},
        locale::Locale,
        now::{Clock, Now},
        redirect::see_other,
        shown,
    },
};

/// The decision, with the terms that were shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    #[serde(default)]
    consent: Option<String>,
    #[serde(default)]
    terms: String,
}

fn parse(id: &str) -> Result<InvitationId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// The act, in the very words of the page, once the title of the agreement is known. Without the
/// box there is no statement.
fn act(reader: &Reader, shown: &Terms, consents: bool) -> Result<Acted, Error> {
    let (l, tenant) = (reader.shell.l, reader.by.tenant()?.name.clone());
    let (accepts, language) = (shown.accepts_agreement, l.language);
    let control = l.t(if accepts {
        "review-accept"
    } else {
        "review-authorize"
    });
    Ok(Box::new(move |title| Act {
        control: control.to_owned(),
        statement: if accepts && consents {
            l.t2("agreement-statement", "title", title, "tenant", &tenant)
        } else {
            String::new()
        },
        language,
    }))
}

/// `POST /billing/invitations/{id}/acceptance`.
pub async fn accept(
    req: HttpRequest,
    by: BillingAdmin,
    (id, form): (Path<String>, Form<Decision>),
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let shown: Option<Terms> = shown::unpack(&form.0.terms);
    if let Some(shown) = &shown {
        Locale::as_read(&req, shown.page_language);
    }
    let (id, shell) = (parse(&id)?, by.shell(&req));
    let reader = Reader { shell, by, id };
    let Some(shown) = shown else {
        return reader.again(&db, &[], Now(clock.now())).await;
    };
    let consents = form.0.consent.as_deref() == Some("yes");
    let act = act(&reader, &shown, consents)?;
    let (wish, at) = (Wish { shown, act }, Data::clone(&clock));
    let accept = move |conn: &mut _, by: &_| answer::accept(conn, by, id, &wish, &at);
    let accepted = db.write(&reader.by, accept).await?;
    // It may have waited: what became of the invitation is told as of now.
    answered(reader, &db, accepted, Now(clock.now())).await
}

/// What became of the wish to accept.
async fn answered(
    reader: Reader,
    db: &Db,
    accepted: Accepting,
    now: Now,
) -> Result<HttpResponse, Error> {
    match accepted {
        Accepting::Accepted(relationship) => Ok(see_other(&format!(
            "/billing/partner-relationships?accepted={relationship}"
        ))),
        Accepting::NoConsent => {
            let mut mistakes = Mistakes::none();
            mistakes.add("consent", "agreement-consent-missing");
            let facts = reader.facts(db, now).await?;
            reader.render(
                facts,
                StatusCode::UNPROCESSABLE_ENTITY,
                (&[], mistakes),
                now,
            )
        }
        Accepting::MayNot(why) => {
            let facts = reader.facts(db, now).await?;
            Err(denied(&reader.by, &facts, why))
        }
        Accepting::Changed(changes) => reader.again(db, &changes, now).await,
        Accepting::NotOpen | Accepting::NoAgreement => reader.again(db, &[], now).await,
    }
}

/// `POST /billing/invitations/{id}/renewal-request`: stored once, however often it is asked.
pub async fn request_renewal(
    by: BillingAdmin,
    id: Path<String>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (parse(&id)?, clock.into_inner());
    db.write(&by, move |conn, by| {
        answer::request_renewal(conn, by, id, &clock)
    })
    .await?;
    Ok(see_other(&format!("/billing/invitations/{id}")))
}
