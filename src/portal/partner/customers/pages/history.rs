//! The whole history of one relationship, to be printed: the rows that the customer reads too.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::path;
use crate::{
    access::guards::{Guard, Staff},
    db::Db,
    domain::{RelationshipId, membership::Side},
    error::Error,
    evidence::{
        history::{self, sheet::Sheet},
        relationship,
    },
    web::{
        now::Now,
        page::{Shell, page},
    },
};

#[derive(Template)]
#[template(path = "partner/customers/history.html")]
struct HistoryPage {
    shell: Shell,
    /// The customer's own page.
    customer: String,
    sheet: Sheet,
}

/// `GET /partner/customers/{relationship}/history`
pub async fn history(
    req: HttpRequest,
    by: Staff,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (scope, id) = (by.scope(), id.into_inner());
    let read = db.read(move |conn| {
        let of = relationship::of_partner(conn, scope, id)?;
        let steps = history::history(conn, &of, now.0)?;
        Ok((of, steps))
    });
    let (of, steps) = read.await?;
    let shell = by.shell(&req);
    page(&HistoryPage {
        customer: path(id),
        sheet: Sheet::of(&shell, &of, &steps, Side::Partner, now.0),
        shell,
    })
}
