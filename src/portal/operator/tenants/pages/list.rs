//! `/operator/tenants`: who the installation serves.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{super::store::list, PATH};
use crate::{
    access::guards::{Guard, Operator},
    db::Db,
    domain::Instant,
    error::Error,
    web::{
        form::query,
        locale::Locale,
        page::{Avatar, Shell, page},
        paginate::{Cursor, counted},
    },
};

/// The longest search, in characters.
const LONGEST: usize = 100;
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
    search: String,
    lines: Vec<Line>,
    count: String,
    is_further: bool,
    first: String,
    next: Option<String>,
}

/// The address of a page of this search.
fn address(search: &str, after: Option<&Cursor>) -> String {
    let mut query = Serializer::new(String::new());
    if !search.is_empty() {
        query.append_pair("q", search);
    }
    if let Some(after) = after {
        query.append_pair("after", &after.encode());
    }
    match query.finish() {
        query if query.is_empty() => PATH.to_owned(),
        query => format!("{PATH}?{query}"),
    }
}

/// `GET /operator/tenants`
pub async fn list(req: HttpRequest, by: Operator, db: Data<Db>) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let search: String = asked.q.trim().chars().take(LONGEST).collect();
    let after = match asked.after.as_str() {
        "" => None,
        after => Some(Cursor::decode(after).ok_or(Error::BadRequest)?),
    };
    let (is_further, wanted) = (after.is_some(), search.clone());
    let found = db
        .read(move |conn| list::page(conn, &wanted, after.as_ref()))
        .await?;
    let shell = by.shell(&req);
    let (l, number) = (shell.l, counted(&shell.l, found.matching));
    page(&ListPage {
        lines: found.rows.into_iter().map(|row| line(l, row)).collect(),
        count: l.t2("tenants-count", "count", found.matching, "number", &number),
        is_further,
        first: address(&search, None),
        next: found.next.map(|place| address(&search, Some(&place))),
        search,
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
