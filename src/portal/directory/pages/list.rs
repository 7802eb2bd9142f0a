//! `/partners`: the directory, searched.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    CONTACT, PATH,
    asked::{Asked, Without},
};
use crate::{
    access::directory::DirectoryReader,
    db::{Db, DbConn},
    directory::{self, Card, Found, Listed, size_words, spoken_by_name, spoken_words, spots},
    domain::directory::{Help, MOST_CHOSEN, Size},
    error::Error,
    web::{
        form::query,
        list::{Choice, choices},
        locale::Locale,
        page::{Avatar, Shell, page},
        paginate::{Cursor, counted},
    },
};

/// A partner in the list.
struct Line {
    card: Card,
    ticked: bool,
}

/// A partner that was chosen on another page.
struct Kept {
    number: String,
    name: String,
    avatar: Avatar,
}

/// A search that would find somebody.
struct Way {
    href: String,
    words: String,
    count: String,
}

#[derive(Template)]
#[template(path = "directory/list.html")]
struct ListPage {
    shell: Shell,
    asked: Asked,
    may_contact: bool,
    sizes: Vec<Choice>,
    kinds: Vec<Choice>,
    languages: Vec<Choice>,
    count: String,
    rest: String,
    lines: Vec<Line>,
    kept: Vec<Kept>,
    next: Option<String>,
    ways: Vec<Way>,
    is_empty: bool,
}

/// What is read for a page.
struct Read {
    found: Found,
    chosen: Vec<Listed>,
    ways: Vec<(Without, i64)>,
}

/// Reads a page: what is found, whom was chosen, and, where nobody is found, which searches would.
fn read(conn: &mut DbConn, asked: &Asked, l: Locale) -> Result<Read, Error> {
    let found = directory::search(conn, &asked.wanted, asked.after.as_ref())?;
    let mut ways = Vec::new();
    if found.matching == 0 {
        for without in asked.each_without(l) {
            let matching = directory::count(conn, &without.asked.wanted)?;
            ways.push((without, matching));
        }
        ways.retain(|(_, matching)| *matching > 0);
    }
    Ok(Read {
        chosen: directory::listed(conn, &asked.chosen)?,
        ways,
        found,
    })
}

/// `GET /partners`
pub async fn list(
    req: HttpRequest,
    by: DirectoryReader,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let mut asked = Asked::read(query(&req)?)?;
    let shell = by.shell(&req);
    let (l, wish) = (shell.l, asked.clone());
    let read = db.read(move |conn| read(conn, &wish, l)).await?;
    // Who left the directory meanwhile is chosen no longer.
    let there = |number: &String| read.chosen.iter().any(|one| one.number == *number);
    asked.chosen.retain(there);
    page(&ListPage::new(shell, asked, by.may_contact(), read))
}

impl ListPage {
    fn new(shell: Shell, asked: Asked, may_contact: bool, read: Read) -> Self {
        let (l, wanted, matching) = (shell.l, &asked.wanted, read.found.matching);
        let spots = spots(&wanted.location);
        let number =
            |key: &str, count: i64| l.t2(key, "count", count, "number", &counted(&l, count));
        let lines: Vec<Line> = read
            .found
            .partners
            .into_iter()
            .map(|one| Line {
                ticked: asked.chosen.contains(&one.number),
                card: Card::new(l, one, &spots),
            })
            .collect();
        let elsewhere = |one: &Listed| !lines.iter().any(|line| line.card.number == one.number);
        Self {
            sizes: choices(Size::ALL.iter().copied(), wanted.size.as_ref(), |one| {
                size_words(l, *one)
            }),
            kinds: choices(Help::ALL.iter().copied(), wanted.help.as_ref(), |one| {
                l.word("help-kind", one.as_str())
            }),
            languages: choices(
                spoken_by_name(l).iter().copied(),
                wanted.language.as_ref(),
                |one| spoken_words(l, *one),
            ),
            count: number("directory-count", matching),
            rest: rest(l, &asked, matching),
            kept: read
                .chosen
                .into_iter()
                .filter(elsewhere)
                .map(kept)
                .collect(),
            next: read.found.next.as_ref().map(Cursor::encode),
            ways: read
                .ways
                .into_iter()
                .map(|(without, matching)| Way {
                    href: without.asked.address(),
                    words: l.t1("directory-without", "filter", without.words.as_str()),
                    count: number("directory-count", matching),
                })
                .collect(),
            is_empty: matching == 0 && !asked.is_narrowed(),
            may_contact,
            lines,
            asked,
            shell,
        }
    }
}

fn kept(one: Listed) -> Kept {
    Kept {
        avatar: Avatar::company(&one.name),
        number: one.number,
        name: one.name,
    }
}

/// What is said after the number: near where, or that all are shown.
fn rest(l: Locale, asked: &Asked, matching: i64) -> String {
    let location = asked.wanted.location.as_str();
    match (asked.is_narrowed(), location) {
        (true, _) if matching == 0 => l.t1("directory-count-match", "count", matching),
        (false, _) => l.t1("directory-count-all", "count", matching),
        (true, "") => l.t1("directory-count-match", "count", matching),
        (true, location) => l.t2(
            "directory-count-near",
            "count",
            matching,
            "location",
            location,
        ),
    }
}
