//! The agreement: its text, and **Accept agreement**.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::store::{self, Accepting};
use crate::{
    access::guards::{BillingAdmin, Guard, SignedIn},
    db::Db,
    domain::{
        Language, VersionId,
        agreement::{Offer, Renewal},
    },
    error::Error,
    evidence::{
        acceptance::Act,
        agreement::{self, Standing, Text, Version},
        renewed::{self, News},
    },
    web::{
        form::{Form, Mistakes, query},
        locale::Locale,
        now::{Clock, Now},
        page::{Avatar, Published, Shell, page, page_with},
        redirect::{local, see_other},
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
    sellers: Vec<(String, Avatar)>,
    changed: bool,
    mistakes: Mistakes,
}

impl AgreementPage {
    /// Whether there is something to accept: nothing was, or what was doesn't suffice for ever.
    fn asks(&self, standing: &Standing) -> bool {
        !standing.suffices || standing.renewal != Renewal::NotAsked
    }

    /// Until when what was accepted suffices, where it does and more is asked.
    fn until(&self, standing: &Standing) -> Option<String> {
        match standing.renewal {
            Renewal::Until(until) if standing.suffices => Some(self.shell.l.long_date_time(&until)),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "agreements/text.html")]
struct TextPage {
    shell: Shell,
    version: Version,
    text: Text,
    body: Published,
    languages: Vec<Language>,
    back: String,
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

async fn render(
    req: &HttpRequest,
    by: &BillingAdmin,
    db: &Db,
    now: Now,
    status: StatusCode,
    (changed, mistakes): (bool, Mistakes),
) -> Result<HttpResponse, Error> {
    let shell = by.shell(req).mistaken(!mistakes.is_empty());
    let (reader, language) = (by.clone(), shell.l.language);
    let read = db.read(move |conn| {
        let (scope, tenant) = (reader.scope(), reader.tenant()?);
        let standing = agreement::standing(conn, scope, tenant, language, now.0)?;
        let accepted = standing
            .as_ref()
            .and_then(|standing| standing.accepted.as_ref());
        let by = match accepted {
            Some(accepted) => store::accepted_by(conn, scope, accepted.id)?,
            None => None,
        };
        let news = match &standing {
            Some(standing) => renewed::news(conn, standing, language)?,
            None => None,
        };
        Ok((standing, by, news, store::sellers(conn, scope)?))
    });
    let (standing, accepted_by, news, sellers) = read.await?;
    let offer = standing.as_ref().map(|standing| {
        shown::pack(&Offer {
            version: standing.version.id,
            language: standing.text.language,
            sha256: standing.text.sha256_hex(),
            page_language: language,
        })
    });
    let sellers = sellers.into_iter().map(|name| {
        let avatar = Avatar::company(&name);
        (name, avatar)
    });
    page_with(
        status,
        &AgreementPage {
            shell,
            tenant: by.tenant()?.name.clone(),
            standing,
            offer: offer.unwrap_or_default(),
            by: accepted_by,
            news,
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

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    back: Option<String>,
}

/// Where a page leads back to: the agreement, where it wasn't said.
pub(super) fn back(asked: Option<&str>) -> &str {
    match local(asked) {
        "/" => "/billing/agreement",
        back => back,
    }
}

/// `GET /agreements/{version}`: the text in the reader's language, embedded as it is hashed.
pub async fn text(
    req: HttpRequest,
    who: SignedIn,
    version: Path<String>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let shell = who.shell(&req);
    let (id, language) = (parse(&version)?, shell.l.language);
    let read = db.read(move |conn| {
        let version = agreement::published(conn, id)?;
        let texts = agreement::texts(conn, id)?;
        let languages = texts.iter().map(|text| text.language).collect();
        Ok((version, languages, agreement::text_for(conn, id, language)?))
    });
    let (version, languages, text) = read.await?;
    let body = Published::of(&text.body).filter(|_| text.is_intact());
    let body = body.ok_or_else(|| Error::internal("ALARM: a published agreement is damaged"))?;
    let back = back(asked.back.as_deref()).to_owned();
    page(&TextPage {
        shell,
        version,
        text,
        body,
        languages,
        back,
    })
}

/// `GET /agreements/{version}/{language}/text`: the very bytes that are hashed.
pub async fn bytes(
    _who: SignedIn,
    path: Path<(String, String)>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (version, language) = path.into_inner();
    let id = parse(&version)?;
    let language = Language::parse(&language).ok_or(Error::NotFound)?;
    let read = db.read(move |conn| {
        agreement::published(conn, id)?;
        let texts = agreement::texts(conn, id)?;
        texts
            .into_iter()
            .find(|text| text.language == language)
            .ok_or(Error::NotFound)
    });
    let text = read.await?;
    Ok(HttpResponse::Ok()
        .content_type(text.media_type)
        .insert_header((header::CONTENT_LANGUAGE, text.language.as_str()))
        .body(text.body))
}

pub(super) fn parse(version: &str) -> Result<VersionId, Error> {
    version.parse().map_err(|_| Error::NotFound)
}
