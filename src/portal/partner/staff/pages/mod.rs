//! The pages about staff, for Admin agents.

mod line;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use self::line::{Line, line, said};
use super::store::{self, Change, Member};
use crate::{
    access::{
        guards::{AdminAgent, Guard},
        nav::role_key,
        over_staff::OverStaff,
    },
    db::Db,
    domain::{
        MembershipId,
        membership::{MemberRole, Side},
    },
    error::Error,
    web::{
        form::{Form, Mistakes, Nothing, query},
        now::Clock,
        page::{Shell, page, page_with},
        redirect::see_other,
    },
};

/// Where the pages live.
pub const PATH: &str = "/partner/staff";

/// The query of the list: who was changed a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    changed: Option<String>,
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
        let all = [
            (MemberRole::AdminAgent, &self.admin_agent),
            (MemberRole::SalesAgent, &self.sales_agent),
            (MemberRole::HelpdeskAgent, &self.helpdesk_agent),
        ];
        let ticked = all.into_iter().filter(|(_, ticked)| ticked.is_some());
        ticked.map(|(role, _)| role).collect()
    }
}

#[derive(Template)]
#[template(path = "partner/staff/list.html")]
struct ListPage {
    shell: Shell,
    said: Option<(String, String)>,
    lines: Vec<Line>,
    count: String,
}

/// A role on offer.
struct Offered {
    role: MemberRole,
    name: String,
    text: String,
    held: bool,
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
pub async fn list(req: HttpRequest, by: AdminAgent, db: Data<Db>) -> Result<HttpResponse, Error> {
    let (asked, scope): (Asked, _) = (query(&req)?, by.scope());
    let found = db.read(move |conn| store::list(conn, scope)).await?;
    let shell = by.shell(&req);
    let l = shell.l;
    let changed: Option<MembershipId> = asked.changed.and_then(|id| id.parse().ok());
    let changed = |member: &&Member| changed == Some(member.membership);
    let said = found.iter().find(changed).map(|member| said(l, member));
    let there = found.iter().filter(|member| member.ended.is_none()).count();
    page(&ListPage {
        said,
        lines: found.iter().map(|member| line(l, member)).collect(),
        count: l.t1("staff-count", "count", there),
        shell,
    })
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
    let of_partners = MemberRole::ALL.iter().copied();
    let of_partners = of_partners.filter(|role| role.side() == Side::Partner);
    let offered = of_partners.map(|role| Offered {
        role,
        name: l.t(role_key(Some(role))).to_owned(),
        text: l.word("staff-role", role.as_str()),
        held: ticked.contains(&role),
    });
    MemberPage {
        line: line(l, member),
        offered: offered.collect(),
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
