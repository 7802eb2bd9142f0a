//! Giving back one role: the page that asks, and the step.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{super::store::give_back, path};
use crate::{
    access::{
        at_customer::AtCustomer,
        guards::{AdminAgent, Guard},
    },
    db::Db,
    domain::{Instant, RelationshipId, role::AdminRole},
    error::Error,
    evidence::{grants, relationship},
    web::{
        form::{Form, Nothing},
        now::{Clock, Now},
        page::{Shell, page},
        redirect::see_other,
        standing::{Bars, until},
    },
};

#[derive(Template)]
#[template(path = "partner/customers/give_back.html")]
struct GiveBackPage {
    shell: Shell,
    customer: String,
    kind: String,
    role: AdminRole,
    name: String,
    until: String,
    reach: Bars,
    sells: bool,
    back: String,
}

/// `GET /partner/customers/{relationship}/roles/{role}/return`. Where nothing is left to give back,
/// the customer's page says so.
pub async fn ask(
    req: HttpRequest,
    by: AdminAgent,
    named: Path<(RelationshipId, AdminRole)>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let ((id, role), scope) = (named.into_inner(), by.scope());
    let read = db.read(move |conn| {
        let of = relationship::of_partner(conn, scope, id)?;
        let mut live = grants::live(conn, of.between, now.0)?.into_iter();
        let own = live.find(|given| given.relationship == id && given.grant.role == role);
        Ok((of, own.map(|given| given.grant.ends_at)))
    });
    let (of, ends): (_, Option<Instant>) = read.await?;
    let Some(ends) = ends else {
        return Ok(see_other(&path(id)));
    };
    let shell = by.shell(&req);
    let l = shell.l;
    page(&GiveBackPage {
        customer: of.customer.name,
        kind: l.word("type", of.kind.as_str()),
        role,
        name: l.word("role-name", role.as_str()),
        until: until(l, ends, now.0),
        reach: Bars::of(l, role.reach()),
        sells: of.kind.sells(),
        back: path(id),
        shell,
    })
}

/// `POST /partner/customers/{relationship}/roles/{role}/return`. Asking again changes nothing and is
/// no error.
pub async fn give_back(
    by: AdminAgent,
    named: Path<(RelationshipId, AdminRole)>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let ((id, role), clock) = (named.into_inner(), clock.into_inner());
    let event = db
        .write(&AtCustomer::new(by, id), move |conn, at| {
            give_back::give_back(conn, at, role, &clock)
        })
        .await?;
    Ok(see_other(&match event {
        Some(number) => format!("{}?returned={number}", path(id)),
        None => path(id),
    }))
}
