//! Searching the directory: a page of what is found, and how much there is.

use diesel::{dsl::not, prelude::*};
use uuid::Uuid;

use super::{
    index::{self, Question, Term},
    kept::{Published, cards},
    place::spots,
    words::sought,
};
use crate::{
    db::{DbConn, schema::directory_entries},
    domain::{
        directory::{Facet, Help, Size},
        spoken::Spoken,
    },
    error::Error,
    web::paginate::{COUNTED, Cursor, PAGE},
};

/// What somebody is looking for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words, all of which are to be found.
    pub text: String,
    /// Where.
    pub location: String,
    /// The size of the organization.
    pub size: Option<Size>,
    /// The kind of help.
    pub help: Option<Help>,
    /// A language.
    pub language: Option<Spoken>,
}

impl Wanted {
    /// The question to the index. Of a text without any letter or digit nothing is left, and a
    /// place without any is no place.
    fn question(&self) -> Question {
        let mut question = Question::default();
        for word in sought(&self.text) {
            question.and(vec![Term::word(word)]);
        }
        question.and(spots(&self.location).iter().map(Term::spot).collect());
        let marks = [
            self.size.map(|one| (Facet::Size, one.as_str())),
            self.help.map(|one| (Facet::Help, one.as_str())),
            self.language.map(|one| (Facet::Language, one.as_str())),
        ];
        for (facet, value) in marks.into_iter().flatten() {
            question.and(vec![Term::mark(facet, value)]);
        }
        question
    }
}

/// A page of the directory.
#[derive(Debug, Clone)]
pub struct Found {
    /// The partners, by name.
    pub partners: Vec<Published>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How many there are in all, at most [`COUNTED`] + 1.
    pub matching: i64,
}

/// An entry that answers a question, and its name as answers are sorted by it.
type Answer = (i64, String);

/// Which of the answers are read.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// Any, one more than are counted.
    Any,
    /// The first ones by name, behind a place if one is given, one more than a page shows.
    First(Option<&'a Cursor>),
}

impl Which<'_> {
    fn most(self) -> i64 {
        match self {
            Self::Any => COUNTED + 1,
            Self::First(_) => i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        }
    }
}

fn answers(conn: &mut DbConn, question: &Question, which: Which<'_>) -> QueryResult<Vec<Answer>> {
    macro_rules! load {
        ($conn:expr, $of:expr) => {{
            let listed = $of.filter(not(directory_entries::suspended));
            let mut query = listed
                .select((directory_entries::entry, directory_entries::name_folded))
                .limit(which.most())
                .into_boxed();
            if let Which::First(after) = which {
                query = query.order((directory_entries::name_folded, directory_entries::entry));
                if let Some(after) = after {
                    query = query.filter(follows(after));
                }
            }
            query.load($conn)
        }};
    }
    let all = directory_entries::table;
    match conn {
        DbConn::Sqlite(conn) if question.is_empty() => load!(conn, all),
        DbConn::Sqlite(conn) => load!(conn, all.inner_join(index::answers_on_sqlite(question))),
        DbConn::Postgres(conn) if question.is_empty() => load!(conn, all),
        DbConn::Postgres(conn) => load!(conn, all.filter(index::answers_on_postgres(question))),
    }
}

/// A page of the partners that a search finds. Those that are hidden or suspended are neither found
/// nor counted.
///
/// # Errors
/// The database's.
pub fn search(conn: &mut DbConn, wanted: &Wanted, after: Option<&Cursor>) -> Result<Found, Error> {
    let question = wanted.question();
    let mut any = answers(conn, &question, Which::Any)?;
    let matching = how_many(&any);
    let mut shown = if after.is_none() && matching <= COUNTED {
        // These are all, and sorted sooner than asked for in order.
        any.sort_unstable_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        any
    } else {
        answers(conn, &question, Which::First(after))?
    };
    let more = shown.len() > PAGE;
    shown.truncate(PAGE);
    let entries: Vec<i64> = shown.iter().map(|(entry, _)| *entry).collect();
    Ok(Found {
        partners: cards(conn, &entries)?,
        next: shown.pop().filter(|_| more).map(place),
        matching,
    })
}

/// Where an answer stands in the order of names. Its number stands for an id: both are opaque.
fn place((entry, key): Answer) -> Cursor {
    Cursor {
        key,
        id: Uuid::from_u128(u128::from(entry.unsigned_abs())),
    }
}

/// What comes after a place in the list.
#[diesel::dsl::auto_type]
fn follows(after: &Cursor) -> _ {
    let key: String = after.key.clone();
    let same_key: String = after.key.clone();
    // A number that none has is one that nobody was given.
    let entry: i64 = i64::try_from(after.id.as_u128()).unwrap_or(i64::MAX);
    let same = directory_entries::name_folded
        .eq(same_key)
        .and(directory_entries::entry.gt(entry));
    directory_entries::name_folded.gt(key).or(same)
}

/// How many partners a search finds; counting stops beyond [`COUNTED`].
///
/// # Errors
/// The database's.
pub fn count(conn: &mut DbConn, wanted: &Wanted) -> QueryResult<i64> {
    answers(conn, &wanted.question(), Which::Any).map(|any| how_many(&any))
}

fn how_many(answers: &[Answer]) -> i64 {
    i64::try_from(answers.len()).unwrap_or(i64::MAX)
}
