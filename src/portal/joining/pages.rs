//! The page behind the link: who asks, for which address, and how to join.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode},
    web::{Data, Path},
};
use askama::Template;

use super::store::{self, Asked, Joined};
use crate::{
    access::{
        guards::{Guard, SignedIn},
        joining::Joining,
        nav::role_key,
        session::Door,
    },
    db::Db,
    domain::{Instant, token::Token},
    error::Error,
    web::{
        edge::anonymous_shell,
        form::{Form, Mistakes, Nothing},
        now::{Clock, Now},
        page::{Avatar, Shell, page_with},
        redirect::see_other,
    },
};

/// How the reader stands to the link.
#[derive(Debug, Clone)]
pub(super) enum Reader {
    /// Nobody is signed in.
    Anybody,
    /// Somebody signed in by the address that the link is for.
    Meant(String),
    /// Somebody signed in by another address.
    Other(String),
}

#[derive(Template)]
#[template(path = "joining/asked.html")]
struct AskedPage {
    shell: Shell,
    token: String,
    avatar: Avatar,
    asked: Asked,
    roles: Vec<(String, String)>,
    reader: Reader,
    name: String,
    mistakes: Mistakes,
    /// The tenant whose partners the reader decides about, which stands in the way.
    decides: Option<String>,
}

/// The same for every link that doesn't work, whatever became of it.
#[derive(Template)]
#[template(path = "joining/dead_link.html")]
struct DeadLinkPage {
    shell: Shell,
}

pub(super) fn dead(req: &HttpRequest) -> Result<HttpResponse, Error> {
    page_with(StatusCode::NOT_FOUND, &DeadLinkPage { shell: bare(req) })
}

/// A shell that doesn't repeat the address: it holds a secret.
fn bare(req: &HttpRequest) -> Shell {
    let mut shell = anonymous_shell(req);
    shell.path = String::new();
    shell
}

/// The page with what the link asks: what stands in the way, or what was typed and is mistaken.
pub(super) fn answer(
    req: &HttpRequest,
    token: &Token,
    (asked, reader): (Asked, Reader),
    (name, mistakes): (String, Mistakes),
    decides: Option<String>,
) -> Result<HttpResponse, Error> {
    let shell = bare(req).mistaken(!mistakes.is_empty());
    let l = shell.l;
    let status = match (&decides, mistakes.is_empty()) {
        (Some(_), _) => StatusCode::FORBIDDEN,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        // Nothing is mistaken but the form itself, which is for those without an account.
        (None, true) if req.method() == Method::POST => StatusCode::CONFLICT,
        (None, true) => StatusCode::OK,
    };
    let role = |role: &crate::domain::membership::MemberRole| {
        let name = l.t(role_key(Some(*role))).to_owned();
        (name, l.word("staff-role", role.as_str()))
    };
    let page = AskedPage {
        token: token.reveal().to_owned(),
        avatar: Avatar::company(&asked.partner),
        roles: asked.roles.iter().map(role).collect(),
        asked,
        reader,
        name,
        mistakes,
        decides,
        shell,
    };
    page_with(status, &page)
}

/// Who is signed in, if anybody.
pub(super) fn who(who: Result<SignedIn, Error>) -> Result<Option<SignedIn>, Error> {
    match who {
        Ok(who) => Ok(Some(who)),
        Err(Error::SignedOut) => Ok(None),
        Err(error) => Err(error),
    }
}

fn reader(who: Option<&SignedIn>, asked: &Asked) -> Reader {
    let Some(acting) = who.map(SignedIn::acting) else {
        return Reader::Anybody;
    };
    if store::is_for(asked, &acting.email) {
        Reader::Meant(acting.name.clone())
    } else {
        Reader::Other(acting.email.clone())
    }
}

/// `GET /staff-invitations/{token}`: changes nothing, however often it is opened. Nobody is told
/// whether the address has an account.
pub async fn form(
    req: HttpRequest,
    token: Path<String>,
    signed_in: Result<SignedIn, Error>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let who = who(signed_in)?;
    match Token::parse(&token) {
        Some(token) => show(&req, &token, who.as_ref(), &db, now.0).await,
        None => dead(&req),
    }
}

/// What a link asks, as far as it works.
pub(super) async fn show(
    req: &HttpRequest,
    token: &Token,
    who: Option<&SignedIn>,
    db: &Db,
    now: Instant,
) -> Result<HttpResponse, Error> {
    let hash = token.hash();
    let asked = match db.read(move |conn| store::asked(conn, &hash, now)).await {
        Err(Error::NotFound) => return dead(req),
        asked => asked?,
    };
    let reader = reader(who, &asked);
    let empty = (asked.name.clone(), Mistakes::none());
    answer(req, token, (asked, reader), empty, None)
}

/// `POST /staff-invitations/{token}/acceptance`: somebody signed in joins, and goes on as a member
/// of the staff.
pub async fn accept(
    req: HttpRequest,
    by: SignedIn,
    (token, _form): (Path<String>, Form<Nothing>),
    (db, clock): (Data<Db>, Data<Clock>),
    door: Door,
) -> Result<HttpResponse, Error> {
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    let (hash, own) = (token.hash(), Data::clone(&clock));
    let joining = Joining::new(by.clone(), hash);
    let joined = db.write(&joining, move |conn, by| store::join(conn, by, &own));
    let tenant = match joined.await {
        Ok(Joined::Member(membership)) => {
            door.switch(membership)?;
            return Ok(see_other("/partner"));
        }
        Ok(Joined::Decides(tenant)) => tenant,
        Err(Error::NotFound) => return dead(&req),
        Err(error) => return Err(error),
    };
    let now = clock.now();
    let asked = db.read(move |conn| store::asked(conn, &hash, now)).await?;
    let shown = (asked, Reader::Meant(by.acting().name.clone()));
    let empty = (String::new(), Mistakes::none());
    answer(&req, &token, shown, empty, Some(tenant))
}
