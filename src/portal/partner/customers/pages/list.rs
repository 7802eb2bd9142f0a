//! The list of customers.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    super::store::list::{self as kept, Found, Row},
    asked::{Asked, Wanted, statuses},
    path,
    words::reach,
};
use crate::{
    access::guards::{Guard, Staff},
    db::Db,
    domain::{
        Instant,
        relationship::RelationshipType,
        standing::{Standing, StandingFilter},
    },
    error::Error,
    evidence::consent::Consent,
    web::{
        form::query,
        list::{Asks, Chip, Choice, choices},
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
        paginate::counted,
        standing::{Badge, Bars, when},
    },
};

/// A role in force, and until when.
struct Role {
    reach: Bars,
    until: Instant,
    soon: String,
}

/// One line of the list.
struct Line {
    href: String,
    name: String,
    avatar: Avatar,
    kind: String,
    roles: Vec<Role>,
    /// What stands in place of roles.
    reach: Bars,
    badge: Badge,
    since: Instant,
    consent: String,
    waits: bool,
}

#[derive(Template)]
#[template(path = "partner/customers/list.html")]
struct ListPage {
    shell: Shell,
    wanted: Wanted,
    count: String,
    rest: String,
    chips: Vec<Chip>,
    lines: Vec<Line>,
    shown: String,
    next: Option<String>,
    none_yet: bool,
}

/// `GET /partner/customers`
pub async fn list(
    req: HttpRequest,
    by: Staff,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (wanted, scope) = (query::<Asked>(&req)?.wanted()?, by.scope());
    let view = wanted.view();
    let found = db
        .read(move |conn| kept::find(conn, scope, &view, now.0))
        .await?;
    page(&ListPage::new(by.shell(&req), wanted, &found, now.0))
}

impl ListPage {
    fn new(shell: Shell, wanted: Wanted, found: &Found, now: Instant) -> Self {
        let l = shell.l;
        let (count, rest) = summary(l, &wanted, found);
        Self {
            count,
            rest,
            chips: wanted.chips(l),
            lines: found.rows.iter().map(|row| line(l, row, now)).collect(),
            shown: l.t1("relationships-shown", "count", found.rows.len()),
            next: found.next.as_ref().map(|place| wanted.next(place)),
            none_yet: found.total == 0,
            wanted,
            shell,
        }
    }

    fn kinds(&self) -> Vec<Choice> {
        let kinds = RelationshipType::ALL.iter().copied();
        let words = |kind: &RelationshipType| self.shell.l.word("type", kind.as_str());
        choices(kinds, self.wanted.kind.as_ref(), words)
    }

    fn statuses(&self) -> Vec<Choice> {
        let l = self.shell.l;
        let words = |status: &StandingFilter| l.word("relationships-status", status.as_str());
        choices(statuses(), self.wanted.status.as_ref(), words)
    }
}

fn line(l: Locale, row: &Row, now: Instant) -> Line {
    let standing = row.kept.standing(now);
    let role = |(role, until): (crate::domain::role::AdminRole, Instant)| Role {
        reach: Bars {
            bars: role.reach().bars(),
            words: l.word("role-name", role.as_str()),
        },
        until,
        soon: match standing {
            Standing::EndsSoon(first) if first == until => when(l, until, now),
            _ => String::new(),
        },
    };
    Line {
        href: path(row.id),
        name: row.name.clone(),
        avatar: Avatar::company(&row.name),
        kind: l.word("type", row.kind.as_str()),
        roles: row.kept.live(now).map(role).collect(),
        reach: reach(l, row.kept.reach(row.kind, now)),
        badge: Badge::of(l, standing),
        since: row.since,
        consent: l.word("customers-consent", row.consent.as_str()),
        waits: matches!(row.consent, Consent::Missing | Consent::Outdated),
    }
}

/// How many there are, in words: the number, and what is said of it.
fn summary(l: Locale, wanted: &Wanted, found: &Found) -> (String, String) {
    let filtered = !wanted.filter().is_empty();
    let shown = if filtered {
        found.matching
    } else {
        found.total
    };
    let number = counted(&l, shown);
    let count = l.t2("customers-count", "count", shown, "number", &number);
    if !filtered {
        return (count, String::new());
    }
    let total = counted(&l, found.total);
    let rest = l.t2("relationships-count-match", "count", shown, "total", &total);
    (count, rest)
}
