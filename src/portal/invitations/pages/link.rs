//! The link in the mail: it finds the invitation, and changes nothing.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::super::store::find;
use crate::{
    access::guards::{Member, SignedIn},
    db::{Db, DbConn},
    domain::{Instant, InvitationId, invitation::InvitationState, token::Token},
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

/// For those whom an invitation is for that waits, and was sent again since.
#[derive(Template)]
#[template(path = "invitations/replaced_link.html")]
struct ReplacedLinkPage {
    shell: Shell,
    id: InvitationId,
    partner: String,
    until: Instant,
}

/// Where a link leads.
enum Way {
    /// To an invitation that waits: its id, who invites, since when.
    Open(InvitationId, String, Instant),
    /// To what became of an invitation of the reader's own tenant.
    Past(InvitationId),
    /// To nothing any more, since a newer one was made: the invitation, who invites, until when.
    Replaced(InvitationId, String, Instant),
}

/// A link that is dead says what became of its invitation to the tenant that it was for, and to
/// nobody else.
fn way(
    conn: &mut DbConn,
    who: Option<&SignedIn>,
    token: &Token,
    now: Instant,
) -> Result<Way, Error> {
    match find::by_live_token(conn, token, now) {
        Ok((id, partner, sent)) => Ok(Way::Open(id, partner, sent)),
        Err(Error::NotFound) => {
            let member = who.and_then(SignedIn::also::<Member>);
            let member = member.ok_or(Error::NotFound)?;
            let (id, killed) = find::by_any_token(conn, member.scope(), token)?;
            let invitation = find::find(conn, member.scope(), id, now)?;
            if killed && invitation.state == InvitationState::Open {
                let until = invitation.expires_at;
                return Ok(Way::Replaced(id, invitation.partner.name, until));
            }
            Ok(Way::Past(id))
        }
        Err(error) => Err(error),
    }
}

/// `GET /invitations/{token}`: signed in, straight to the review by the invitation's id, where
/// somebody of another tenant is offered another account; signed out, only who invites. To
/// strangers, signed in or not, a dead link looks like one that never was.
pub async fn link(
    req: HttpRequest,
    token: Path<String>,
    who: Result<SignedIn, Error>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let who = match who {
        Ok(who) => Some(who),
        Err(Error::SignedOut) => None,
        Err(error) => return Err(error),
    };
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    let signed_in = who.is_some();
    let read = db.read(move |conn| way(conn, who.as_ref(), &token, now.0));
    match read.await {
        Ok(Way::Open(id, ..) | Way::Past(id)) if signed_in => {
            Ok(see_other(&format!("/billing/invitations/{id}")))
        }
        Ok(Way::Open(id, partner, sent)) => invites(&req, id, partner, sent),
        Ok(Way::Replaced(id, partner, until)) => replaced(&req, id, partner, until),
        Ok(Way::Past(_)) | Err(Error::NotFound) => dead(&req),
        Err(error) => Err(error),
    }
}

/// The page for somebody who has yet to sign in.
fn invites(
    req: &HttpRequest,
    id: InvitationId,
    partner: String,
    sent: Instant,
) -> Result<HttpResponse, Error> {
    let avatar = Avatar::company(&partner);
    page(&LinkPage {
        shell: bare(req),
        id,
        partner,
        avatar,
        sent,
    })
}

/// The page for those whom the invitation is for: the newer link is in a later mail.
fn replaced(
    req: &HttpRequest,
    id: InvitationId,
    partner: String,
    until: Instant,
) -> Result<HttpResponse, Error> {
    let page = ReplacedLinkPage {
        shell: bare(req),
        id,
        partner,
        until,
    };
    page_with(StatusCode::GONE, &page)
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
