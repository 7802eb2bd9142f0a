//! Searching the directory: a page of what is found, and how much there is.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use super::{
    index::{self, Question, Term},
    kept::{Head, Published, complete},
    place::spots,
    words::sought,
};
use crate::{
    db::{
        DbConn, MultiBackend, literal,
        schema::{directory_profiles, partners},
    },
    domain::{
        PartnerId,
        directory::{Facet, Help, Size},
        spoken::Spoken,
    },
    id::Id,
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

/// In the words by which the index over those that are listed knows it, on both databases.
const NOT_SUSPENDED: &str = "directory_profiles.suspended = FALSE";
/// What a list says of a partner beside its words and places.
const SHOWN: &[Facet] = &[Facet::Help, Facet::Keyword];

macro_rules! found {
    ($conn:expr, $question:expr) => {{
        let query = directory_profiles::table
            .filter(directory_profiles::state.eq(literal("published")))
            .filter(sql::<Bool>(NOT_SUSPENDED))
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
pub fn search(conn: &mut DbConn, wanted: &Wanted, after: Option<&Cursor>) -> QueryResult<Found> {
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
        .order((
            directory_profiles::name_folded,
            directory_profiles::partner_id,
        ))
        .select(directory_profiles::entry)
        .load(conn)?;
    let matching = match after {
        None => i64::try_from(found.len()).unwrap_or_default(),
        Some(_) => count(conn, wanted)?,
    };
    let rows = rows(conn, found.iter().take(PAGE).copied().collect())?;
    let last = rows.last().filter(|_| found.len() > PAGE);
    let next = last.map(|(key, head)| Cursor {
        key: key.clone(),
        id: head.0.uuid(),
    });
    let heads = rows.into_iter().map(|row| row.1).collect();
    Ok(Found {
        partners: complete(conn, heads, SHOWN)?,
        next,
        matching,
    })
}

/// What comes after a place in the list.
fn follows(
    after: &Cursor,
) -> Box<dyn BoxableExpression<directory_profiles::table, MultiBackend, SqlType = Bool>> {
    let id: PartnerId = Id::from_uuid(after.id);
    let same = directory_profiles::name_folded
        .eq(after.key.clone())
        .and(directory_profiles::partner_id.gt(id));
    Box::new(
        directory_profiles::name_folded
            .gt(after.key.clone())
            .or(same),
    )
}

/// What a page says of these entries, in its order.
fn rows(conn: &mut DbConn, entries: Vec<i64>) -> QueryResult<Vec<(String, Head)>> {
    directory_profiles::table
        .inner_join(partners::table)
        .filter(directory_profiles::entry.eq_any(entries))
        .order((
            directory_profiles::name_folded,
            directory_profiles::partner_id,
        ))
        .select((
            directory_profiles::name_folded,
            (
                partners::id,
                partners::number,
                partners::name,
                partners::domain,
                directory_profiles::description,
            ),
        ))
        .load(conn)
}

/// How many partners a search finds; counting stops beyond [`COUNTED`].
///
/// # Errors
/// The database's.
pub fn count(conn: &mut DbConn, wanted: &Wanted) -> QueryResult<i64> {
    let counted: Vec<i64> = found!(conn, &wanted.question())
        .limit(COUNTED + 1)
        .select(directory_profiles::entry)
        .load(conn)?;
    Ok(i64::try_from(counted.len()).unwrap_or_default())
}
