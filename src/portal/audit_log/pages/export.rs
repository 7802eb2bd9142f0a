//! The log as a file, of any length: batch by batch up to the end that it had at the start. A
//! connection is held while a batch is read, and none while the reader takes it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;

use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    error::Error,
    evidence::personal::canonical,
    evidence::told::{
        self, Filter, Told, actor_words, asked::Asked, capitalized, party_words,
        placed::handed_over, sentence,
    },
    web::{csv, form::query, locale::Locale},
};

/// How many events are read at once.
const BATCH: i64 = 500;

/// How a batch is written.
type Written = fn(&mut DbConn, Locale, &[Told]) -> Result<Vec<u8>, Error>;

/// Where a download stands.
struct Export {
    db: Db,
    scope: TenantScope,
    filter: Filter,
    l: Locale,
    written: Written,
    after: i64,
    head: i64,
    begin: Vec<u8>,
    ended: bool,
}

impl Export {
    /// The next part of the file, and where it stands then.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        if self.ended {
            return Ok(None);
        }
        let (scope, filter, l) = (self.scope, self.filter.clone(), self.l);
        let (written, from) = (self.written, (self.after, self.head));
        let read = self.db.read(move |conn| {
            let told = told::told_from(conn, scope, &filter, from)?;
            let last = told.last().map(|told| told.number);
            Ok((last, told.len(), written(conn, l, &told)?))
        });
        let (last, count, bytes) = read.await?;
        self.after = last.unwrap_or(self.head);
        self.ended = i64::try_from(count).unwrap_or(BATCH) < BATCH;
        let mut part = std::mem::take(&mut self.begin);
        part.extend(bytes);
        Ok(Some((Bytes::from(part), self)))
    }
}

/// The file, as it is asked for. What fails on the way breaks off the transfer, so that nobody takes
/// a part for the whole.
async fn file(
    req: &HttpRequest,
    by: &BillingAdmin,
    db: &Db,
    (kind, ending): (&'static str, &'static str),
    (begin, written): (Vec<u8>, Written),
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(req)?;
    let (l, scope) = (by.shell(req).l, by.scope());
    let head = db.read(move |conn| told::head(conn, scope)).await?;
    // What the page before has counted, and nothing that came since.
    let up_to = asked.up_to.parse().unwrap_or(head);
    let head = head.min(up_to).max(0);
    let filter = asked.filter(l, BATCH);
    // A gap in its numbers is one of the selection, not of the log: the name says so.
    let part = if filter.narrows() { "-selection" } else { "" };
    let export = Export {
        db: db.clone(),
        scope,
        filter,
        l,
        written,
        after: 0,
        head,
        begin,
        ended: false,
    };
    let parts = stream::try_unfold(export, |export| Box::pin(export.next()));
    let name = format!("attachment; filename=\"audit-log-1-{head}{part}.{ending}\"");
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, name))
        .streaming(parts))
}

/// `GET /audit-log.jsonl`: each event as it is hashed, one a line, with the personal data that it
/// commits to.
pub async fn jsonl(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let kind = ("application/x-ndjson; charset=utf-8", "jsonl");
    file(&req, &by, &db, kind, (Vec::new(), lines)).await
}

fn lines(conn: &mut DbConn, _: Locale, told: &[Told]) -> Result<Vec<u8>, Error> {
    let mut text = String::new();
    for line in handed_over(conn, told)? {
        text.push_str(&canonical(&line));
        text.push('\n');
    }
    Ok(text.into_bytes())
}

/// `GET /audit-log.csv`: each event in words, inert in spreadsheets.
pub async fn csv(req: HttpRequest, by: BillingAdmin, db: Data<Db>) -> Result<HttpResponse, Error> {
    let l = by.shell(&req).l;
    let head = [
        "audit-log-number",
        "audit-log-when",
        "audit-log-event",
        "audit-log-outcome",
        "audit-log-what",
        "audit-log-typed",
        "audit-log-who",
        "audit-log-for",
        "audit-log-partner",
        "audit-log-address",
        "audit-log-request",
    ];
    let head = csv::rows(std::iter::once(head.map(|key| l.t(key).to_owned())))?;
    let begin = [csv::MARK.as_bytes(), &head].concat();
    let kind = ("text/csv; charset=utf-8", "csv");
    file(&req, &by, &db, kind, (begin, rows)).await
}

fn rows(_: &mut DbConn, l: Locale, told: &[Told]) -> Result<Vec<u8>, Error> {
    csv::rows(told.iter().map(|event| row(l, event)))
}

fn row(l: Locale, event: &Told) -> [String; 11] {
    [
        event.number.to_string(),
        l.machine(&event.at),
        l.word("event", event.kind.as_str()),
        l.word("outcome", event.outcome.as_str()),
        capitalized(&sentence(event, &l)),
        event.text.clone().unwrap_or_default(),
        actor_words(event, &l),
        party_words(event, &l),
        event
            .partner
            .clone()
            .map(|(_, name)| name)
            .unwrap_or_default(),
        event.client_address.clone().unwrap_or_default(),
        event.request_id.clone().unwrap_or_default(),
    ]
}
