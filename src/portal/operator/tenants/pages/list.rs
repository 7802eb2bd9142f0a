//! `/operator/tenants`: who the installation serves.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{super::store::list, PATH};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::Instant,
    error::Error,
    web::{
        form::query,
        list::{Asks, place, search},
        locale::Locale,
        page::{Avatar, Shell, page},
        paginate::{Cursor, counted},
    },
};

/// How many domains are named of each tenant.
const NAMED: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: String,
}

/// A line of the list.
struct Line {
    href: String,
    avatar: Avatar,
    name: String,
    kind: String,
    country: String,
    public_id: String,
    domains: Vec<String>,
    further: String,
    since: Instant,
}

#[derive(Template)]
#[template(path = "operator/tenants.html")]
struct ListPage {
    shell: Shell,
    wanted: Wanted,
    lines: Vec<Line>,
    count: String,
    next: Option<String>,
}

#[derive(Clone)]
struct Wanted {
    search: String,
    after: Option<Cursor>,
}

impl Asks for Wanted {
    const PATH: &'static str = PATH;

    fn asked(&self) -> Vec<(&'static str, Option<String>)> {
        vec![("q", Some(self.search.clone()))]
    }

    fn after(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }
}

/// `GET /operator/tenants`
pub async fn list(req: HttpRequest, by: Operator, db: Data<Db>) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let wanted = Wanted {
        search: search(Some(&asked.q)),
        after: place(Some(&asked.after))?,
    };
    let read = wanted.clone();
    let found = db
        .read(move |conn| list::page(conn, &read.search, read.after.as_ref()))
        .await?;
    let shell = by.shell(&req);
    let (l, number) = (shell.l, counted(&shell.l, found.matching));
    page(&ListPage {
        lines: found.rows.into_iter().map(|row| line(l, row)).collect(),
        count: l.t2("tenants-count", "count", found.matching, "number", &number),
        next: found.next.map(|place| wanted.next(&place)),
        wanted,
        shell,
    })
}

fn line(l: Locale, row: list::Row) -> Line {
    let mut domains = row.domains;
    let further = domains.len().saturating_sub(NAMED);
    domains.truncate(NAMED);
    let further = match i64::try_from(further).unwrap_or_default() {
        0 => String::new(),
        further => l.t1("tenants-domains-further", "count", further),
    };
    Line {
        href: format!("{PATH}/{}", row.id),
        avatar: Avatar::company(&row.name),
        name: row.name,
        kind: l.word("tenant-kind", row.kind.as_str()),
        country: l.country(&row.country),
        public_id: row.public_id,
        domains,
        further,
        since: row.since,
    }
}
