//! What differs between two versions of an agreement.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::text::{back, parse};
use crate::{
    access::guards::{Guard, SignedIn},
    db::{Db, DbConn},
    domain::{Language, VersionId},
    error::Error,
    evidence::{
        agreement::{self, Version},
        compared::{self, Pair},
        difference::{Difference, Part},
        renewed,
    },
    web::{
        form::query,
        page::{Shell, page},
    },
};

/// The earlier version, where it isn't the one right before, and the way back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: Option<String>,
    back: Option<String>,
}

#[derive(Template)]
#[template(path = "agreements/changes.html")]
struct ChangesPage {
    shell: Shell,
    title: String,
    later: Version,
    earlier: Option<Version>,
    /// With the language of both texts; none where they have none in common.
    difference: Option<(Language, Difference)>,
    back: String,
}

/// `GET /agreements/{version}/changes`: against the version before, or the one that is named.
pub async fn changes(
    req: HttpRequest,
    who: SignedIn,
    version: Path<String>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let shell = who.shell(&req);
    let (id, language) = (parse(&version)?, shell.l.language);
    let from = asked.from.as_deref().map(parse).transpose()?;
    let read = db.read(move |conn| find(conn, id, from, language));
    let (later, earlier, title, pair) = read.await?;
    // Comparing long texts takes a while: neither a connection nor other requests wait for it.
    let compare = move || pair.map(|pair| (pair.language(), pair.difference()));
    let difference = actix_web::web::block(compare).await;
    page(&ChangesPage {
        title,
        back: back(asked.back.as_deref()).to_owned(),
        difference: difference.map_err(Error::internal)?,
        shell,
        later,
        earlier,
    })
}

/// Both versions, the title of the later one, and their texts.
type Found = (Version, Option<Version>, String, Option<Pair>);

fn find(
    conn: &mut DbConn,
    id: VersionId,
    from: Option<VersionId>,
    language: Language,
) -> Result<Found, Error> {
    let later = agreement::published(conn, id)?;
    let earlier = match from {
        Some(from) => Some(agreement::published(conn, from)?),
        None => renewed::before(conn, &later)?,
    };
    if earlier
        .as_ref()
        .is_some_and(|one| one.agreement != later.agreement)
    {
        return Err(Error::NotFound);
    }
    let title = agreement::text_for(conn, id, language)?.title;
    let pair = match &earlier {
        Some(earlier) => compared::pair(conn, (earlier.id, id), language)?,
        None => None,
    };
    Ok((later, earlier, title, pair))
}
