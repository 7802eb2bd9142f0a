//! The index of words: the one place that knows how each database keeps and finds them.
//!
//! `SQLite` has an FTS5 table, Postgres a `tsvector` under a GIN index beside the order of names.
//! Neither takes a text apart: both get the same folded words, and the same marks for whatever else
//! is searched for, so that a search is one question to one index.

use diesel::{
    dsl::On,
    prelude::*,
    sql_types::{BigInt, Text},
};

use super::{place::Spot, words};
use crate::{
    db::{Condition, DbConn, condition, schema::directory_entries},
    domain::{
        directory::{Description, Facet, Keyword, Place},
        profile::Profile,
    },
};

/// A word or mark to be found; where `begins` is set, by its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    word: String,
    begins: bool,
}

impl Term {
    /// A word that begins so.
    pub fn word(word: String) -> Self {
        Self { word, begins: true }
    }

    /// Something chosen from a list.
    pub fn mark(facet: Facet, value: &str) -> Self {
        Self {
            word: mark(facet, value),
            begins: false,
        }
    }

    /// A place.
    pub fn spot(spot: &Spot) -> Self {
        match spot {
            Spot::Country(code) => Self {
                word: country(code),
                begins: false,
            },
            Spot::City(name) => Self {
                word: city(name),
                begins: true,
            },
            Spot::Both(code, name) => Self {
                word: city_in(code, name),
                begins: true,
            },
        }
    }
}

/// What is asked of the index: of each line one term at least.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question(Vec<Vec<Term>>);

impl Question {
    /// Asks for one of these, too.
    pub fn and(&mut self, one_of: Vec<Term>) {
        if !one_of.is_empty() {
            self.0.push(one_of);
        }
    }

    /// Whether everything answers it.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn written(&self, term: impl Fn(&Term) -> String, and: &str, or: &str) -> String {
        let lines = self.0.iter().map(|line| {
            let terms: Vec<String> = line.iter().map(&term).collect();
            format!("({})", terms.join(or))
        });
        lines.collect::<Vec<_>>().join(and)
    }
}

fn mark(facet: Facet, value: &str) -> String {
    format!("={facet}{}", words::joined(value))
}

fn country(code: &str) -> String {
    format!("=country{}", words::joined(code))
}

fn city(name: &str) -> String {
    format!("=city{name}")
}

fn city_in(code: &str, name: &str) -> String {
    format!("=in{}={name}", words::joined(code))
}

diesel::table! {
    /// The index of words on `SQLite`.
    directory_index (rowid) {
        /// The entry.
        rowid -> BigInt,
    }
}
diesel::allow_tables_to_appear_in_same_query!(directory_index, directory_entries);

/// The index of words on `SQLite`, to be joined to the entries: what answers a question. It is read
/// from the index to the entries, one look for each; an `IN` would gather them all first. The other
/// way round it would be asked for each entry: nothing here has `SQLite` gather statistics, by which
/// it might choose that.
pub fn answers_on_sqlite(question: &Question) -> On<directory_index::table, Condition> {
    let term = |term: &Term| {
        let begins = if term.begins { " *" } else { "" };
        format!("\"{}\"{begins}", term.word)
    };
    directory_index::table.on(condition(
        // The plus keeps the index from being asked anew for each entry.
        "directory_entries.entry = +directory_index.rowid AND directory_index MATCH ",
        question.written(term, " AND ", " OR "),
        "",
    ))
}

/// The condition that an entry answers a question, on Postgres.
pub fn answers_on_postgres(question: &Question) -> Condition {
    let term = |term: &Term| {
        let begins = if term.begins { ":*" } else { "" };
        format!("'{}'{begins}", term.word)
    };
    condition(
        "directory_entries.words @@ CAST(",
        question.written(term, " & ", " | "),
        " AS tsquery)",
    )
}

/// The condition that a card is that of one of these entries: one value, however many they are.
pub fn one_of(conn: &DbConn, entries: &[i64]) -> Condition {
    let all: Vec<String> = entries.iter().map(i64::to_string).collect();
    let all = all.join(",");
    match conn {
        DbConn::Sqlite(_) => condition(
            "directory_cards.entry IN (SELECT value FROM json_each(",
            format!("[{all}]"),
            "))",
        ),
        DbConn::Postgres(_) => condition(
            "directory_cards.entry = ANY (CAST(",
            format!("{{{all}}}"),
            " AS BIGINT[]))",
        ),
    }
}

/// Everything by which a profile is found, beside what stands in it: name, domain and partner id,
/// and its countries in every language, by the names given.
pub fn of(profile: &Profile, beside: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = beside.iter().flat_map(|text| words::of(text)).collect();
    let texts = profile.description.iter().map(Description::as_str);
    let texts = texts.chain(profile.keywords.iter().map(Keyword::as_str));
    let texts = texts.chain(profile.places.iter().map(Place::city));
    all.extend(texts.flat_map(words::of));
    for place in &profile.places {
        let (code, name) = (place.country.as_str(), words::joined(place.city()));
        all.extend([country(code), city(&name), city_in(code, &name)]);
    }
    let help = profile.help.iter().map(|one| (Facet::Help, one.as_str()));
    let sizes = profile.sizes.iter().map(|one| (Facet::Size, one.as_str()));
    let spoken = profile.languages.iter();
    let spoken = spoken.map(|one| (Facet::Language, one.as_str()));
    all.extend(
        help.chain(sizes)
            .chain(spoken)
            .map(|(facet, value)| mark(facet, value)),
    );
    all.sort_unstable();
    all.dedup();
    all
}

/// Puts a profile's words in the place of those that it had. Its entry is there.
pub fn put(conn: &mut DbConn, entry: i64, words: &[String]) -> QueryResult<()> {
    take(conn, entry)?;
    let words = words.join(" ");
    match conn {
        DbConn::Sqlite(conn) => {
            diesel::sql_query("INSERT INTO directory_index (rowid, words) VALUES (?, ?)")
                .bind::<BigInt, _>(entry)
                .bind::<Text, _>(words)
                .execute(conn)?
        }
        DbConn::Postgres(conn) => diesel::sql_query(
            "UPDATE directory_entries \
             SET words = array_to_tsvector(string_to_array($2, ' ')) WHERE entry = $1",
        )
        .bind::<BigInt, _>(entry)
        .bind::<Text, _>(words)
        .execute(conn)?,
    };
    Ok(())
}

/// Takes a profile's words out. On Postgres they go with its entry.
pub fn take(conn: &mut DbConn, entry: i64) -> QueryResult<()> {
    if let DbConn::Sqlite(conn) = conn {
        diesel::sql_query("DELETE FROM directory_index WHERE rowid = ?")
            .bind::<BigInt, _>(entry)
            .execute(conn)?;
    }
    Ok(())
}
