//! `/operator/agreements/versions/{version}`: what was published.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::list::{self, Line},
    PATH,
    words::{Shown, asks, published, which},
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{VersionId, agreement::VersionState},
    error::Error,
    evidence::agreement,
    web::{
        form::query,
        locale::Locale,
        page::{Shell, page},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "operator/agreement.html")]
struct VersionPage {
    shell: Shell,
    said: Option<(String, String)>,
    title: String,
    whose: String,
    asks: String,
    number: i64,
    version: Line,
    before: Option<Line>,
    texts: Vec<Shown>,
}

/// `GET /operator/agreements/versions/{version}`
pub async fn version(
    req: HttpRequest,
    by: Operator,
    id: Path<VersionId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (id, asked): (_, Asked) = (id.into_inner(), query(&req)?);
    let shell = by.shell(&req);
    let (l, language) = (shell.l, shell.l.language);
    let read = db.read(move |conn| {
        let (version, before) = list::one(conn, id)?;
        let texts = agreement::texts(conn, id)?;
        Ok((
            version,
            before,
            texts,
            agreement::text_for(conn, id, language)?,
        ))
    });
    let (version, before, texts, own) = read.await?;
    page(&VersionPage {
        said: said(l, &version, &asked),
        title: own.title,
        whose: which(l, version.kind, version.country.as_deref()),
        asks: asks(l, version.material, version.earlier_suffices_until),
        texts: published(l, &texts),
        number: i64::from(version.number),
        version,
        before,
        shell,
    })
}

/// Says that a version is in force, where it is.
fn said(l: Locale, version: &Line, asked: &Asked) -> Option<(String, String)> {
    let in_force = version.state == VersionState::Published && asked.done == "published";
    in_force.then(|| {
        let dated = l.dated(&version.dated);
        let heading = l.t1("agreements-published-title", "dated", dated.as_str());
        (heading, l.t("agreements-published-text").to_owned())
    })
}
