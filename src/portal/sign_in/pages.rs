//! The sign-in page.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;
use validator::Validate;

use super::store::{self, Account};
use crate::{
    access::{
        known_browser::{self, Shown},
        password,
        session::Door,
    },
    db::Db,
    domain::{Instant, InvitationId, MembershipId, email::Email},
    error::Error,
    web::{
        edge::anonymous_shell,
        form::{Form, Mistakes, query},
        now::Now,
        page::{Avatar, Shell, page_with},
        redirect::{local, see_other},
    },
};

/// Who invites, where a link led here.
struct Inviter {
    name: String,
    avatar: Avatar,
    at: Instant,
}

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInPage {
    shell: Shell,
    next: String,
    email: String,
    mistakes: Mistakes,
    inviter: Option<Inviter>,
    /// A password was just set by a mailed link.
    reset: bool,
}

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    next: Option<String>,
    reset: Option<String>,
}

/// The form.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[validate(length(min = 1, code = "sign-in-email-missing"))]
    email: String,
    #[validate(length(min = 1, code = "sign-in-password-missing"))]
    password: String,
    #[serde(default)]
    next: String,
}

/// Where to go on, and whether to go on there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOut {
    #[serde(default)]
    next: String,
}

async fn answer(
    req: &HttpRequest,
    db: &Db,
    now: Instant,
    status: StatusCode,
    (next, email, mistakes): (String, String, Mistakes),
) -> Result<HttpResponse, Error> {
    let id = next
        .strip_prefix("/billing/invitations/")
        .and_then(|id| id.parse().ok());
    let inviter = match id {
        Some(id) => inviter(db, id, now).await?,
        None => None,
    };
    let shell = anonymous_shell(req).mistaken(!mistakes.is_empty());
    let reset = mistakes.is_empty() && query::<Next>(req)?.reset.is_some();
    page_with(
        status,
        &SignInPage {
            shell,
            next,
            email,
            mistakes,
            inviter,
            reset,
        },
    )
}

async fn inviter(db: &Db, id: InvitationId, now: Instant) -> Result<Option<Inviter>, Error> {
    let row = db.read(move |conn| store::inviter(conn, id, now)).await?;
    Ok(row.map(|(name, at)| Inviter {
        avatar: Avatar::company(&name),
        name,
        at,
    }))
}

/// `GET /sign-in`. Somebody who is signed in goes straight on.
pub async fn form(
    req: HttpRequest,
    door: Door,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Next = query(&req)?;
    let next = local(asked.next.as_deref()).to_owned();
    if door.is_open() {
        return Ok(see_other(&next));
    }
    answer(
        &req,
        &db,
        now.0,
        StatusCode::OK,
        (next, String::new(), Mistakes::none()),
    )
    .await
}

/// `POST /sign-in`. Unknown, wrong, disabled and invited-only accounts look alike and take as long.
pub async fn sign_in(
    req: HttpRequest,
    door: Door,
    form: Form<SignIn>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let mut form = form.0;
    let next = local(Some(&form.next)).to_owned();
    let mut mistakes = Mistakes::of(&form);
    if mistakes.is_empty() {
        let password = std::mem::take(&mut form.password);
        let tried = (form.email.as_str(), password, Shown::of(&req));
        if let Some((account, membership)) = right(&db, tried, now.0).await? {
            door.enter((account.person, membership), account.verified)?;
            let mut answer = see_other(&next);
            known_browser::remember(&req, &mut answer, (account.person, account.verified))?;
            return Ok(answer);
        }
        mistakes.add("email", "sign-in-wrong");
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer(&req, &db, now.0, status, (next, form.email, mistakes)).await
}

/// Who may come in, where the password is right.
async fn right(
    db: &Db,
    (typed, password, browser): (&str, String, Shown),
    now: Instant,
) -> Result<Option<(Account, MembershipId)>, Error> {
    let Ok(email) = Email::parse(typed) else {
        password::verify(password, None).await?;
        return Ok(None);
    };
    let tried = move |conn: &mut _| store::try_account(conn, &email, &browser, now);
    let (budget, account) = db.write_unattended(tried).await?;
    let hash = account.as_ref().and_then(|account| account.hash.clone());
    let right = password::verify(password, hash).await?;
    let (true, Some(account)) = (right, account) else {
        return Ok(None);
    };
    let Some(membership) = account.membership else {
        return Ok(None);
    };
    db.write_unattended(move |conn| store::succeeded(conn, &budget))
        .await?;
    Ok(Some((account, membership)))
}

/// `POST /sign-out`: ends the session on the server. Signing out twice is no error.
pub async fn sign_out(door: Door, form: Form<SignOut>) -> Result<HttpResponse, Error> {
    door.leave();
    let next = local(Some(&form.0.next)).to_owned();
    if next == "/" {
        return Ok(see_other("/sign-in"));
    }
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Ok(see_other(&format!("/sign-in?next={next}")))
}
