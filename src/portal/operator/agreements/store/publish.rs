//! Publishing versions of agreements.

use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{super::markdown::NewText, list};
use crate::{
    db::{
        DbConn, literal,
        schema::{agreement_texts, agreement_versions, agreements},
        types::Ts,
        word,
    },
    domain::{
        AgreementId, Instant, TextId, VersionId,
        agreement::{Terms, VersionState, Which},
        event::EventKind,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
};

/// What the bytes are.
const MEDIA_TYPE: &str = "text/html; charset=utf-8";

/// A version to publish.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// The agreement that it is a version of.
    pub of: Which,
    /// From when it counts, and what it asks.
    pub terms: Terms,
    /// The operator's own note.
    pub note: Option<String>,
    /// The texts, one for each language.
    pub texts: Vec<NewText>,
}

/// A text as it was published.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PublishedText {
    /// The language.
    pub language: crate::domain::Language,
    /// The title.
    pub title: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// How long it is, in words.
    pub words: i32,
}

/// A version as it was published.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Published {
    /// Its id.
    pub version: VersionId,
    /// Its number within the agreement.
    pub number: i32,
    /// The day that it is known by.
    pub dated: String,
    /// Its texts.
    pub texts: Vec<PublishedText>,
    /// How many customers of a country accepted the agreement of all others, which counts no more
    /// there, since the country got one of its own.
    pub asked_anew: i64,
}

/// Publishes a version, which takes the place of the one in force, with its event.
///
/// # Errors
/// [`Error::Refused`] where there is no text, or two in one language, and where the version counts
/// from a later day.
pub fn publish(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewVersion,
    now: Instant,
) -> Result<Published, Error> {
    publish_as(conn, actor, (Id::at(now), new), now)
}

/// As [`publish`], under an id that is given.
pub(super) fn publish_as(
    conn: &mut DbConn,
    actor: &EventActor,
    (version, new): (VersionId, &NewVersion),
    now: Instant,
) -> Result<Published, Error> {
    check(new)?;
    let terms = new.terms;
    terms
        .check_publishable(now)
        .map_err(|refused| Error::Refused(refused.to_string()))?;
    let agreement = agreement(conn, &new.of, now)?;
    let last: Option<i32> = agreement_versions::table
        .filter(agreement_versions::agreement_id.eq(agreement))
        .select(diesel::dsl::max(agreement_versions::number))
        .first(conn)?;
    let number = last.unwrap_or(0) + 1;
    let replaced = list::of_all_others(conn, &new.of)?;
    let dated = terms.dated.to_string();
    diesel::insert_into(agreement_versions::table)
        .values((
            agreement_versions::id.eq(version),
            agreement_versions::agreement_id.eq(agreement),
            agreement_versions::number.eq(number),
            agreement_versions::dated.eq(&dated),
            agreement_versions::state.eq(VersionState::Draft),
            agreement_versions::material.eq(terms.material),
            agreement_versions::earlier_suffices_until
                .eq(terms.earlier_suffices_until.map(Ts::from)),
            agreement_versions::note.eq(new.note.as_deref()),
            agreement_versions::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let mut texts = Vec::new();
    for text in &new.texts {
        texts.push(keep(conn, version, text, now)?);
    }
    put_in_force(conn, agreement, version, now)?;
    let hashes: Map<String, Value> = texts
        .iter()
        .map(|text| (text.language.to_string(), json!(text.sha256)))
        .collect();
    let facts = json!({
        "title": texts.first().map(|text| text.title.clone()),
        "dated": dated,
        "number": number,
        "material": terms.material,
        "agreement": new.of.kind,
        "country": new.of.code(),
        "sha256": hashes,
    });
    let event = NewEvent {
        actor: actor.clone(),
        ..NewEvent::by_command(EventKind::AgreementPublished, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(Published {
        version,
        number,
        dated,
        texts,
        asked_anew: replaced.map_or(0, |(_, accepted)| accepted),
    })
}

fn check(new: &NewVersion) -> Result<(), Error> {
    if new.texts.is_empty() {
        return Err(Error::Refused("a version has at least one text".into()));
    }
    for (index, text) in new.texts.iter().enumerate() {
        let mut before = new.texts.iter().take(index);
        if before.any(|other| other.language == text.language) {
            return Err(Error::Refused(format!(
                "there are two texts in the language {}",
                text.language
            )));
        }
    }
    Ok(())
}

/// The agreement itself, made where there is none; locked until the end.
fn agreement(conn: &mut DbConn, which: &Which, now: Instant) -> Result<AgreementId, Error> {
    let mut query = agreements::table
        .filter(agreements::kind.eq(which.kind))
        .select(agreements::id)
        .into_boxed::<crate::db::MultiBackend>();
    query = match which.code() {
        Some(country) => query.filter(agreements::country.eq(country)),
        None => query.filter(agreements::country.is_null()),
    };
    if let Some(id) = query.first::<AgreementId>(conn).optional()? {
        if let DbConn::Postgres(conn) = conn {
            let _: AgreementId = agreements::table
                .find(id)
                .select(agreements::id)
                .for_update()
                .first(conn)?;
        }
        return Ok(id);
    }
    let id: AgreementId = Id::at(now);
    diesel::insert_into(agreements::table)
        .values((
            agreements::id.eq(id),
            agreements::kind.eq(which.kind),
            agreements::country.eq(which.code()),
            agreements::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    Ok(id)
}

fn keep(
    conn: &mut DbConn,
    version: VersionId,
    text: &NewText,
    now: Instant,
) -> Result<PublishedText, Error> {
    let (id, hash): (TextId, _) = (Id::at(now), Sha256::digest(&text.body).to_vec());
    diesel::insert_into(agreement_texts::table)
        .values((
            agreement_texts::id.eq(id),
            agreement_texts::version_id.eq(version),
            agreement_texts::language.eq(text.language),
            agreement_texts::title.eq(&text.title),
            agreement_texts::source.eq(&text.source),
            agreement_texts::media_type.eq(MEDIA_TYPE),
            agreement_texts::body.eq(&text.body),
            agreement_texts::sha256.eq(&hash),
            agreement_texts::words.eq(text.words),
            agreement_texts::changes.eq(text.changes.as_deref()),
        ))
        .execute(conn)?;
    Ok(PublishedText {
        language: text.language,
        title: text.title.clone(),
        sha256: hex::encode(hash),
        words: text.words,
    })
}

/// The version in force gives way to the draft.
fn put_in_force(
    conn: &mut DbConn,
    agreement: AgreementId,
    draft: VersionId,
    now: Instant,
) -> Result<(), Error> {
    let in_force = agreement_versions::table
        .filter(agreement_versions::agreement_id.eq(agreement))
        .filter(agreement_versions::state.eq(literal(VersionState::Published.as_str())));
    diesel::update(in_force)
        .set((
            agreement_versions::state.eq(VersionState::Published.supersede()?),
            agreement_versions::superseded_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    let draft = agreement_versions::table
        .find(draft)
        .filter(agreement_versions::state.eq(word::Draft));
    diesel::update(draft)
        .set((
            agreement_versions::state.eq(VersionState::Draft.publish()?),
            agreement_versions::published_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}
