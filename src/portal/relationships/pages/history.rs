//! The whole history of one relationship, to be printed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::PATH;
use crate::{
    access::guards::{BillingAdmin, Guard},
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
#[template(path = "relationships/history.html")]
struct HistoryPage {
    shell: Shell,
    /// The partner's own page.
    partner: String,
    sheet: Sheet,
}

/// `GET /billing/partner-relationships/{id}/history`
pub async fn history(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (scope, id) = (by.scope(), id.into_inner());
    let read = db.read(move |conn| {
        let of = relationship::of_tenant(conn, scope, id)?;
        let steps = history::history(conn, &of, now.0)?;
        Ok((of, steps))
    });
    let (of, steps) = read.await?;
    let shell = by.shell(&req);
    page(&HistoryPage {
        partner: format!("{PATH}/{id}"),
        sheet: Sheet::of(&shell, &of, &steps, Side::Tenant, now.0),
        shell,
    })
}
