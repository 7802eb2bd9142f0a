//! Removing a partner's roles: the page that asks, and the step.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{super::store::removal, PATH};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{Instant, RelationshipId, role::Reach},
    error::Error,
    evidence::{
        grants::{self, Given},
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

/// One role that would be removed.
#[derive(Debug, Clone)]
pub struct Removable {
    /// What it lets them do.
    pub title: String,
    /// The relationship that gave it.
    pub kind: String,
    /// Until when it would last.
    pub until: String,
    /// How far it reaches.
    pub reach: Bars,
}

/// What the question says, on its page and in the dialog alike.
#[derive(Debug, Clone)]
pub struct Question {
    /// Where the form goes.
    pub action: String,
    /// The partner's page.
    pub back: String,
    /// The partner's name.
    pub partner: String,
    /// What they can no longer do.
    pub stops: &'static str,
    /// What stays.
    pub stays: &'static str,
    /// Every role, whichever relationship gave it.
    pub roles: Vec<Removable>,
}

impl Question {
    /// The question about these live grants.
    #[must_use]
    pub fn of(
        l: Locale,
        relationship: &Relationship,
        others: &[Other],
        live: &[Given],
        now: Instant,
    ) -> Self {
        let others_kind = |id| others.iter().find(|other| other.id == id).map(|o| o.kind);
        let removable = |given: &Given| {
            let role = given.grant.role;
            let kind = others_kind(given.relationship).unwrap_or(relationship.kind);
            Removable {
                title: l.word("role-title", role.as_str()),
                kind: l.word("type", kind.as_str()),
                until: until(l, given.grant.ends_at, now),
                reach: Bars::of(l, role.reach()),
            }
        };
        let full = live
            .iter()
            .any(|given| given.grant.role.reach() == Reach::FullControl);
        let sells = relationship.kind.sells()
            || others
                .iter()
                .any(|other| !other.ended && other.kind.sells());
        let back = format!("{PATH}/{}", relationship.id);
        Self {
            action: format!("{back}/role-removal"),
            back,
            partner: relationship.partner.name.clone(),
            stops: if full {
                "relationships-remove-stops-full"
            } else {
                "relationships-remove-stops-support"
            },
            stays: if sells {
                "relationships-remove-stays-sells"
            } else {
                "relationships-remove-stays"
            },
            roles: live.iter().map(removable).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "relationships/removal.html")]
struct RemovalPage {
    shell: Shell,
    question: Question,
}

/// `GET /billing/partner-relationships/{id}/role-removal`. Where nothing is left to remove, the
/// partner's page says so.
pub async fn ask(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (scope, id, l) = (by.scope(), id.into_inner(), by.shell(&req).l);
    let question = db
        .read(move |conn| {
            let relationship = relationship::of_tenant(conn, scope, id)?;
            let live = grants::live(conn, relationship.between, now.0)?;
            let others = relationship::others(conn, &relationship)?;
            Ok(Question::of(l, &relationship, &others, &live, now.0))
        })
        .await?;
    if question.roles.is_empty() {
        return Ok(see_other(&question.back));
    }
    let shell = by.shell(&req);
    page(&RemovalPage { shell, question })
}

/// `POST /billing/partner-relationships/{id}/role-removal`. Asking again changes nothing and is no
/// error.
pub async fn remove(
    by: BillingAdmin,
    id: Path<RelationshipId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    let event = db
        .write(&by, move |conn, by| removal::remove(conn, by, id, &clock))
        .await?;
    Ok(see_other(&match event {
        Some(number) => format!("{PATH}/{id}?removed={number}"),
        None => format!("{PATH}/{id}"),
    }))
}
