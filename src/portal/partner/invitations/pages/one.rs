//! One invitation: what it asks, how far it has come, what happened.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::one::{self, One},
    PATH,
    mail::Mail,
    view::{Line as Invitation, told_line},
};
use crate::{
    access::{
        guards::{Guard, Inviter},
        scope::PartnerScope,
    },
    db::{Db, DbConn},
    domain::{
        Instant, InvitationId, RelationshipId, invitation::InvitationStatus, membership::may_invite,
    },
    error::Error,
    evidence::told::{self, Filter, Line, Told},
    web::{
        form::query,
        now::Now,
        page::{Shell, page},
    },
    work::letter::Block,
};

/// How many events are told.
const TOLD: i64 = 50;

/// The page of an invitation.
#[derive(Template)]
#[template(path = "partner/invitations/one.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each stands for a part of the page that is there or isn't"
)]
pub struct OnePage {
    shell: Shell,
    id: InvitationId,
    line: Invitation,
    days: Option<i64>,
    language: String,
    people: Vec<String>,
    closed: Option<(String, String)>,
    reason: Option<String>,
    relationship: Option<RelationshipId>,
    mail: Option<Mail>,
    by_hand: bool,
    activity: Vec<Line>,
    open: bool,
    withdrawn: bool,
    may: bool,
    said: bool,
    /// What is in the way of a step, though nothing is wrong with it.
    pub stop: Option<(String, String)>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    said: Option<String>,
}

/// What the page reads.
#[derive(Debug, Clone)]
pub struct Facts(One, Vec<Told>);

/// Reads what the page shows.
///
/// # Errors
/// [`Error::NotFound`] for another partner's; the database's.
pub fn facts(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: InvitationId,
    now: Instant,
) -> Result<Facts, Error> {
    let filter = Filter {
        invitation: Some(id),
        ..Filter::newest(TOLD)
    };
    let one = one::find(conn, scope, id, now)?;
    Ok(Facts(one, told::told_to_partner(conn, scope, &filter)?))
}

/// `GET /partner/invitations/{id}`.
pub async fn invitation(
    req: HttpRequest,
    by: Inviter,
    id: Path<InvitationId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let (scope, id) = (by.scope(), id.into_inner());
    let facts = db.read(move |conn| facts(conn, scope, id, now.0)).await?;
    let mut shown = OnePage::new(by.shell(&req), &by, facts);
    shown.said = shown.withdrawn && asked.said.as_deref() == Some("withdrawn");
    page(&shown)
}

impl OnePage {
    /// The page of these facts.
    #[must_use]
    pub fn new(mut shell: Shell, by: &Inviter, Facts(one, told): Facts) -> Self {
        let l = shell.l;
        shell.path = format!("{PATH}/{}", one.row.id);
        let closed = one.closed_at.as_ref();
        Self {
            id: one.row.id,
            days: one.days.map(i64::from),
            language: l.word("language", one.language.as_str()),
            people: one.people.iter().map(|(_, name)| name.clone()).collect(),
            closed: closed.map(|at| (l.machine(at), l.long_date_time(at))),
            mail: Mail::of_invitation(by.acting().organization(), &one),
            by_hand: one.mail_to.is_none(),
            activity: told.iter().map(|told| told_line(l, told)).collect(),
            open: one.row.status == InvitationStatus::Open,
            withdrawn: one.row.status == InvitationStatus::Withdrawn,
            may: may_invite(&by.acting().roles, one.row.kind),
            line: Invitation::of(&shell, &one.row),
            reason: one.decline_reason,
            relationship: one.relationship,
            said: false,
            stop: None,
            shell,
        }
    }

    /// The page as the answer to a step that something is in the way of.
    ///
    /// # Errors
    /// A template that fails to render.
    pub fn stopped(
        mut self,
        status: StatusCode,
        stop: (String, String),
    ) -> Result<HttpResponse, Error> {
        self.stop = Some(stop);
        crate::web::page::page_with(status, &self)
    }
}
