//! Asking for the link.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;
use validator::Validate;

use super::store::{self, Asked};
use crate::{
    db::Db,
    domain::email::Email,
    error::Error,
    secret::Secret,
    web::{
        edge::anonymous_shell,
        form::{Form, Mistakes, query},
        locale::Locale,
        now::Now,
        page::{Shell, Site, page_with},
        redirect::see_other,
        request::Origin,
    },
};

#[derive(Template)]
#[template(path = "password_reset/ask.html")]
struct AskPage {
    shell: Shell,
    email: String,
    mistakes: Mistakes,
    asked: bool,
    mail: bool,
}

/// The query of the page: whether a form was sent before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    asked: Option<String>,
}

/// The form.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    #[validate(length(min = 1, code = "sign-in-email-missing"))]
    email: String,
}

fn answer(
    req: &HttpRequest,
    (status, mail, asked): (StatusCode, bool, bool),
    (email, mistakes): (String, Mistakes),
) -> Result<HttpResponse, Error> {
    let shell = anonymous_shell(req).mistaken(!mistakes.is_empty());
    let page = AskPage {
        shell,
        email,
        mistakes,
        asked,
        mail,
    };
    page_with(status, &page)
}

/// `GET /password-reset`. Where no mail goes out, it says so, and whom to ask.
pub async fn form(req: HttpRequest, site: Data<Site>) -> Result<HttpResponse, Error> {
    let before: Before = query(&req)?;
    let asked = before.asked.is_some() && site.mail;
    let empty = (String::new(), Mistakes::none());
    answer(&req, (StatusCode::OK, site.mail, asked), empty)
}

/// `POST /password-reset`. The answer is the same whether or not somebody has the address, and so
/// is what is done for it, but for the rows themselves.
pub async fn ask(
    req: HttpRequest,
    form: Form<Ask>,
    (site, secret): (Data<Site>, Data<Secret>),
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let form = form.0;
    if !site.mail {
        let empty = (String::new(), Mistakes::none());
        return answer(&req, (StatusCode::OK, false, false), empty);
    }
    let mut mistakes = Mistakes::of(&form);
    let email = Email::parse(&form.email);
    let (Ok(email), true) = (email, mistakes.is_empty()) else {
        mistakes.add("email", "email-invalid");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer(&req, (status, true, false), (form.email, mistakes));
    };
    let asked = Asked {
        email,
        client: Origin::noted(&req).client,
        language: Locale::current(&req).language,
    };
    db.write_unattended(move |conn| store::ask(conn, &asked, &site, &secret, now.0))
        .await?;
    Ok(see_other("/password-reset?asked=yes"))
}
