//! Saying that a customer accepted the agreement elsewhere. It opens nothing.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{super::store::claim, path};
use crate::{
    access::{
        at_customer::AtCustomer,
        guards::{AdminAgent, Guard},
    },
    db::Db,
    domain::{
        Instant, RelationshipId,
        claim::{ClaimState, accepted_on},
        name::Name,
        text::FreeText,
    },
    error::Error,
    evidence::{
        claims::{Claim, Claiming, Said},
        relationship,
    },
    web::{
        form::{Form, Mistakes},
        locale::Locale,
        now::{Clock, Now},
        page::{Shell, page_with},
        redirect::see_other,
    },
};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Typed {
    day: String,
    name: String,
    note: String,
}

impl Typed {
    /// What is said, or what is wrong with it.
    fn read(&self, now: Instant) -> Result<Said, Mistakes> {
        let mut mistakes = Mistakes::none();
        let day = accepted_on(&self.day, now).map_err(|key| mistakes.add("day", key));
        let name = Name::parse(&self.name).map_err(|refused| mistakes.add("name", refused.key()));
        let note =
            FreeText::parse(&self.note).map_err(|refused| mistakes.add("note", refused.key()));
        match (day, name, note) {
            (Ok(accepted_on), Ok(name), Ok(note)) => Ok(Said {
                accepted_on,
                name,
                note,
            }),
            _ => Err(mistakes),
        }
    }
}

#[derive(Template)]
#[template(path = "partner/customers/claim.html")]
struct ClaimPage {
    shell: Shell,
    customer: String,
    typed: Typed,
    back: String,
    mistakes: Mistakes,
}

/// `GET /partner/customers/{relationship}/agreement-claim`. Where there is nothing to say, the
/// customer's page says how things stand.
pub async fn form(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (id, scope) = (id.into_inner(), by.scope());
    let may = db.read(move |conn| claim::may(conn, scope, id, now.0));
    if !may.await? {
        return Ok(see_other(&path(id)));
    }
    let typed = (Typed::default(), Mistakes::none());
    ask(&req, &by, id, &db, typed).await
}

async fn ask(
    req: &HttpRequest,
    by: &AdminAgent,
    id: RelationshipId,
    db: &Db,
    (typed, mistakes): (Typed, Mistakes),
) -> Result<HttpResponse, Error> {
    let scope = by.scope();
    let read = db.read(move |conn| relationship::of_partner(conn, scope, id));
    let customer = read.await?.customer.name;
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ClaimPage {
        shell: by.shell(req).mistaken(!mistakes.is_empty()),
        customer,
        typed,
        back: path(id),
        mistakes,
    };
    page_with(status, &page)
}

/// `POST /partner/customers/{relationship}/agreement-claim`. Saying it again changes nothing and is
/// no error.
pub async fn claim(
    req: HttpRequest,
    by: AdminAgent,
    (id, form): (Path<RelationshipId>, Form<Typed>),
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    let said = match form.0.read(clock.now()) {
        Ok(said) => said,
        Err(mistakes) => return ask(&req, &by, id, &db, (form.0, mistakes)).await,
    };
    let claimed = db
        .write(&AtCustomer::new(by, id), move |conn, at| {
            claim::claim(conn, at, &said, &clock)
        })
        .await?;
    Ok(see_other(&match claimed {
        Claiming::Recorded => format!("{}?claimed=yes", path(id)),
        Claiming::Pointless => path(id),
    }))
}

/// How a claim stands, for the customer's page.
#[must_use]
pub fn words(l: Locale, claim: &Claim) -> String {
    let name = claim.name.as_deref();
    let name = name.unwrap_or_else(|| l.t("claim-somebody"));
    let said = l.t2(
        "customers-claim-said",
        "person",
        name,
        "date",
        l.dated(&claim.accepted_on).as_str(),
    );
    let closed = claim.closed_at.map(|at| l.date(&at));
    let outcome = l.t1(
        match claim.state {
            ClaimState::New => "customers-claim-waits",
            ClaimState::Confirmed => "customers-claim-confirmed",
            ClaimState::Dismissed => "customers-claim-dismissed",
        },
        "date",
        closed.as_deref().unwrap_or_default(),
    );
    format!("{said} {outcome}")
}
