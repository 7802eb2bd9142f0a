//! Home, for each side.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    store::{self, Ending, Numbers, SOON_DAYS, Waiting},
    todo::{self, Todo},
};
use crate::{
    access::{
        guards::{BillingAdmin, Guard, SignedIn},
        holders,
    },
    db::{Db, DbConn},
    domain::{Instant, membership::Side},
    error::Error,
    evidence::{
        agreement::{self, Standing},
        claims::{self, Claim},
        told::{self, Filter, Line, Told},
    },
    web::{
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
        paginate::counted,
        redirect::see_other,
    },
};

/// How many events are told.
const RECENT: i64 = 6;

/// A number, and the words beneath it.
struct Stat {
    href: String,
    label: &'static str,
    number: String,
    more: String,
}

/// The agreement's card.
struct Agreement {
    tone: &'static str,
    icon: &'static str,
    badge: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "home/admin.html")]
struct AdminPage {
    shell: Shell,
    today: String,
    machine: String,
    todos: Vec<Todo>,
    stats: [Stat; 4],
    recent: Vec<Line>,
    agreement: Agreement,
}

#[derive(Template)]
#[template(path = "home/member.html")]
struct MemberPage {
    shell: Shell,
    organization: String,
    holders: Vec<Holder>,
}

/// An administrator who can be asked.
struct Holder {
    avatar: Avatar,
    name: String,
    email: String,
    role: String,
}

#[derive(Template)]
#[template(path = "home/operator.html")]
struct OperatorPage {
    shell: Shell,
    tenants: i64,
    partners: i64,
}

/// Everything that an administrator's Home reads.
struct Facts {
    invitations: Vec<Waiting>,
    ends: Vec<Ending>,
    numbers: Numbers,
    standing: Option<Standing>,
    claims: Vec<Claim>,
    accepted_by: Option<String>,
    recent: Vec<Told>,
}

/// `GET /`.
pub async fn home(
    req: HttpRequest,
    who: SignedIn,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    match who.acting().side {
        Side::Partner => Ok(see_other("/partner")),
        Side::Operator => operator(&req, who, &db).await,
        Side::Tenant => match who.also::<BillingAdmin>() {
            Some(by) => admin(&req, by, &db, now.0).await,
            None => member(&req, who, &db).await,
        },
    }
}

fn facts(conn: &mut DbConn, by: &BillingAdmin, l: Locale, now: Instant) -> Result<Facts, Error> {
    let scope = by.scope();
    let standing = agreement::standing(conn, scope, by.tenant()?, l.language, now)?;
    let accepted = standing.as_ref().and_then(|s| s.accepted.as_ref());
    let accepted_by = match accepted {
        Some(accepted) => store::accepted_by(conn, scope, accepted.id)?,
        None => None,
    };
    Ok(Facts {
        invitations: store::waiting(conn, scope, now)?,
        ends: store::ending(conn, scope, now)?,
        numbers: store::numbers(conn, scope, now)?,
        claims: claims::open(conn, scope)?,
        recent: told::told(conn, scope, &Filter::newest(RECENT))?,
        standing,
        accepted_by,
    })
}

async fn admin(
    req: &HttpRequest,
    by: BillingAdmin,
    db: &Db,
    now: Instant,
) -> Result<HttpResponse, Error> {
    let shell = by.shell(req);
    let (l, waiting) = (shell.l, by.acting().waiting);
    let facts = db.read(move |conn| facts(conn, &by, l, now)).await?;
    page(&AdminPage {
        today: told::capitalized(&l.weekday_date(&now)),
        machine: now.with_timezone(&l.zone).date_naive().to_string(),
        todos: todo::todos(
            &l,
            &now,
            (&facts.invitations, waiting),
            &facts.ends,
            facts.numbers,
            (facts.standing.as_ref(), &facts.claims),
        ),
        stats: stats(l, &facts, waiting),
        recent: facts.recent.iter().map(|one| told::line(one, &l)).collect(),
        agreement: agreement_card(l, &facts),
        shell,
    })
}

fn stats(l: Locale, facts: &Facts, waiting: i64) -> [Stat; 4] {
    let list = "/billing/partner-relationships";
    let ending = i64::try_from(facts.ends.len()).unwrap_or_default();
    let first = match facts.ends.first() {
        Some(first) => l.t1("home-stat-first", "date", l.date(&first.first).as_str()),
        None => l.t("home-stat-none").to_owned(),
    };
    let stat = |href: String, label, number, more| Stat {
        href,
        label,
        number: counted(&l, number),
        more,
    };
    [
        stat(
            list.to_owned(),
            "home-stat-active",
            facts.numbers.active,
            l.t("home-stat-active-more").to_owned(),
        ),
        stat(
            format!("{list}?sort=end"),
            "home-stat-roles",
            facts.numbers.with_roles,
            l.t1(
                "home-stat-full",
                "words",
                counted(&l, facts.numbers.full).as_str(),
            ),
        ),
        stat(
            "/billing/invitations".to_owned(),
            "home-stat-invitations",
            waiting,
            l.t("home-stat-waiting").to_owned(),
        ),
        stat(
            format!("{list}?ends={SOON_DAYS}"),
            "home-stat-ending",
            ending,
            first,
        ),
    ]
}

fn agreement_card(l: Locale, facts: &Facts) -> Agreement {
    let card = |tone, icon, badge, text| Agreement {
        tone,
        icon,
        badge,
        text,
    };
    let Some(standing) = &facts.standing else {
        let text = l.t("home-agreement-none-text").to_owned();
        return card("", "minus-circle", "home-agreement-none", text);
    };
    let Some(accepted) = &standing.accepted else {
        let dated = l.dated(&standing.version.dated);
        let text = l.t1("home-agreement-version", "dated", dated.as_str());
        return card("warn", "clock", "home-agreement-not-accepted", text);
    };
    let text = l.with(
        "home-agreement-by",
        &[
            ("dated", l.dated(&accepted.dated).as_str().into()),
            (
                "person",
                facts
                    .accepted_by
                    .as_deref()
                    .unwrap_or_else(|| l.t("told-somebody"))
                    .into(),
            ),
            ("date", l.date(&accepted.at).as_str().into()),
        ],
    );
    if todo::agreement(&l, standing).is_some() {
        return card("warn", "clock", "home-agreement-renew", text);
    }
    card("good", "check", "home-agreement-accepted", text)
}

/// Somebody of a tenant without a role that sees partners.
async fn member(req: &HttpRequest, who: SignedIn, db: &Db) -> Result<HttpResponse, Error> {
    let shell = who.shell(req);
    let organization = who.acting().organization().to_owned();
    let holders = db
        .read(move |conn| holders::holders(conn, who.acting(), BillingAdmin::ROLES))
        .await?;
    let holder = |(name, email, role): (String, String, _)| Holder {
        avatar: Avatar::person(&name),
        name,
        email,
        role: shell.t(crate::access::nav::role_key(Some(role))).to_owned(),
    };
    let holders = holders.into_iter().map(holder).collect();
    page(&MemberPage {
        shell,
        organization,
        holders,
    })
}

async fn operator(req: &HttpRequest, who: SignedIn, db: &Db) -> Result<HttpResponse, Error> {
    let shell = who.shell(req);
    let (tenants, partners) = db.read(move |conn| store::served(conn, &who)).await?;
    page(&OperatorPage {
        shell,
        tenants,
        partners,
    })
}
