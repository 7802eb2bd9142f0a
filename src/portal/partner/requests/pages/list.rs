//! The list of what customers wrote.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{PATH, view::Line};
use crate::{
    access::guards::{Guard, Inviter},
    contacting::{
        list::{self, Found},
        read::Of,
    },
    db::Db,
    domain::{Instant, contact_request::ContactRequestState},
    error::Error,
    web::{
        form::query,
        locale::Locale,
        now::Now,
        page::{Shell, page},
        paginate::{Cursor, counted},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "partner/requests/list.html")]
struct ListPage {
    shell: Shell,
    state: Option<ContactRequestState>,
    further: bool,
    count: (String, String),
    lines: Vec<Line>,
    next: Option<String>,
    none_yet: bool,
}

/// `GET /partner/requests`. A state that there isn't is left out.
pub async fn list(
    req: HttpRequest,
    by: Inviter,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let after = match asked.after.as_deref() {
        None | Some("") => None,
        Some(after) => Some(Cursor::decode(after).ok_or(Error::BadRequest)?),
    };
    let state = asked.state.as_deref().and_then(ContactRequestState::parse);
    let (side, from) = (Of::Partner(by.scope()), after.clone());
    let read = move |conn: &mut _| list::list(conn, side, state, from.as_ref(), now.0);
    let found = db.read(read).await?;
    page(&ListPage::new(
        by.shell(&req),
        (state, after.is_some()),
        &found,
        &now.0,
    ))
}

/// The address of the list, with what narrows it.
fn address(state: Option<ContactRequestState>, after: Option<&Cursor>) -> String {
    let state = state.map(|state| format!("state={state}"));
    let after = after.map(|after| format!("after={}", after.encode()));
    let query: Vec<String> = state.into_iter().chain(after).collect();
    match query.join("&") {
        query if query.is_empty() => PATH.to_owned(),
        query => format!("{PATH}?{query}"),
    }
}

impl ListPage {
    fn new(
        shell: Shell,
        (state, further): (Option<ContactRequestState>, bool),
        found: &Found,
        now: &Instant,
    ) -> Self {
        let l = shell.l;
        Self {
            count: summary(l, state, found),
            lines: found.rows.iter().map(|row| Line::of(l, row, now)).collect(),
            next: found.next.as_ref().map(|place| address(state, Some(place))),
            none_yet: found.total == 0,
            state,
            further,
            shell,
        }
    }

    /// The address of the first page.
    fn first(&self) -> String {
        address(self.state, None)
    }

    fn states(&self) -> impl Iterator<Item = (&'static ContactRequestState, String, bool)> {
        ContactRequestState::ALL.iter().map(|state| {
            let words = self.shell.l.word("request-state", state.as_str());
            (state, words, self.state == Some(*state))
        })
    }
}

/// How many there are, in words: the number, and what is said of it.
fn summary(l: Locale, state: Option<ContactRequestState>, found: &Found) -> (String, String) {
    let number = |count: i64| {
        let words = counted(&l, count);
        l.t2("requests-count", "count", count, "number", &words)
    };
    if state.is_none() {
        return (number(found.total), String::new());
    }
    let total = counted(&l, found.total);
    let rest = l.t2("sent-count-match", "count", found.matching, "total", &total);
    (number(found.matching), rest)
}
