//! Registering a tenant's domain, and removing it after a question.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{domains, list},
    PATH,
    tenant::{Typed, answer},
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{TenantDomainId, TenantId},
    error::Error,
    evidence::chain::EventActor,
    web::{
        form::{Form, Mistakes, Nothing},
        now::Clock,
        page::{Shell, page},
        redirect::see_other,
    },
};

/// A domain, as typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDomain {
    domain: String,
}

/// The question before a domain is removed.
#[derive(Template)]
#[template(path = "operator/domain_removal.html")]
struct RemovalPage {
    shell: Shell,
    tenant: String,
    domain: String,
    back: String,
    action: String,
}

/// `POST /operator/tenants/{id}/domains`
pub async fn add(
    req: HttpRequest,
    by: Operator,
    (id, form): (Path<TenantId>, Form<NewDomain>),
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, domain, clock) = (id.into_inner(), form.0.domain, clock.into_inner());
    let typed = domain.clone();
    let added = db
        .write(&by, move |conn, by| {
            domains::add(conn, &EventActor::of(by.acting()), id, &typed, &clock)
        })
        .await?;
    match added {
        Ok((added, _)) => Ok(see_other(&format!("{PATH}/{id}?added={added}"))),
        Err(refused) => {
            let mut mistakes = Mistakes::none();
            mistakes.add("domain", refused.key());
            answer(&req, &by, id, &db, Typed { domain, mistakes }).await
        }
    }
}

/// `GET /operator/tenants/{tenant}/domains/{domain}/end`. Where it is removed already, the
/// tenant's page says so.
pub async fn ask(
    req: HttpRequest,
    by: Operator,
    ids: Path<(TenantId, TenantDomainId)>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (id, which) = ids.into_inner();
    let (tenant, all) = db
        .read(move |conn| Ok((list::one(conn, id)?, domains::of(conn, id)?)))
        .await?;
    let found = all.into_iter().find(|one| one.id == which);
    let domain = found.ok_or(Error::NotFound)?;
    let back = format!("{PATH}/{id}");
    if domain.ended_at.is_some() {
        return Ok(see_other(&format!("{back}?removed={which}")));
    }
    page(&RemovalPage {
        shell: by.shell(&req),
        tenant: tenant.name,
        domain: domain.domain,
        action: format!("{back}/domains/{which}/end"),
        back,
    })
}

/// `POST /operator/tenants/{tenant}/domains/{domain}/end`. Asking again changes nothing and is no
/// error.
pub async fn end(
    by: Operator,
    ids: Path<(TenantId, TenantDomainId)>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let ((id, which), clock) = (ids.into_inner(), clock.into_inner());
    db.write(&by, move |conn, by| {
        domains::end(conn, &EventActor::of(by.acting()), id, which, &clock)
    })
    .await?;
    Ok(see_other(&format!("{PATH}/{id}?removed={which}")))
}
