//! The link in the mail: it finds the invitation, and changes nothing.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::super::store::find;
use crate::{
    access::session::Door,
    db::Db,
    domain::{Instant, InvitationId, token::Token},
    error::Error,
    web::{
        edge::anonymous_shell,
        now::Now,
        page::{Avatar, Shell, page, page_with},
        redirect::see_other,
    },
};

#[derive(Template)]
#[template(path = "invitations/link.html")]
struct LinkPage {
    shell: Shell,
    id: InvitationId,
    partner: String,
    avatar: Avatar,
    sent: Instant,
}

/// The same for every link that leads nowhere, whatever became of it.
#[derive(Template)]
#[template(path = "invitations/dead_link.html")]
struct DeadLinkPage {
    shell: Shell,
}

/// `GET /invitations/{token}`: signed in, straight to the review by the invitation's id; signed
/// out, only who invites.
pub async fn link(
    req: HttpRequest,
    token: Path<String>,
    door: Door,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    if door.is_open() {
        let found = db.read(move |conn| find::by_any_token(conn, &token)).await;
        return match found {
            Ok(id) => Ok(see_other(&format!("/billing/invitations/{id}"))),
            Err(Error::NotFound) => dead(&req),
            Err(error) => Err(error),
        };
    }
    match db
        .read(move |conn| find::by_live_token(conn, &token, now.0))
        .await
    {
        Ok((id, partner, sent)) => {
            let avatar = Avatar::company(&partner);
            page(&LinkPage {
                shell: bare(&req),
                id,
                partner,
                avatar,
                sent,
            })
        }
        Err(Error::NotFound) => dead(&req),
        Err(error) => Err(error),
    }
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
