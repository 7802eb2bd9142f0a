//! The texts of a version.

use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    db::{DbConn, schema::agreement_texts},
    domain::{Language, TextId, VersionId, agreement::reading_minutes},
    error::Error,
};

/// A version's text in one language, with the very bytes that are hashed.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its id.
    pub id: TextId,
    /// The language that it is written in.
    pub language: Language,
    /// The document's title.
    pub title: String,
    /// `text/html; charset=utf-8`
    pub media_type: String,
    /// The bytes.
    pub body: Vec<u8>,
    /// SHA-256 of the bytes, as recorded when the version was published.
    pub sha256: Vec<u8>,
    /// How long it is, in words.
    pub words: i32,
    /// What changed since the version before, as the operator tells it.
    pub changes: Option<String>,
}

impl Text {
    /// The recorded hash, in hex.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        hex::encode(&self.sha256)
    }

    /// Whether the bytes are still those that were published.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        Sha256::digest(&self.body).as_slice() == self.sha256
    }

    /// About how long it takes to read, in minutes.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        reading_minutes(self.words)
    }
}

type TextRow = (
    TextId,
    Language,
    String,
    String,
    Vec<u8>,
    Vec<u8>,
    i32,
    Option<String>,
);

fn text(row: TextRow) -> Text {
    let (id, language, title, media_type, body, sha256, words, changes) = row;
    Text {
        id,
        language,
        title,
        media_type,
        body,
        sha256,
        words,
        changes,
    }
}

const TEXT: (
    agreement_texts::id,
    agreement_texts::language,
    agreement_texts::title,
    agreement_texts::media_type,
    agreement_texts::body,
    agreement_texts::sha256,
    agreement_texts::words,
    agreement_texts::changes,
) = (
    agreement_texts::id,
    agreement_texts::language,
    agreement_texts::title,
    agreement_texts::media_type,
    agreement_texts::body,
    agreement_texts::sha256,
    agreement_texts::words,
    agreement_texts::changes,
);

/// The texts of a version, in the order of languages.
///
/// # Errors
/// The database's.
pub fn texts(conn: &mut DbConn, version: VersionId) -> Result<Vec<Text>, Error> {
    let rows: Vec<TextRow> = agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .order(agreement_texts::language)
        .select(TEXT)
        .load(conn)?;
    Ok(rows.into_iter().map(text).collect())
}

/// The Markdown of a version's texts, in the order of languages.
///
/// # Errors
/// The database's.
pub fn sources(conn: &mut DbConn, version: VersionId) -> Result<Vec<(Language, String)>, Error> {
    Ok(agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .order(agreement_texts::language)
        .select((agreement_texts::language, agreement_texts::source))
        .load(conn)?)
}

/// The bytes of the text that a record names, as they are now; none for a record that names none
/// that there is.
///
/// # Errors
/// The database's.
pub fn body_named(conn: &mut DbConn, record: &Value) -> Result<Option<Vec<u8>>, Error> {
    let word = |pointer: &str| record.pointer(pointer).and_then(Value::as_str);
    let version: Option<VersionId> = word("/document/version").and_then(|id| id.parse().ok());
    let language = word("/document/language").and_then(Language::parse);
    let (Some(version), Some(language)) = (version, language) else {
        return Ok(None);
    };
    Ok(agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .filter(agreement_texts::language.eq(language))
        .select(agreement_texts::body)
        .first(conn)
        .optional()?)
}

/// The text in a language, or the first there is.
///
/// # Errors
/// [`Error::NotFound`] for a version without texts.
pub fn text_for(conn: &mut DbConn, version: VersionId, language: Language) -> Result<Text, Error> {
    let row: TextRow = agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .order((
            agreement_texts::language.ne(language),
            agreement_texts::language,
        ))
        .select(TEXT)
        .first(conn)?;
    Ok(text(row))
}
