//! The partner's Home.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    super::{
        invitations::pages::{
            PATH,
            view::{self, Badge, Line as Invitation, told_line},
        },
        requests::pages::PATH as REQUESTS,
    },
    store::{self, Customer, Numbers, Sent},
    todo::{Todo, todos},
};
use crate::{
    access::{
        guards::{Guard, Inviter, Staff},
        scope::PartnerScope,
    },
    db::{Db, DbConn},
    domain::{
        Instant,
        event::{EventGroup, EventKind},
        role::AdminRole,
    },
    error::Error,
    evidence::told::{self, Filter, Line, Told},
    web::{
        locale::Locale,
        now::Now,
        page::{Shell, page},
        paginate::counted,
    },
};

/// How many events are told.
const RECENT: i64 = 8;

/// A role and what stands beneath it.
struct Role {
    bars: u8,
    name: String,
    ends: String,
}

struct CustomerRow {
    name: String,
    kind: String,
    roles: Vec<Role>,
    since: (String, String),
    state: Badge,
}

/// A number, its words, and where it leads.
struct Stat {
    href: Option<String>,
    label: &'static str,
    number: String,
}

#[derive(Template)]
#[template(path = "partner/home.html")]
struct PartnerPage {
    shell: Shell,
    name: String,
    may_invite: bool,
    todos: Vec<Todo>,
    stats: Vec<Stat>,
    answered: Vec<Invitation>,
    customers: Vec<CustomerRow>,
    recent: Vec<Line>,
    most: i64,
}

impl PartnerPage {
    /// Whether the table may have left something out.
    fn is_cut(&self) -> bool {
        i64::try_from(self.customers.len()).is_ok_and(|shown| shown >= self.most)
    }
}

struct Facts {
    sent: Option<Sent>,
    numbers: Numbers,
    ending: Vec<Customer>,
    customers: Vec<Customer>,
    told: Vec<Told>,
}

/// `GET /partner`.
pub async fn home(
    req: HttpRequest,
    by: Staff,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let shell = by.shell(&req);
    let l = shell.l;
    let (scope, invites) = (by.scope(), by.acting().holds(Inviter::ROLES));
    let read = db.read(move |conn| facts(conn, scope, invites, now.0));
    let facts = read.await?;
    let answered = facts.sent.iter().flat_map(|sent| &sent.answered);
    page(&PartnerPage {
        name: by.acting().organization().to_owned(),
        may_invite: invites,
        todos: todos(l, facts.sent.as_ref(), &facts.ending, now.0),
        stats: stats(l, facts.numbers, invites),
        answered: answered.map(|row| Invitation::of(&shell, row)).collect(),
        customers: facts
            .customers
            .into_iter()
            .map(|one| customer_row(l, one, &now.0))
            .collect(),
        recent: facts.told.iter().map(|one| told_line(l, one)).collect(),
        most: store::MOST,
        shell,
    })
}

fn facts(
    conn: &mut DbConn,
    scope: PartnerScope,
    invites: bool,
    now: Instant,
) -> Result<Facts, Error> {
    let kinds = EventKind::ALL.iter().copied();
    let ours =
        kinds.filter(|kind| matches!(kind.group(), EventGroup::Invitations | EventGroup::Roles));
    let filter = Filter {
        kinds: Some(ours.collect()),
        ..Filter::newest(RECENT)
    };
    Ok(Facts {
        sent: if invites {
            Some(store::sent(conn, scope, now)?)
        } else {
            None
        },
        numbers: store::numbers(conn, scope, now)?,
        ending: store::ending(conn, scope, now)?,
        customers: store::customers(conn, scope, now)?,
        told: told::told_to_partner(conn, scope, &filter)?,
    })
}

fn stats(l: Locale, numbers: Numbers, invites: bool) -> Vec<Stat> {
    let of = |label, number, query: Option<&str>| Stat {
        href: query
            .filter(|_| invites)
            .map(|state| format!("{PATH}?state={state}")),
        label,
        number: counted(&l, number),
    };
    let requests = Stat {
        href: invites.then(|| format!("{REQUESTS}?state=new")),
        label: "partner-stat-requests",
        number: counted(&l, numbers.requests),
    };
    vec![
        requests,
        of("partner-stat-open", numbers.open, Some("open")),
        of("partner-stat-accepted", numbers.accepted, Some("accepted")),
        of("partner-stat-customers", numbers.customers, None),
        of("partner-stat-ending", numbers.ending, None),
    ]
}

fn role(l: Locale, role: AdminRole, ends: String) -> Role {
    let view::Role { bars, name } = view::role(l, role);
    Role { bars, name, ends }
}

fn customer_row(l: Locale, customer: Customer, now: &Instant) -> CustomerRow {
    let (tone, icon, word) = if customer.active {
        ("good", "check", "active")
    } else {
        ("", "minus-circle", "ended")
    };
    let ends = |end: &Instant| {
        let days = l.t1("in-days", "days", l.days_until(end, now));
        let date = l.short_date(end);
        l.t2("partner-until", "date", &date, "when", &days)
    };
    let roles = customer.roles.iter();
    CustomerRow {
        kind: view::kind(l, customer.relationship_type),
        roles: roles.map(|(one, end)| role(l, *one, ends(end))).collect(),
        since: (l.machine(&customer.since), l.short_date(&customer.since)),
        state: Badge {
            tone,
            icon,
            words: l.word("relationship-state", word),
        },
        name: customer.name,
    }
}
