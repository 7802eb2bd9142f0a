//! `/operator/agreements`: every agreement with its versions, and what is being written.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{drafts, list},
    DRAFTS, PATH,
    words::{asks, which},
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{
        Instant, Language,
        agreement::{AgreementKind, VersionState},
    },
    error::Error,
    web::{
        form::query,
        locale::Locale,
        page::{Shell, page},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    discarded: String,
}

/// A version, as a row.
struct Line {
    href: String,
    dated: String,
    number: i64,
    state: VersionState,
    asks: String,
    languages: String,
    published: Option<Instant>,
}

/// A draft, as a note above the table.
struct Written {
    href: String,
    dated: String,
    changed: Instant,
}

/// An agreement: of a kind, a country's own or that of all others.
struct Agreement {
    id: String,
    kind: AgreementKind,
    country: String,
    title: String,
    draft: Option<Written>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "operator/agreements.html")]
struct ListPage {
    shell: Shell,
    said: Option<(String, String)>,
    agreements: Vec<Agreement>,
}

/// `GET /operator/agreements`
pub async fn list(req: HttpRequest, by: Operator, db: Data<Db>) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (versions, written) = db
        .read(move |conn| Ok((list::all(conn)?, drafts::all(conn)?)))
        .await?;
    let shell = by.shell(&req);
    let l = shell.l;
    // Nothing is left to read a note back from: that no draft of the name is there is what it says.
    let gone = !asked.discarded.is_empty()
        && !written
            .iter()
            .any(|one| one.id.to_string() == asked.discarded);
    page(&ListPage {
        said: gone.then(|| {
            let title = l.t("agreements-discarded-title").to_owned();
            (title, l.t("agreements-discarded-text").to_owned())
        }),
        agreements: grouped(l, versions, &written),
        shell,
    })
}

fn grouped(l: Locale, versions: Vec<list::Line>, drafts: &[drafts::Draft]) -> Vec<Agreement> {
    let mut agreements: Vec<Agreement> = Vec::new();
    let begin = |kind: AgreementKind, country: Option<&str>| Agreement {
        id: format!("{kind}-{}", country.unwrap_or("all").to_lowercase()),
        kind,
        country: country.unwrap_or_default().to_owned(),
        title: which(l, kind, country),
        draft: None,
        lines: Vec::new(),
    };
    let is = |one: &Agreement, kind, country: Option<&str>| {
        one.kind == kind && one.country == country.unwrap_or_default()
    };
    for version in versions {
        let (kind, country) = (version.kind, version.country.as_deref());
        let line = line(l, &version);
        match agreements.iter_mut().find(|one| is(one, kind, country)) {
            Some(agreement) => agreement.lines.push(line),
            None => agreements.push(Agreement {
                lines: vec![line],
                ..begin(kind, country)
            }),
        }
    }
    for draft in drafts {
        let (kind, country) = (draft.version.of.kind, draft.version.of.code());
        let written = Some(Written {
            href: format!("{DRAFTS}/{}", draft.id),
            dated: l.dated(&draft.version.terms.dated.to_string()),
            changed: draft.changed_at,
        });
        match agreements.iter_mut().find(|one| is(one, kind, country)) {
            Some(agreement) => agreement.draft = written,
            None => agreements.push(Agreement {
                draft: written,
                ..begin(kind, country)
            }),
        }
    }
    agreements
}

fn line(l: Locale, version: &list::Line) -> Line {
    let name = |language: &Language| l.word("language", language.as_str());
    let languages: Vec<String> = version.languages.iter().map(name).collect();
    Line {
        href: format!("{PATH}/versions/{}", version.id),
        dated: l.dated(&version.dated),
        number: i64::from(version.number),
        state: version.state,
        asks: asks(l, version.material, version.earlier_suffices_until),
        languages: languages.join(", "),
        published: version.published_at,
    }
}
