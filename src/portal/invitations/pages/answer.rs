//! Accepting, and asking for a new link.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Deserialize;

use super::{
    super::store::answer::{self, Accepting, Acted, Wish},
    review::{Facts, facts, only_global, render},
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{
        Instant, InvitationId, Language, RelationshipId,
        invitation::{Terms, TermsChange},
    },
    error::Error,
    evidence::acceptance::Act,
    web::{
        form::{Form, Mistakes, Nothing},
        locale::Locale,
        now::Clock,
        page::Shell,
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
fn act(l: Locale, tenant: String, accepts_agreement: bool, consents: bool) -> Acted {
    let language = l.language;
    if accepts_agreement {
        return Box::new(move |title| Act {
            control: l.t("review-accept").to_owned(),
            statement: if consents {
                l.t2("agreement-statement", "title", title, "tenant", &tenant)
            } else {
                String::new()
            },
            language,
        });
    }
    Box::new(move |_| Act {
        control: l.t("review-authorize").to_owned(),
        statement: String::new(),
        language,
    })
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
    let shown: Option<Terms> = shown::unpack(&form.0.terms);
    if let Some(shown) = &shown {
        Locale::as_read(&req, shown.page_language);
    }
    let (id, shell) = (parse(&id)?, by.shell(&req));
    let Some(shown) = shown else {
        return again(&db, shell, &by, id, (&[], Mistakes::none()), &clock).await;
    };
    let consents = form.0.consent.as_deref() == Some("yes");
    let tenant = by.tenant()?.name.clone();
    let act = act(shell.l, tenant, shown.accepts_agreement, consents);
    let (wish, at) = (Wish { shown, act }, Data::clone(&clock));
    let accept = move |conn: &mut _, by: &_| answer::accept(conn, by, id, &wish, &at);
    let (changes, mistakes) = match db.write(&by, accept).await? {
        Accepting::Accepted(relationship) => return Ok(see_other(&accepted(relationship))),
        Accepting::MayNot => {
            let facts = read(&db, &by, id, shell.l.language, clock.now()).await?;
            return Err(only_global(&by, &facts));
        }
        Accepting::NoConsent => {
            let mut mistakes = Mistakes::none();
            mistakes.add("consent", "agreement-consent-missing");
            (Vec::new(), mistakes)
        }
        Accepting::Changed(changes) => (changes, Mistakes::none()),
        Accepting::NotOpen | Accepting::NoAgreement => (Vec::new(), Mistakes::none()),
    };
    again(&db, shell, &by, id, (&changes, mistakes), &clock).await
}

fn accepted(relationship: RelationshipId) -> String {
    format!("/billing/partner-relationships?accepted={relationship}")
}

async fn read(
    db: &Db,
    by: &BillingAdmin,
    id: InvitationId,
    language: Language,
    now: Instant,
) -> Result<Facts, Error> {
    let by = by.clone();
    db.read(move |conn| facts(conn, &by, id, language, now))
        .await
}

/// The page again, as things stand now: it may have waited.
async fn again(
    db: &Db,
    shell: Shell,
    by: &BillingAdmin,
    id: InvitationId,
    (changes, mistakes): (&[TermsChange], Mistakes),
    clock: &Clock,
) -> Result<HttpResponse, Error> {
    let now = clock.now();
    let facts = read(db, by, id, shell.l.language, now).await?;
    let status = if mistakes.is_empty() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    render(shell, by, facts, status, (changes, mistakes), now)
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
