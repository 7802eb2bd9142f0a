//! Ending a relationship: the page that asks, and the step.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{super::store::end, path};
use crate::{
    access::{
        at_customer::AtCustomer,
        guards::{AdminAgent, Guard},
        people::guests::Guest,
        scope::PartnerScope,
    },
    db::{Db, DbConn},
    domain::{Instant, RelationshipId, relationship::RelationshipType},
    error::Error,
    evidence::{
        grants,
        relationship::{self, Other, Relationship},
    },
    web::{
        form::{Form, Nothing},
        locale::Locale,
        now::{Clock, Now},
        page::{Shell, page},
        redirect::see_other,
        standing::{Bars, until},
    },
};

/// A role that stops.
struct Stops {
    name: String,
    until: String,
    reach: Bars,
}

impl Stops {
    fn all(l: Locale, live: &[grants::Given], now: Instant) -> Vec<Self> {
        let stops = |given: &grants::Given| Self {
            name: l.word("role-name", given.grant.role.as_str()),
            until: until(l, given.grant.ends_at, now),
            reach: Bars::of(l, given.grant.role.reach()),
        };
        live.iter().map(stops).collect()
    }
}

#[derive(Template)]
#[template(path = "partner/customers/end.html")]
struct EndPage {
    shell: Shell,
    customer: String,
    relationship_type: RelationshipType,
    kind: String,
    roles: Vec<Stops>,
    /// Who loses an account.
    accounts: Vec<String>,
    others: bool,
    back: String,
}

/// What would stop: the relationship, its live roles, the accounts that go with it, and the other
/// relationships of the same two.
type Stopping = (Relationship, Vec<grants::Given>, Vec<Guest>, Vec<Other>);

fn stopping(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: RelationshipId,
    now: Instant,
) -> Result<Stopping, Error> {
    let of = relationship::of_partner(conn, scope, id)?;
    let mut live = grants::live(conn, of.between, now)?;
    live.retain(|given| given.relationship == id);
    let accounts = end::accounts(conn, &of)?;
    let others = relationship::others(conn, &of)?;
    Ok((of, live, accounts, others))
}

/// `GET /partner/customers/{relationship}/end`. Where it has ended, the customer's page says so.
pub async fn ask(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (id, scope) = (id.into_inner(), by.scope());
    let read = db.read(move |conn| stopping(conn, scope, id, now.0));
    let (of, live, accounts, others) = read.await?;
    if of.kept.ended_at.is_some() {
        return Ok(see_other(&path(id)));
    }
    let shell = by.shell(&req);
    let l = shell.l;
    page(&EndPage {
        customer: of.customer.name,
        relationship_type: of.kind,
        kind: l.word("type", of.kind.as_str()),
        roles: Stops::all(l, &live, now.0),
        accounts: accounts.into_iter().map(|guest| guest.name).collect(),
        others: others.iter().any(|other| !other.ended),
        back: path(id),
        shell,
    })
}

/// `POST /partner/customers/{relationship}/end`. Asking again changes nothing and is no error.
pub async fn end(
    by: AdminAgent,
    id: Path<RelationshipId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    db.write(&AtCustomer::new(by, id), move |conn, at| {
        end::end(conn, at, &clock)
    })
    .await?;
    Ok(see_other(&format!("{}?ended=yes", path(id))))
}
