//! The texts of two versions of an agreement, side by side.

use diesel::prelude::*;

use super::difference::{self, Difference, Document};
use crate::{
    db::{DbConn, schema::agreement_texts},
    domain::{Language, VersionId},
    error::Error,
};

/// A text as it was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The language.
    pub language: Language,
    /// The document's title.
    pub title: String,
    /// The Markdown.
    pub source: String,
}

impl Written {
    fn document(&self) -> Document<'_> {
        Document {
            title: &self.title,
            source: &self.source,
        }
    }

    /// What differs between a text and a later one. It takes time, so that no connection should
    /// wait for it.
    #[must_use]
    pub fn until(&self, later: &Self) -> Difference {
        difference::between(&self.document(), &later.document())
    }
}

/// The texts of two versions in one language.
#[derive(Debug, Clone)]
pub struct Pair {
    before: Written,
    after: Written,
}

impl Pair {
    /// The language of both.
    #[must_use]
    pub fn language(&self) -> Language {
        self.after.language
    }

    /// The title of the later one.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.after.title
    }

    /// What differs between them, as [`Written::until`] tells it.
    #[must_use]
    pub fn difference(&self) -> Difference {
        self.before.until(&self.after)
    }
}

/// The texts of two versions in the reader's language, or in the first one that both have; `None`
/// where they have none in common.
///
/// # Errors
/// The database's.
pub fn pair(
    conn: &mut DbConn,
    (before, after): (VersionId, VersionId),
    language: Language,
) -> Result<Option<Pair>, Error> {
    let (before, after) = (written(conn, before)?, written(conn, after)?);
    let pairs = after.into_iter().filter_map(|after| {
        let mut same = before.iter().filter(|one| one.language == after.language);
        let before = same.next()?.clone();
        Some(Pair { before, after })
    });
    Ok(pairs.min_by_key(|pair| pair.language() != language))
}

/// The texts of a version as they were written, in the order of languages.
///
/// # Errors
/// The database's.
pub fn written(conn: &mut DbConn, version: VersionId) -> Result<Vec<Written>, Error> {
    let rows: Vec<(Language, String, String)> = agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .order(agreement_texts::language)
        .select((
            agreement_texts::language,
            agreement_texts::title,
            agreement_texts::source,
        ))
        .load(conn)?;
    let read = |(language, title, source)| Written {
        language,
        title,
        source,
    };
    Ok(rows.into_iter().map(read).collect())
}
