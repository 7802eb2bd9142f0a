//! One event: who, what, from where, and its place in the chain.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde_json::Value;

use super::super::store;
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::{RelationshipId, event::Outcome},
    error::Error,
    evidence::told::{
        change::{self, Fact},
        entry::Entry,
        placed::{Placed, placed},
    },
    web::page::{Shell, page},
};

#[derive(Template)]
#[template(path = "audit_log/event.html")]
struct EventPage {
    shell: Shell,
    entry: Entry,
    facts: Vec<Fact>,
    outcome: String,
    refused: bool,
    email: Option<String>,
    browser: Option<String>,
    invitation: Option<String>,
    placed: Placed,
}

/// `GET /audit-log/{number}`
pub async fn event(
    req: HttpRequest,
    by: BillingAdmin,
    number: Path<String>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    let scope = by.scope();
    let found = db.read(move |conn| find(conn, scope, number)).await?;
    page(&EventPage::new(by.shell(&req), found))
}

fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    number: i64,
) -> Result<(Placed, Option<RelationshipId>), Error> {
    let placed = placed(conn, scope, number)?;
    let relationship = match (&placed.told.partner, placed.told.relationship) {
        (Some((partner, _)), None) => {
            let of_partner = store::relationships_of(conn, scope, vec![*partner])?;
            of_partner.get(partner).copied()
        }
        (_, relationship) => relationship,
    };
    Ok((placed, relationship))
}

impl EventPage {
    fn new(shell: Shell, (placed, relationship): (Placed, Option<RelationshipId>)) -> Self {
        let (l, told) = (shell.l, &placed.told);
        let of_actor = |field: &str| {
            let value = placed.actor.as_ref()?.get(field).and_then(Value::as_str)?;
            (!value.is_empty()).then(|| value.to_owned())
        };
        let href = relationship.map(|id| format!("/billing/partner-relationships/{id}"));
        Self {
            entry: Entry::of(l, told, format!("/audit-log/{}", told.number), href),
            facts: change::facts(l, told),
            outcome: l.word("outcome", told.outcome.as_str()),
            refused: told.outcome == Outcome::Denied,
            email: of_actor("email"),
            browser: of_actor("user_agent"),
            invitation: told
                .invitation
                .map(|id| format!("/billing/invitations/{id}")),
            placed,
            shell,
        }
    }
}
