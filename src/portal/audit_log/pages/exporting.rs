//! The page before a download of the log: how much will come, and up to where.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    error::Error,
    evidence::told::{self, asked::Asked},
    web::{
        form::query,
        page::{Shell, page},
    },
};

#[derive(Template)]
#[template(path = "audit_log/exporting.html")]
struct ExportingPage {
    shell: Shell,
    /// How many entries the filters leave.
    count: i64,
    /// The first of them, and the last.
    ends: Option<(i64, i64)>,
    filtered: bool,
    log: String,
    csv: String,
    jsonl: String,
}

/// `GET /audit-log/export`
pub async fn exporting(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (shell, scope) = (by.shell(&req), by.scope());
    let filter = asked.filter(shell.l, 0);
    let filtered = filter.narrows();
    let read = db.read(move |conn| {
        let head = told::head(conn, scope)?;
        Ok((head, told::measured(conn, scope, &filter, head)?))
    });
    let (head, (count, ends)) = read.await?;
    page(&ExportingPage {
        count,
        ends,
        filtered,
        log: asked.address("/audit-log", None),
        csv: asked.download("/audit-log.csv", head),
        jsonl: asked.download("/audit-log.jsonl", head),
        shell,
    })
}
