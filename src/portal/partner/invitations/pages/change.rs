//! Sending an invitation again, and taking it back.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use askama::Template;

use super::{
    super::store::{change, one},
    PATH, Tools,
    compose::spent_words,
    made,
    one::{OnePage, facts},
    view::Line,
};
use crate::{
    access::guards::{Guard, Inviter},
    db::Db,
    domain::{InvitationId, invitation::InvitationStatus},
    error::Error,
    inviting::{
        resend::{Resent, resend as send_again},
        withdraw::Withdrawing,
    },
    web::{
        form::{Form, Nothing},
        now::{Clock, Now},
        page::{Shell, page},
        redirect::see_other,
    },
};

/// `POST /partner/invitations/{id}/resend`: a new link, shown once; the old one is dead.
pub async fn resend(
    req: HttpRequest,
    by: Inviter,
    (id, _form): (Path<InvitationId>, Form<Nothing>),
    db: Data<Db>,
    tools: Tools,
) -> Result<HttpResponse, Error> {
    let (id, with) = (id.into_inner(), tools.clone());
    let sent = db.write(&by, move |conn, by| {
        send_again(conn, by, id, with.pair(), &with.clock)
    });
    let stopped = match sent.await? {
        Resent::Sent(created) => return made::page(&req, &by, &db, created, &tools).await,
        stopped => stopped,
    };
    let (scope, now) = (by.scope(), tools.clock.now());
    let facts = db.read(move |conn| facts(conn, scope, id, now)).await?;
    let shown = OnePage::new(by.shell(&req), &by, facts);
    refused(&by.shell(&req), shown, &stopped)
}

/// The invitation's page, with what is in the way.
fn refused(shell: &Shell, shown: OnePage, stopped: &Resent) -> Result<HttpResponse, Error> {
    let l = shell.l;
    let Resent::Spent(spent) = stopped else {
        let title = l.t("sent-over-title").to_owned();
        return shown.stopped(
            StatusCode::CONFLICT,
            (title, l.t("sent-over-text").to_owned()),
        );
    };
    let title = l.t("compose-spent-title").to_owned();
    let stop = (title, spent_words(l, spent));
    let mut answer = shown.stopped(StatusCode::TOO_MANY_REQUESTS, stop)?;
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, spent.seconds.into());
    Ok(answer)
}

#[derive(Template)]
#[template(path = "partner/invitations/withdrawal.html")]
struct WithdrawalPage {
    shell: Shell,
    line: Line,
}

/// `GET /partner/invitations/{id}/withdrawal`. Where nothing is left to take back, the invitation's
/// page says what became of it.
pub async fn ask(
    req: HttpRequest,
    by: Inviter,
    id: Path<InvitationId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (scope, id, reader) = (by.scope(), id.into_inner(), by.clone());
    let read = db.read(move |conn| {
        let one = one::find(conn, scope, id, now.0)?;
        reader.may_send(conn, one.row.kind)?;
        Ok(one)
    });
    let one = read.await?;
    if one.row.status != InvitationStatus::Open {
        return Ok(see_other(&format!("{PATH}/{id}")));
    }
    let shell = by.shell(&req);
    let line = Line::of(&shell, &one.row);
    page(&WithdrawalPage { shell, line })
}

/// `POST /partner/invitations/{id}/withdrawal`.
pub async fn withdraw(
    by: Inviter,
    id: Path<InvitationId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    let withdrawn = db.write(&by, move |conn, by| change::withdraw(conn, by, id, &clock));
    match withdrawn.await {
        Ok(Withdrawing::Withdrawn) => Ok(see_other(&format!("{PATH}/{id}?said=withdrawn"))),
        // It ran out, or somebody answered first: the page says how.
        Ok(Withdrawing::RanOut(_)) | Err(Error::Conflict(_)) => {
            Ok(see_other(&format!("{PATH}/{id}")))
        }
        Err(error) => Err(error),
    }
}
