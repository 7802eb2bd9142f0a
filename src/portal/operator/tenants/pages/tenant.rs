//! `/operator/tenants/{id}`: what is registered of a tenant. Its decisions are its own, and stand
//! nowhere here.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        domains::{self, Domain},
        list::{self, Row},
    },
    PATH,
};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::{TenantDomainId, TenantId},
    error::Error,
    web::{
        form::{Mistakes, query},
        locale::Locale,
        page::{Avatar, Shell, page_with},
    },
};

/// The query of the page: the domain that was registered or removed a moment ago.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    added: String,
    removed: String,
}

/// What stands in the form, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) domain: String,
    pub(super) mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "operator/tenant.html")]
struct TenantPage {
    shell: Shell,
    tenant: Row,
    avatar: Avatar,
    path: String,
    kind: String,
    country: String,
    said: Option<(String, String)>,
    owned: Vec<Domain>,
    past: Vec<Domain>,
    typed: String,
    mistakes: Mistakes,
}

/// `GET /operator/tenants/{id}`
pub async fn tenant(
    req: HttpRequest,
    by: Operator,
    id: Path<TenantId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    answer(&req, &by, id.into_inner(), &db, Typed::default()).await
}

/// The page: with a note after a change, with what was typed after a mistake.
pub(super) async fn answer(
    req: &HttpRequest,
    by: &Operator,
    id: TenantId,
    db: &Db,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(req)?;
    let (tenant, all) = db
        .read(move |conn| Ok((list::one(conn, id)?, domains::of(conn, id)?)))
        .await?;
    let mut shell = by.shell(req).mistaken(!typed.mistakes.is_empty());
    shell.path = format!("{PATH}/{id}");
    let status = if typed.mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let l = shell.l;
    let said = said(l, &asked, &tenant.name, &all);
    let (owned, past) = all.into_iter().partition(|one| one.ended_at.is_none());
    page_with(
        status,
        &TenantPage {
            avatar: Avatar::company(&tenant.name),
            path: format!("{PATH}/{id}"),
            kind: l.word("tenant-kind", tenant.kind.as_str()),
            country: l.country(&tenant.country),
            said,
            owned,
            past,
            typed: typed.domain,
            mistakes: typed.mistakes,
            tenant,
            shell,
        },
    )
}

/// Says what became of a domain, where that is how it stands.
fn said(l: Locale, asked: &Asked, tenant: &str, all: &[Domain]) -> Option<(String, String)> {
    let find = |id: &str, owned: bool| {
        let id: TenantDomainId = id.parse().ok()?;
        let mut found = all.iter().filter(|one| one.ended_at.is_none() == owned);
        found.find(|one| one.id == id)
    };
    let words = |what: &str, one: &Domain| {
        let title = l.t2(
            &format!("tenants-domain-{what}-title"),
            "domain",
            one.domain.as_str(),
            "tenant",
            tenant,
        );
        (
            title,
            l.t(&format!("tenants-domain-{what}-text")).to_owned(),
        )
    };
    find(&asked.added, true)
        .map(|one| words("added", one))
        .or_else(|| find(&asked.removed, false).map(|one| words("removed", one)))
}
