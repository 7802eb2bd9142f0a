//! `/operator/agreements/drafts/{draft}`: a draft as customers will read it; publishing it and
//! throwing it away, each after a question.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        drafting,
        drafts::{Draft, DraftRefused},
    },
    DRAFTS, PATH,
    found::{Found, Replaces, found},
    words::{Shown, asks, drafted, which},
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{DraftId, agreement::TermsRefused},
    error::Error,
    evidence::chain::EventActor,
    web::{
        form::{Form, Nothing},
        locale::Locale,
        now::{Clock, Now},
        page::{Shell, page, page_with},
        redirect::see_other,
    },
};

/// The draft that is to be published, as it was looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    revision: i32,
}

#[derive(Template)]
#[template(path = "operator/draft.html")]
struct DraftPage {
    shell: Shell,
    path: String,
    title: String,
    whose: String,
    asks: String,
    dated: String,
    draft: Draft,
    texts: Vec<Shown>,
    replaces: Replaces,
    stop: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "operator/draft_publication.html")]
struct PublicationPage {
    shell: Shell,
    path: String,
    title: String,
    whose: String,
    asks: String,
    dated: String,
    revision: i32,
    replaces: Replaces,
}

#[derive(Template)]
#[template(path = "operator/draft_discard.html")]
struct DiscardPage {
    shell: Shell,
    path: String,
    title: String,
    dated: String,
}

/// The title in the reader's language, or the first there is.
pub(super) fn title_of(l: Locale, draft: &Draft) -> String {
    let texts = &draft.version.texts;
    let own = texts.iter().find(|text| text.language == l.language);
    let text = own.or_else(|| texts.first());
    text.map(|text| text.title.clone()).unwrap_or_default()
}

pub(super) fn dated_of(l: Locale, draft: &Draft) -> String {
    l.dated(&draft.version.terms.dated.to_string())
}

/// What it asks of whom. Where a country gets an agreement of its own, what customers there
/// accepted is another one.
fn asks_of(l: Locale, draft: &Draft, replaces: &Replaces) -> String {
    let terms = draft.version.terms;
    match replaces {
        Replaces::OfAllOthers(..) => l.t("agreements-asks-own").to_owned(),
        _ => asks(l, terms.material, terms.earlier_suffices_until),
    }
}

fn whose_of(l: Locale, draft: &Draft) -> String {
    let of = &draft.version.of;
    which(l, of.kind, of.code())
}

/// `GET /operator/agreements/drafts/{draft}`
pub async fn draft(
    req: HttpRequest,
    by: Operator,
    id: Path<DraftId>,
    (db, now): (Data<Db>, Now),
) -> Result<HttpResponse, Error> {
    let (draft, replaces) = match found(&db, id.into_inner()).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let shell = by.shell(&req);
    let stop = draft.version.terms.check_publishable(now.0).err();
    let stop = stop.map(|refused| stopped(shell.l, refused));
    answer(shell, (draft, replaces), stop, StatusCode::OK)
}

/// Why a draft can't be published as it is.
fn stopped(l: Locale, refused: TermsRefused) -> (String, String) {
    let heading = l.t("agreements-stop-title").to_owned();
    (heading, l.t(refused.key()).to_owned())
}

fn answer(
    shell: Shell,
    (draft, replaces): Found,
    stop: Option<(String, String)>,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let l = shell.l;
    page_with(
        status,
        &DraftPage {
            path: format!("{DRAFTS}/{}", draft.id),
            title: title_of(l, &draft),
            whose: whose_of(l, &draft),
            asks: asks_of(l, &draft, &replaces),
            dated: dated_of(l, &draft),
            texts: drafted(l, &draft.version),
            draft,
            replaces,
            stop,
            shell,
        },
    )
}

/// `GET /operator/agreements/drafts/{draft}/publication`
pub async fn ask(
    req: HttpRequest,
    by: Operator,
    id: Path<DraftId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (draft, replaces) = match found(&db, id.into_inner()).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let shell = by.shell(&req);
    let l = shell.l;
    page(&PublicationPage {
        path: format!("{DRAFTS}/{}", draft.id),
        title: title_of(l, &draft),
        whose: whose_of(l, &draft),
        asks: asks_of(l, &draft, &replaces),
        dated: dated_of(l, &draft),
        revision: draft.revision,
        replaces,
        shell,
    })
}

/// `POST /operator/agreements/drafts/{draft}/publication`: what is published is what was looked
/// at, or nothing.
pub async fn publish(
    req: HttpRequest,
    by: Operator,
    (id, form): (Path<DraftId>, Form<Publication>),
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let what = (id.into_inner(), form.0.revision);
    let published = db.write(&by, move |conn, by| {
        drafting::publish(conn, &EventActor::of(by.acting()), what, clock.now())
    });
    let refused = match published.await {
        Ok(Ok(version)) => {
            return Ok(see_other(&format!(
                "{PATH}/versions/{}?done=published",
                version.version
            )));
        }
        Ok(Err(refused)) => Some(refused),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let found = match found(&db, what.0).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let mut shell = by.shell(&req);
    shell.path = format!("{DRAFTS}/{}", what.0);
    let (stop, status) = refusal(shell.l, refused.ok_or(Error::NotFound)?);
    answer(shell, found, Some(stop), status)
}

/// Why a draft wasn't published, in words.
fn refusal(l: Locale, refused: DraftRefused) -> ((String, String), StatusCode) {
    match refused {
        DraftRefused::Terms(refused) => (stopped(l, refused), StatusCode::UNPROCESSABLE_ENTITY),
        DraftRefused::Changed | DraftRefused::Taken(_) => {
            let heading = l.t("agreements-changed-title").to_owned();
            let text = l.t("agreements-changed-text").to_owned();
            ((heading, text), StatusCode::CONFLICT)
        }
    }
}

/// `GET /operator/agreements/drafts/{draft}/discard`
pub async fn ask_discard(
    req: HttpRequest,
    by: Operator,
    id: Path<DraftId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (draft, _) = match found(&db, id.into_inner()).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let shell = by.shell(&req);
    page(&DiscardPage {
        path: format!("{DRAFTS}/{}", draft.id),
        title: title_of(shell.l, &draft),
        dated: dated_of(shell.l, &draft),
        shell,
    })
}

/// `POST /operator/agreements/drafts/{draft}/discard`. Asking again changes nothing and is no
/// error.
pub async fn discard(
    by: Operator,
    id: Path<DraftId>,
    _form: Form<Nothing>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    db.write(&by, move |conn, by| {
        drafting::discard(conn, &EventActor::of(by.acting()), id, clock.now())
    })
    .await?;
    Ok(see_other(&format!("{PATH}?discarded={id}")))
}
