//! Searching the directory: a page of what is found, and how much there is.

use diesel::{dsl::not, prelude::*, sql_types::Bool};
use uuid::Uuid;

use super::{
    index::{self, Question, Term},
    kept::{Published, cards},
    place::spots,
    words::sought,
};
use crate::{
    db::{DbConn, MultiBackend, schema::directory_entries},
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

macro_rules! found {
    ($conn:expr, $question:expr) => {{
        let query = directory_entries::table
            .filter(not(directory_entries::suspended))
            .into_boxed::<MultiBackend>();
        if $question.is_empty() {
            query
        } else {
            query.filter(index::matches($conn, $question))
        }
    }};
}

/// A page of the partners that a search finds. Those that are hidden or suspended are neither found
/// nor counted.
///
/// # Errors
/// The database's.
pub fn search(conn: &mut DbConn, wanted: &Wanted, after: Option<&Cursor>) -> Result<Found, Error> {
    let page = i64::try_from(PAGE).unwrap_or_default();
    let mut query = found!(conn, &wanted.question()).limit(match after {
        // The first page counts what it leaves for the others: the index is asked once.
        None => COUNTED + 1,
        Some(_) => page + 1,
    });
    if let Some(after) = after {
        query = query.filter(follows(after));
    }
    let found: Vec<i64> = query
        .order((directory_entries::name_folded, directory_entries::entry))
        .select(directory_entries::entry)
        .load(conn)?;
    let matching = match after {
        None => i64::try_from(found.len()).unwrap_or_default(),
        Some(_) => count(conn, wanted)?,
    };
    let shown = found.get(..PAGE).unwrap_or(&found);
    let last = shown.last().filter(|_| found.len() > PAGE);
    Ok(Found {
        partners: cards(conn, shown)?,
        next: last.map(|entry| place(conn, *entry)).transpose()?,
        matching,
    })
}

/// Where an entry stands in the order of names. Its number stands for an id: both are opaque.
fn place(conn: &mut DbConn, entry: i64) -> QueryResult<Cursor> {
    // Of all that a search finds, only the last one shown tells its name.
    let key = directory_entries::table
        .find(entry)
        .select(directory_entries::name_folded)
        .first(conn)?;
    Ok(Cursor {
        key,
        id: Uuid::from_u128(u128::from(entry.unsigned_abs())),
    })
}

/// What comes after a place in the list.
fn follows(
    after: &Cursor,
) -> Box<dyn BoxableExpression<directory_entries::table, MultiBackend, SqlType = Bool>> {
    // A number that none has is one that nobody was given.
    let entry = i64::try_from(after.id.as_u128()).unwrap_or(i64::MAX);
    let same = directory_entries::name_folded
        .eq(after.key.clone())
        .and(directory_entries::entry.gt(entry));
    Box::new(
        directory_entries::name_folded
            .gt(after.key.clone())
            .or(same),
    )
}

/// How many partners a search finds; counting stops beyond [`COUNTED`].
///
/// # Errors
/// The database's.
pub fn count(conn: &mut DbConn, wanted: &Wanted) -> QueryResult<i64> {
    let counted: Vec<i64> = found!(conn, &wanted.question())
        .limit(COUNTED + 1)
        .select(directory_entries::entry)
        .load(conn)?;
    Ok(i64::try_from(counted.len()).unwrap_or_default())
}
