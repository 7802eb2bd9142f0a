//! The pages about staff, for Admin agents.

pub mod invite;
mod line;
mod roles;
mod waiting;

use std::fmt::Display;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use self::{
    line::{Line, line, said},
    roles::{Offered, chosen, offered},
};
use super::store::{self, Change, Member, waiting::Waiting};
use crate::{
    access::{
        guards::{AdminAgent, Guard},
        over_staff::OverStaff,
    },
    db::Db,
    domain::{MembershipId, membership::MemberRole},
    error::Error,
    web::{
        form::{Form, Mistakes, Nothing, query},
        locale::Locale,
        now::{Clock, Now},
        page::{Shell, page, page_with},
        redirect::see_other,
    },
};

/// Where the pages live.
pub const PATH: &str = "/partner/staff";

/// The query of the list: who was changed, asked to join, or not any more, a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    changed: Option<String>,
    invited: Option<String>,
    withdrawn: Option<String>,
}

/// The roles that were ticked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_field_names, reason = "named as the form's fields are")]
pub struct Ticked {
    admin_agent: Option<String>,
    sales_agent: Option<String>,
    helpdesk_agent: Option<String>,
}

impl Ticked {
    fn roles(&self) -> Vec<MemberRole> {
        chosen([&self.admin_agent, &self.sales_agent, &self.helpdesk_agent])
    }
}

#[derive(Template)]
#[template(path = "partner/staff/list.html")]
struct ListPage {
    shell: Shell,
    said: Option<(String, String)>,
    lines: Vec<Line>,
    count: String,
    waiting: Vec<waiting::Line>,
}

#[derive(Template)]
#[template(path = "partner/staff/member.html")]
struct MemberPage {
    shell: Shell,
    mistakes: Mistakes,
    line: Line,
    offered: Vec<Offered>,
}

#[derive(Template)]
#[template(path = "partner/staff/disable.html")]
struct DisablePage {
    shell: Shell,
    mistakes: Mistakes,
    line: Line,
}

/// `GET /partner/staff`
pub async fn list(
    req: HttpRequest,
    by: AdminAgent,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (asked, scope): (Asked, _) = (query(&req)?, by.scope());
    let withdrawn = asked.withdrawn.as_ref().and_then(|id| id.parse().ok());
    let read = db.read(move |conn| {
        let withdrawn = match withdrawn {
            Some(id) => store::waiting::withdrawn(conn, scope, id)?,
            None => None,
        };
        Ok((
            store::list(conn, scope)?,
            store::waiting::list(conn, scope)?,
            withdrawn,
        ))
    });
    let (found, open, withdrawn) = read.await?;
    let shell = by.shell(&req);
    let l = shell.l;
    let there = found.iter().filter(|member| member.ended.is_none()).count();
    page(&ListPage {
        said: asked.said(l, &found, (&open, withdrawn.as_deref())),
        waiting: open
            .iter()
            .map(|one| waiting::line(&shell, one, now.0))
            .collect(),
        lines: found.iter().map(|member| line(l, member)).collect(),
        count: l.t1("staff-count", "count", there),
        shell,
    })
}

impl Asked {
    /// What was done a moment ago, read back from what is stored.
    fn said(
        &self,
        l: Locale,
        found: &[Member],
        (open, withdrawn): (&[Waiting], Option<&str>),
    ) -> Option<(String, String)> {
        let is = |asked: &Option<String>, id: &dyn Display| {
            asked.as_ref().is_some_and(|asked| *asked == id.to_string())
        };
        let changed = found.iter().find(|one| is(&self.changed, &one.membership));
        let invited = open.iter().find(|one| is(&self.invited, &one.id));
        let changed = changed.map(|member| said(l, member));
        let invited = || invited.map(|one| waiting::said_invited(l, one));
        let withdrawn = || withdrawn.map(|email| waiting::said_withdrawn(l, email));
        changed.or_else(invited).or_else(withdrawn)
    }
}

async fn find(by: &AdminAgent, id: MembershipId, db: &Db) -> Result<Member, Error> {
    let scope = by.scope();
    db.read(move |conn| store::find(conn, scope, id)).await
}

fn member_page(
    shell: Shell,
    member: &Member,
    ticked: &[MemberRole],
    mistakes: Mistakes,
) -> MemberPage {
    let l = shell.l;
    MemberPage {
        line: line(l, member),
        offered: offered(l, ticked),
        shell: shell.mistaken(!mistakes.is_empty()),
        mistakes,
    }
}

/// `GET /partner/staff/{membership}`
pub async fn member(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<MembershipId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let member = find(&by, id.into_inner(), &db).await?;
    let shell = by.shell(&req);
    page(&member_page(
        shell,
        &member,
        &member.roles,
        Mistakes::none(),
    ))
}

fn mistake(field: &'static str, change: Change) -> Mistakes {
    let mut mistakes = Mistakes::none();
    match change {
        Change::Done => {}
        Change::LastAgent => mistakes.add(field, "staff-last-agent"),
        Change::NoRole => mistakes.add(field, "staff-no-role"),
    }
    mistakes
}

/// `POST /partner/staff/{membership}/roles`
pub async fn set_roles(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<MembershipId>,
    form: Form<Ticked>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let (id, wanted, clock) = (id.into_inner(), form.0.roles(), clock.into_inner());
    let (over, roles) = (OverStaff::new(by.clone(), id), wanted.clone());
    let change = db
        .write(&over, move |conn, over| {
            store::set_roles(conn, over, &roles, &clock)
        })
        .await?;
    if change != Change::Done {
        let member = find(&by, id, &db).await?;
        let mistakes = mistake("admin_agent", change);
        let shown = member_page(by.shell(&req), &member, &wanted, mistakes);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let left = id == by.acting().membership && !wanted.contains(&MemberRole::AdminAgent);
    Ok(see_other(&after(id, left)))
}

/// Where it goes on: to the list, unless it isn't one's own business any more.
fn after(id: MembershipId, left: bool) -> String {
    if left {
        "/partner".to_owned()
    } else {
        format!("{PATH}?changed={id}")
    }
}

/// `GET /partner/staff/{membership}/disabling`. Who has left already is shown in the list.
pub async fn ask(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<MembershipId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let member = find(&by, id.into_inner(), &db).await?;
    if member.ended.is_some() {
        return Ok(see_other(PATH));
    }
    let shell = by.shell(&req);
    page(&DisablePage {
        line: line(shell.l, &member),
        mistakes: Mistakes::none(),
        shell,
    })
}

/// `POST /partner/staff/{membership}/disabling`. Asking again changes nothing and is no error.
pub async fn disable(
    req: HttpRequest,
    by: AdminAgent,
    id: Path<MembershipId>,
    _form: Form<Nothing>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    let over = OverStaff::new(by.clone(), id);
    let change = db
        .write(&over, move |conn, over| store::disable(conn, over, &clock))
        .await?;
    if change == Change::Done {
        return Ok(see_other(&after(id, id == by.acting().membership)));
    }
    let member = find(&by, id, &db).await?;
    let shell = by.shell(&req).mistaken(true);
    let shown = DisablePage {
        line: line(shell.l, &member),
        mistakes: mistake("disable", change),
        shell,
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
