//! The operator's page about mail.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    access::guards::{Guard, Operator},
    db::{Db, DbConn},
    domain::MailId,
    error::Error,
    evidence::chain::EventActor,
    web::{
        form::{Form, Nothing, query},
        locale::Locale,
        now::Now,
        page::{Shell, page},
        redirect::see_other,
    },
    work::{
        delivery::Fault,
        mail::kept::{self, Counts, Kept, MailState, Which},
        outbox::MailKind,
    },
};

/// How many mails are shown at most: the newest.
const SHOWN: i64 = 100;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    again: String,
}

/// A mail, as shown.
struct Line {
    id: MailId,
    recipient: String,
    about: String,
    written: (String, String),
    why: String,
    detail: String,
    tried: String,
    next: Option<(String, String)>,
    can_retry: bool,
}

#[derive(Template)]
#[template(path = "operator/mail.html")]
struct MailPage {
    shell: Shell,
    counted: String,
    waiting: bool,
    can_retry_all: bool,
    said: Option<String>,
    lines: Vec<Line>,
}

impl MailPage {
    fn new(
        shell: Shell,
        (counts, mails): (Counts, Vec<Kept>),
        (waiting, asked): (bool, &Asked),
    ) -> Self {
        let lines: Vec<Line> = mails.iter().map(|mail| line(shell.l, mail)).collect();
        let said = !asked.again.is_empty();
        Self {
            waiting,
            counted: counted(shell.l, counts),
            can_retry_all: lines.iter().any(|line| line.can_retry),
            said: said.then(|| {
                shell
                    .l
                    .with("mail-again-text", &[("count", counts.waiting.into())])
            }),
            lines,
            shell,
        }
    }
}

/// `GET /operator/mail`.
pub async fn mail(req: HttpRequest, by: Operator, db: Data<Db>) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let waiting = asked.state == "waiting";
    let state = if waiting {
        MailState::Queued
    } else {
        MailState::Parked
    };
    let read = move |conn: &mut DbConn| {
        let mails = kept::list(conn, Some(state), SHOWN)?;
        Ok((kept::counts(conn)?, mails))
    };
    let found = db.read(read).await?;
    page(&MailPage::new(by.shell(&req), found, (waiting, &asked)))
}

fn counted(l: Locale, counts: Counts) -> String {
    let of = |count: i64| l.number(&count);
    let (parked, waiting) = (of(counts.parked), of(counts.waiting));
    l.t2(
        "mail-counts",
        "parked",
        parked.as_str(),
        "waiting",
        waiting.as_str(),
    )
}

fn line(l: Locale, mail: &Kept) -> Line {
    let when = |at| (l.machine(at), l.date_time(at));
    let word = |prefix: &str, word: Option<&str>| {
        word.map_or_else(String::new, |word| l.word(prefix, word))
    };
    Line {
        id: mail.id,
        recipient: mail
            .recipient
            .clone()
            .unwrap_or_else(|| l.t("mail-erased").to_owned()),
        about: word("mail-kind", mail.kind.map(MailKind::as_str)),
        written: when(&mail.created_at),
        why: word("mail-fault", mail.fault.map(Fault::as_str)),
        detail: mail.detail.clone().unwrap_or_default(),
        tried: l.number(&i64::from(mail.attempts)),
        next: mail.next_at.as_ref().map(when),
        can_retry: mail.can_retry,
    }
}

/// `POST /operator/mail/{id}/retry`.
pub async fn retry(
    by: Operator,
    id: Path<MailId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    again(&by, Which::One(id.into_inner()), &db, now).await
}

/// `POST /operator/mail/retry`: all that can be.
pub async fn retry_all(
    by: Operator,
    _form: Form<Nothing>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    again(&by, Which::All, &db, now).await
}

async fn again(by: &Operator, which: Which, db: &Db, now: Now) -> Result<HttpResponse, Error> {
    db.write(by, move |conn, by| {
        let actor = EventActor::of(by.acting());
        kept::retry(conn, &actor, which, now.0)
    })
    .await?;
    Ok(see_other("/operator/mail?again=yes"))
}
