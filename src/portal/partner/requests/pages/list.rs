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
        list::{Asks, Choice, choices, place},
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

/// What is asked for, as far as it is something that the page offers.
#[derive(Debug, Clone)]
struct Wanted {
    state: Option<ContactRequestState>,
    after: Option<Cursor>,
}

impl Asks for Wanted {
    const PATH: &'static str = PATH;

    fn asked(&self) -> Vec<(&'static str, Option<String>)> {
        vec![("state", self.state.map(|state| state.to_string()))]
    }

    fn after(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }
}

#[derive(Template)]
#[template(path = "partner/requests/list.html")]
struct ListPage {
    shell: Shell,
    wanted: Wanted,
    count: String,
    rest: String,
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
    let wanted = Wanted {
        state: asked.state.as_deref().and_then(ContactRequestState::parse),
        after: place(asked.after.as_deref())?,
    };
    let (side, asked) = (Of::Partner(by.scope()), wanted.clone());
    let read = move |conn: &mut _| list::list(conn, side, asked.state, asked.after(), now.0);
    let found = db.read(read).await?;
    page(&ListPage::new(by.shell(&req), wanted, &found, &now.0))
}

impl ListPage {
    fn new(shell: Shell, wanted: Wanted, found: &Found, now: &Instant) -> Self {
        let l = shell.l;
        let (count, rest) = summary(l, wanted.state, found);
        Self {
            count,
            rest,
            lines: found.rows.iter().map(|row| Line::of(l, row, now)).collect(),
            next: found.next.as_ref().map(|place| wanted.next(place)),
            none_yet: found.total == 0,
            wanted,
            shell,
        }
    }

    fn states(&self) -> Vec<Choice> {
        let words = |state: &ContactRequestState| {
            let word = state.as_str();
            self.shell.l.word("request-state", word)
        };
        let states = ContactRequestState::ALL.iter().copied();
        choices(states, self.wanted.state.as_ref(), words)
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
