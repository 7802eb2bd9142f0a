//! The list of partner relationships, and its download.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    super::store::{
        found::{self, Found},
        invited::invited,
        list::{Row, all},
    },
    PATH,
    asked::{Asked, Wanted},
    terms::{self, Said, Terms},
    view::Line,
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{
        Instant,
        relationship::RelationshipType,
        role::AdminRole,
        standing::{StandingFilter, soon_until},
    },
    error::Error,
    web::{
        csv,
        form::query,
        list::{Asks, Chip, Choice, choices},
        locale::Locale,
        now::Now,
        page::{Shell, page},
        paginate::counted,
        standing::when,
    },
};

/// A partner whose roles end soon.
struct Ending {
    href: String,
    name: String,
    heading: String,
    text: String,
}

/// How many there are, in words: the number, and what is said of it.
struct Summary {
    count: String,
    rest: String,
}

/// The page of the list.
#[derive(Template)]
#[template(path = "relationships/list.html")]
pub struct ListPage {
    shell: Shell,
    wanted: Wanted,
    said: Option<Said>,
    asked: Option<Said>,
    ending: Vec<Ending>,
    summary: Summary,
    chips: Vec<Chip>,
    lines: Vec<Line>,
    shown: String,
    next: Option<String>,
    none_matches: String,
    none_yet: bool,
}

/// `GET /billing/partner-relationships`
pub async fn list(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (wanted, scope) = (query::<Asked>(&req)?.wanted()?, by.scope());
    let waits = by.acting().waiting > 0;
    let (view, shell) = (wanted.view(waits), by.shell(&req));
    let agreed = wanted.agreed;
    let (reader, l) = (by.clone(), shell.l);
    let read = db.read(move |conn| {
        let found = found::find(conn, scope, &view, now.0)?;
        let asks = (found.counts.asks_anew, agreed);
        let terms = terms::read(conn, &reader, l, asks, now.0)?;
        Ok((found, terms))
    });
    let (found, terms) = read.await?;
    page(&ListPage::new(shell, wanted, &found, now.0).on(terms))
}

impl ListPage {
    /// The page of what was found, said in the reader's language.
    #[must_use]
    pub fn new(shell: Shell, wanted: Wanted, found: &Found, now: Instant) -> Self {
        let l = shell.l;
        let line = |row: &Row| Line::related(l, row, now);
        let mut lines: Vec<Line> = found.accepted.iter().map(line).collect();
        lines.extend(
            found
                .invited
                .iter()
                .map(|invited| Line::invited(l, invited)),
        );
        lines.extend(found.rows.iter().map(line));
        Self {
            said: found.accepted.as_ref().and_then(|row| said(l, row, now)),
            asked: None,
            ending: found.ending.iter().map(|row| ending(l, row, now)).collect(),
            summary: summary(l, &wanted, found),
            chips: wanted.chips(l),
            shown: l.t1("relationships-shown", "count", lines.len()),
            next: found.next.as_ref().map(|place| wanted.next(place)),
            none_matches: none_matches(l, &wanted),
            none_yet: found.counts.total == 0 && wanted.filter().is_empty() && !wanted.is_further(),
            lines,
            wanted,
            shell,
        }
    }

