//! The agreement: its text, and **Accept agreement**.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{
    claims::Told,
    store::{self, Accepting},
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::{Db, DbConn},
    domain::{
        ClaimId, Instant, Language,
        agreement::{Offer, Renewal},
        claim::ClaimState,
    },
    error::Error,
    evidence::{
        acceptance::Act,
        agreement::{self, Standing},
        claims::{self, Claim},
        renewed::{self, News},
    },
    web::{
        form::{Form, Mistakes, query},
        locale::Locale,
        now::{Clock, Now},
        page::{Avatar, Shell, page_with},
        redirect::see_other,
        shown,
    },
};

#[derive(Template)]
#[template(path = "agreements/agreement.html")]
struct AgreementPage {
    shell: Shell,
    tenant: String,
    standing: Option<Standing>,
    offer: String,
    by: Option<String>,
    news: Option<News>,
    claims: Vec<Told>,
    /// What was said by the partner whose claim was dismissed a moment ago.
    dismissed: Option<String>,
    sellers: Vec<(String, Avatar)>,
    changed: bool,
    mistakes: Mistakes,
}

impl AgreementPage {
    /// Until when what was accepted suffices, where it does and more is asked.
    fn until(&self, standing: &Standing) -> Option<String> {
        match standing.renewal {
            Renewal::Until(until) if standing.suffices => Some(self.shell.l.long_date_time(&until)),
            _ => None,
        }
    }
}

/// The decision, with the text that was shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    #[serde(default)]
    consent: Option<String>,
    #[serde(default)]
    offer: String,
}

/// The query of the page: what was dismissed a moment ago.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    dismissed: Option<String>,
}

/// Everything that the page reads.
struct Facts {
    standing: Option<Standing>,
    by: Option<String>,
    news: Option<News>,
    claims: Vec<Claim>,
    dismissed: Option<Claim>,
    sellers: Vec<String>,
}

fn facts(
    conn: &mut DbConn,
    reader: &BillingAdmin,
    language: Language,
    dismissed: Option<ClaimId>,
    now: Instant,
) -> Result<Facts, Error> {
    let (scope, tenant) = (reader.scope(), reader.tenant()?);
    let standing = agreement::standing(conn, scope, tenant, language, now)?;
    let accepted = standing.as_ref().and_then(|one| one.accepted.as_ref());
    let by = match accepted {
        Some(accepted) => store::accepted_by(conn, scope, accepted.id)?,
        None => None,
    };
    let news = match &standing {
        Some(standing) => renewed::news(conn, standing, language)?,
        None => None,
    };
    let dismissed = match dismissed.map(|id| claims::of_tenant(conn, scope, id)) {
        None | Some(Err(Error::NotFound)) => None,
        Some(read) => Some(read?),
    };
    Ok(Facts {
        standing,
        by,
        news,
        claims: claims::open(conn, scope)?,
        dismissed: dismissed.filter(|claim| claim.state == ClaimState::Dismissed),
        sellers: store::sellers(conn, scope)?,
    })
}

async fn render(
    req: &HttpRequest,
    by: &BillingAdmin,
    db: &Db,
    now: Now,
    status: StatusCode,
    (changed, mistakes): (bool, Mistakes),
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(req)?;
    let dismissed = asked.dismissed.and_then(|id| id.parse().ok());
    let shell = by.shell(req).mistaken(!mistakes.is_empty());
    let (reader, l) = (by.clone(), shell.l);
    let read = db.read(move |conn| facts(conn, &reader, l.language, dismissed, now.0));
    let facts = read.await?;
    let offer = facts.standing.as_ref().map(|standing| {
        shown::pack(&Offer {
            version: standing.version.id,
            language: standing.text.language,
            sha256: standing.text.sha256_hex(),
            page_language: l.language,
        })
    });
    let sellers = facts.sellers.into_iter().map(|name| {
        let avatar = Avatar::company(&name);
        (name, avatar)
    });
    page_with(
        status,
        &AgreementPage {
            shell,
            tenant: by.tenant()?.name.clone(),
            standing: facts.standing,
            offer: offer.unwrap_or_default(),
            by: facts.by,
            news: facts.news,
            claims: facts
                .claims
                .into_iter()
                .map(|one| Told::of(l, one))
                .collect(),
            dismissed: facts.dismissed.map(|claim| claim.partner.1),
            sellers: sellers.collect(),
            changed,
            mistakes,
        },
    )
}

/// `GET /billing/agreement`: what is to be accepted, or what was, by whom and when.
pub async fn standing(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    render(
        &req,
        &by,
        &db,
        now,
        StatusCode::OK,
        (false, Mistakes::none()),
    )
    .await
}

/// The page again: what was sent isn't what holds.
async fn again(
    req: &HttpRequest,
    by: &BillingAdmin,
    db: &Db,
    now: Now,
) -> Result<HttpResponse, Error> {
    let changed = (true, Mistakes::none());
    render(req, by, db, now, StatusCode::CONFLICT, changed).await
}

/// The act, in the very words of the page.
async fn act(l: Locale, by: &BillingAdmin, db: &Db, offer: &Offer) -> Result<Act, Error> {
    let (version, language) = (offer.version, offer.page_language);
    let text = db
        .read(move |conn| agreement::text_for(conn, version, language))
        .await?;
    let (title, tenant) = (&text.title, &by.tenant()?.name);
    Ok(Act {
        control: l.t("agreement-accept").to_owned(),
        statement: l.t2("agreement-statement", "title", title, "tenant", tenant),
        language: l.language,
    })
}

/// `POST /billing/agreement/acceptance`.
pub async fn accept(
    req: HttpRequest,
    by: BillingAdmin,
    form: Form<Decision>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let now = Now(clock.now());
    let Some(offer) = shown::unpack::<Offer>(&form.0.offer) else {
        return again(&req, &by, &db, now).await;
    };
    Locale::as_read(&req, offer.page_language);
    if form.0.consent.as_deref() != Some("yes") {
        let mut mistakes = Mistakes::none();
        mistakes.add("consent", "agreement-consent-missing");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return render(&req, &by, &db, now, status, (false, mistakes)).await;
    }
    let act = act(by.shell(&req).l, &by, &db, &offer).await?;
    let accepted = db
        .write(&by, move |conn, by| {
            store::accept(conn, by, &offer, &act, clock.now())
        })
        .await?;
    match accepted {
        Accepting::Accepted => Ok(see_other(
            "/billing/partner-relationships?agreement=accepted",
        )),
        Accepting::Changed | Accepting::NoAgreement => again(&req, &by, &db, now).await,
    }
}
