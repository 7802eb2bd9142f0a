//! Setting the password by the mailed link.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::store;
use crate::{
    access::password,
    db::Db,
    domain::token::Token,
    error::Error,
    web::{
        edge::anonymous_shell,
        form::{Form, Mistakes},
        now::{Clock, Now},
        page::{Shell, page_with},
        redirect::see_other,
        request::Origin,
    },
};

#[derive(Template)]
#[template(path = "password_reset/set.html")]
struct SetPage {
    shell: Shell,
    email: String,
    token: String,
    mistakes: Mistakes,
}

/// The same for every link by which nothing can be set, whatever became of it.
#[derive(Template)]
#[template(path = "password_reset/dead_link.html")]
struct DeadLinkPage {
    shell: Shell,
}

/// The form. What was typed here is never shown again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    new: String,
    again: String,
}

/// `GET /password-reset/{token}`: changes nothing, however often it is opened.
pub async fn form(
    req: HttpRequest,
    token: Path<String>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    let hash = token.hash();
    match db.read(move |conn| store::owner(conn, &hash, now.0)).await {
        Ok(owner) => answer(&req, &token, owner.email, Mistakes::none()),
        Err(Error::NotFound) => dead(&req),
        Err(error) => Err(error),
    }
}

/// `POST /password-reset/{token}`: sets the password and ends every session, once.
pub async fn set(
    req: HttpRequest,
    token: Path<String>,
    form: Form<Set>,
    (db, clock): (Data<Db>, Data<Clock>),
    now: Now,
) -> Result<HttpResponse, Error> {
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    match try_set(&req, &token, form.0, (&db, &clock), now).await {
        Ok(Ok(())) => Ok(see_other("/sign-in?reset=done")),
        Ok(Err((email, mistakes))) => answer(&req, &token, email, mistakes),
        Err(Error::NotFound | Error::SignedOut) => dead(&req),
        Err(error) => Err(error),
    }
}

/// Sets the password, or says what is mistaken in the form, and whose it is.
async fn try_set(
    req: &HttpRequest,
    token: &Token,
    form: Set,
    (db, clock): (&Db, &Data<Clock>),
    now: Now,
) -> Result<Result<(), (String, Mistakes)>, Error> {
    let hash = token.hash();
    let owner = db
        .read(move |conn| store::owner(conn, &hash, now.0))
        .await?;
    let mut mistakes = Mistakes::none();
    if let Err(refused) = password::measure(&form.new) {
        mistakes.add("new", refused.key());
    }
    if form.new != form.again {
        mistakes.add("again", "password-again");
    }
    if !mistakes.is_empty() {
        return Ok(Err((owner.email, mistakes)));
    }
    let new = match password::take(form.new, owner.names()).await? {
        Ok(new) => new,
        Err(refused) => {
            mistakes.add("new", refused.key());
            return Ok(Err((owner.email, mistakes)));
        }
    };
    let (origin, clock) = (Origin::noted(req), Data::clone(clock));
    db.write_unattended(move |conn| store::set(conn, (&hash, &new), &origin, &clock))
        .await?;
    Ok(Ok(()))
}

fn answer(
    req: &HttpRequest,
    token: &Token,
    email: String,
    mistakes: Mistakes,
) -> Result<HttpResponse, Error> {
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = SetPage {
        shell: bare(req).mistaken(!mistakes.is_empty()),
        email,
        token: token.reveal().to_owned(),
        mistakes,
    };
    page_with(status, &page)
}

fn dead(req: &HttpRequest) -> Result<HttpResponse, Error> {
    page_with(StatusCode::NOT_FOUND, &DeadLinkPage { shell: bare(req) })
}

/// A shell that doesn't repeat the address: it holds a secret.
fn bare(req: &HttpRequest) -> Shell {
    let mut shell = anonymous_shell(req);
    shell.path = String::new();
    shell
}