    /// The same with what is to be said of the agreement.
    fn on(self, terms: Terms) -> Self {
        Self {
            said: self.said.or(terms.said),
            asked: terms.asked,
            ..self
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
        let statuses = StandingFilter::ALL.iter().copied();
        choices(statuses, self.wanted.status.as_ref(), words)
    }
}

/// Says that a partner can work now, from what is kept of it. Nothing where it can't.
fn said(l: Locale, row: &Row, now: Instant) -> Option<Said> {
    if !row.kept.standing(now).works() {
        return None;
    }
    let sentence = l.word("type-sentence", row.kind.as_str());
    let ends: Vec<Instant> = row.kept.live(now).map(|(_, until)| until).collect();
    let first = ends.iter().min();
    let key = if ends.iter().max() == first {
        "relationships-accepted-until"
    } else {
        "relationships-accepted-first-end"
    };
    let text = match first {
        Some(first) => l.t2(key, "sentence", &sentence, "date", &l.date(first)),
        None => l.t1("relationships-accepted-text", "sentence", &sentence),
    };
    Some((
        l.t1("relationships-accepted-title", "partner", &row.name),
        text,
    ))
}

fn ending(l: Locale, row: &Row, now: Instant) -> Ending {
    let limit = soon_until(now);
    let (soon, later): (Vec<_>, Vec<_>) =
        row.kept.live(now).partition(|(_, until)| *until <= limit);
    let first = soon.iter().map(|(_, until)| *until).min().unwrap_or(now);
    let full = soon.iter().any(|(role, _)| role.full_control());
    let title = if later.is_empty() {
        "relationships-ending-title"
    } else {
        "relationships-ending-title-one"
    };
    let role = if full {
        AdminRole::GlobalAdministrator
    } else {
        AdminRole::HelpdeskAdministrator
    };
    let key = format!("relationships-ending-text-{}", role.reach());
    Ending {
        href: format!("{PATH}/{}", row.id),
        name: row.name.clone(),
        heading: l.t2(title, "partner", &row.name, "when", &when(l, first, now)),
        text: l.t1(&key, "date", &l.date(&first)),
    }
}

fn summary(l: Locale, wanted: &Wanted, found: &Found) -> Summary {
    if wanted.is_further() {
        return Summary {
            count: l.t("relationships-further").to_owned(),
            rest: String::new(),
        };
    }
    let number = |key: &str, count: i64| l.t2(key, "count", count, "number", &counted(&l, count));
    let counts = found.counts;
    if wanted.filter().is_empty() {
        return Summary {
            count: number("relationships-count", counts.total),
            rest: number("relationships-count-full", counts.full),
        };
    }
    let total = counted(&l, counts.total);
    Summary {
        count: number("relationships-count", counts.matching),
        rest: l.t2(
            "relationships-count-match",
            "count",
            counts.matching,
            "total",
            &total,
        ),
    }
}

fn none_matches(l: Locale, wanted: &Wanted) -> String {
    match (wanted.search.as_str(), wanted.kind) {
        ("", _) => l.t("relationships-none-title").to_owned(),
        (search, None) => l.t1("relationships-none-title-search", "text", search),
        (search, Some(kind)) => {
            let kind = l.word("type", kind.as_str());
            l.t2(
                "relationships-none-title-both",
                "text",
                search,
                "type",
                &kind,
            )
        }
    }
}

/// `GET /billing/partner-relationships.csv`: what the filters leave, in the reader's language.
pub async fn download(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (wanted, scope) = (query::<Asked>(&req)?.wanted()?, by.scope());
    let (l, now) = (by.shell(&req).l, now.0);
    let rows = db
        .read(move |conn| {
            let filter = wanted.filter();
            let mut waiting = invited(conn, scope, now)?;
            waiting.retain(|invited| invited.is_within(&filter));
            let related = all(conn, scope, &filter, wanted.sort, now)?;
            let waiting = waiting.iter().map(|invited| Line::invited(l, invited));
            let related = related.iter().map(|row| Line::related(l, row, now));
            let cells = waiting.chain(related).map(|line| line.cells(l));
            Ok(cells.collect::<Vec<_>>())
        })
        .await?;
    csv::download("partner-relationships.csv", head(l), rows.into_iter())
}

fn head(l: Locale) -> [&'static str; 9] {
    [
        l.t("relationships-csv-partner"),
        l.t("relationships-partner-id"),
        l.t("relationships-csv-domain"),
        l.t("relationships-type"),
        l.t("relationships-can"),
        l.t("relationships-status"),
        l.t("relationships-since"),
        l.t("relationships-roles-end"),
        l.t("relationships-csv-note"),
    ]
}
