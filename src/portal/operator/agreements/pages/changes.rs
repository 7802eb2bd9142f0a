//! `/operator/agreements/drafts/{draft}/changes`: what a draft changes, in each of its languages,
//! as customers will read it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{
    super::{markdown::NewText, store::list::Line},
    DRAFTS, PATH,
    draft::{dated_of, title_of},
    found::found,
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{DraftId, Language},
    error::Error,
    evidence::{
        compared::{self, Written},
        difference::{Difference, Part},
    },
    web::{
        locale::Locale,
        page::{Shell, page},
    },
};

/// What becomes of the text in one language.
struct Changed {
    language: Language,
    name: String,
    /// None where the version that counts has no text in this language.
    difference: Option<Difference>,
}

impl Changed {
    fn of(l: Locale, (language, difference): (Language, Option<Difference>)) -> Self {
        Self {
            name: l.word("language", language.as_str()),
            language,
            difference,
        }
    }
}

#[derive(Template)]
#[template(path = "operator/draft_changes.html")]
struct ChangesPage {
    shell: Shell,
    path: String,
    title: String,
    dated: String,
    before: Option<Line>,
    texts: Vec<Changed>,
}

/// `GET /operator/agreements/drafts/{draft}/changes`
pub async fn changes(
    req: HttpRequest,
    by: Operator,
    id: Path<DraftId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (draft, replaces) = match found(&db, id.into_inner()).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let before = replaces.line().cloned();
    let written = match before.as_ref().map(|line| line.id) {
        Some(id) => db.read(move |conn| compared::written(conn, id)).await?,
        None => Vec::new(),
    };
    let (shell, texts) = (by.shell(&req), draft.version.texts.clone());
    // Comparing long texts takes a while: other requests don't wait for it.
    let compared = actix_web::web::block(move || compare(&written, texts)).await;
    let (l, texts) = (shell.l, compared.map_err(Error::internal)?);
    page(&ChangesPage {
        path: format!("{DRAFTS}/{}", draft.id),
        title: title_of(l, &draft),
        dated: dated_of(l, &draft),
        texts: texts.into_iter().map(|one| Changed::of(l, one)).collect(),
        before,
        shell,
    })
}

fn compare(before: &[Written], after: Vec<NewText>) -> Vec<(Language, Option<Difference>)> {
    let compared = after.into_iter().map(|text| {
        let later = Written {
            language: text.language,
            title: text.title,
            source: text.source,
        };
        let mut same = before.iter().filter(|one| one.language == later.language);
        let difference = same.next().map(|earlier| earlier.until(&later));
        (later.language, difference)
    });
    compared.collect()
}
