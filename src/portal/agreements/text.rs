//! The text of a version: as a page, and the very bytes.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    access::guards::{Guard, SignedIn},
    db::Db,
    domain::{Language, VersionId},
    error::Error,
    evidence::{
        agreement::{self, Text, Version},
        renewed,
    },
    web::{
        form::query,
        page::{Published, Shell, page},
        redirect::local,
    },
};

#[derive(Template)]
#[template(path = "agreements/text.html")]
struct TextPage {
    shell: Shell,
    version: Version,
    text: Text,
    body: Published,
    languages: Vec<Language>,
    /// The version before, which it can be compared with.
    earlier: Option<Version>,
    back: String,
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
        let earlier = renewed::before(conn, &version)?;
        let text = agreement::text_for(conn, id, language)?;
        Ok((version, languages, earlier, text))
    });
    let (version, languages, earlier, text) = read.await?;
    let body = Published::of(&text.body).filter(|_| text.is_intact());
    let body = body.ok_or_else(|| Error::internal("ALARM: a published agreement is damaged"))?;
    page(&TextPage {
        back: back(asked.back.as_deref()).to_owned(),
        shell,
        version,
        text,
        body,
        languages,
        earlier,
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
