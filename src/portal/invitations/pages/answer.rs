//! Accepting, and asking for a new link.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Deserialize;

use super::{
    super::store::answer::{self, Accepting, Wish},
    review::{denied, facts, render},
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

/// The act, in the very words of the page. Without the box there is no statement.
fn act(l: Locale, title: &str, tenant: &str, accepts_agreement: bool, consents: bool) -> Act {
    if accepts_agreement {
        let statement = if consents {
            l.t2("agreement-statement", "title", title, "tenant", tenant)
        } else {
            String::new()
        };
        return Act {
            control: l.t("review-accept").to_owned(),
            statement,
            language: l.language,
        };
    }
    let control = l.t("review-authorize").to_owned();
    Act {
        control,
        statement: String::new(),
        language: l.language,
    }
}

/// `POST /billing/invitations/{id}/acceptance`.
pub async fn accept(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    form: Form<Decision>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let now = Now(clock.now());
    let shown: Option<Terms> = shown::unpack(&form.0.terms);
    if let Some(shown) = &shown {
        Locale::as_read(&req, shown.page_language);
    }
    let (id, shell) = (parse(&id)?, by.shell(&req));
    let (l, reader) = (shell.l, by.clone());
    let facts = db
        .read(move |conn| facts(conn, &reader, id, l.language, now.0))
        .await?;
    let title = facts
        .terms
        .as_ref()
        .map(|(_, standing)| standing.text.title.clone());
    let (Some(shown), Some(title)) = (shown, title) else {
        let changed = (&[][..], Mistakes::none());
        return render(shell, &by, facts, StatusCode::CONFLICT, changed, now.0);
    };
    let consents = form.0.consent.as_deref() == Some("yes");
    let tenant = &by.tenant()?.name;
    let act = act(l, &title, tenant, shown.accepts_agreement, consents);
    let (wish, clock) = (Wish { shown, act }, clock.into_inner());
    let at = Arc::clone(&clock);
    let accepted = db
        .write(&by, move |conn, by| {
            answer::accept(conn, by, id, &wish, &at)
        })
        .await?;
    // It may have waited: what became of the invitation is told as of now.
    let now = Now(clock.now());
    match accepted {
        Accepting::Accepted(relationship) => Ok(see_other(&format!(
            "/billing/partner-relationships?accepted={relationship}"
        ))),
        Accepting::NoConsent => {
            let mut mistakes = Mistakes::none();
            mistakes.add("consent", "agreement-consent-missing");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(shell, &by, facts, status, (&[], mistakes), now.0)
        }
        Accepting::MayNot(why) => Err(denied(&by, &facts, why)),
        Accepting::Changed(changes) => again(&db, shell, &by, id, &changes, now).await,
        Accepting::NotOpen | Accepting::NoAgreement => again(&db, shell, &by, id, &[], now).await,
    }
}

/// The page again, as things stand now.
async fn again(
    db: &Db,
    shell: crate::web::page::Shell,
    by: &BillingAdmin,
    id: InvitationId,
    changes: &[crate::domain::invitation::TermsChange],
    now: Now,
) -> Result<HttpResponse, Error> {
    let (reader, language) = (by.clone(), shell.l.language);
    let facts = db
        .read(move |conn| facts(conn, &reader, id, language, now.0))
        .await?;
    render(
        shell,
        by,
        facts,
        StatusCode::CONFLICT,
        (changes, Mistakes::none()),
        now.0,
    )
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
