//! The one answer that shows a link: when it is made, and when it is made anew.
//!
//! It answers the POST itself. A redirect would need the link to be kept until it is followed, in
//! the database, where nobody may find it again, or in a cookie, which outlives the page. Loading
//! the page again sends the form again, and that is answered by the invitation that is open.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web::Data};
use askama::Template;

use super::{super::store::one, PATH, Tools, mail::Mail, view::Line};
use crate::{
    access::guards::{Guard, Inviter},
    db::Db,
    error::Error,
    inviting::create::Created,
    web::page::{Shell, page_with},
    work::letter::Block,
};

#[derive(Template)]
#[template(path = "partner/invitations/made.html")]
struct MadePage {
    shell: Shell,
    line: Line,
    link: String,
    sent: String,
    mail: Option<Mail>,
    by_hand: bool,
}

/// The page with the link.
///
/// # Errors
/// The database's.
pub async fn page(
    req: &HttpRequest,
    by: &Inviter,
    db: &Data<Db>,
    created: Created,
    tools: &Tools,
) -> Result<HttpResponse, Error> {
    let (id, scope, now) = (created.id, by.scope(), tools.clock.now());
    let one = db.read(move |conn| one::find(conn, scope, id, now)).await?;
    let mut shell = by.shell(req);
    let l = shell.l;
    let path = format!("{PATH}/{id}");
    // Whoever changes the language from here comes to the invitation, not to a step.
    shell.path.clone_from(&path);
    shell.query = String::new();
    let sent = match one.row.delivery {
        None => l.t("made-by-hand").to_owned(),
        Some(_) if !shell.mail => l.t("made-no-server").to_owned(),
        Some(_) => {
            let address = one.mail_to.as_ref().unwrap_or(&one.row.written);
            l.t1("made-queued", "address", address)
        }
    };
    let page = MadePage {
        line: Line::of(&shell, &one.row),
        link: created.link,
        sent,
        mail: Mail::of_invitation(by.acting().organization(), &one),
        by_hand: one.mail_to.is_none(),
        shell,
    };
    let mut answer = page_with(StatusCode::CREATED, &page)?;
    let location = header::HeaderValue::from_str(&path).map_err(Error::internal)?;
    answer.headers_mut().insert(header::LOCATION, location);
    Ok(answer)
}
