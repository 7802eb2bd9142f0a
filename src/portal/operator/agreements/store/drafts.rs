//! Drafts: one for each agreement, changed until it is published or thrown away.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    super::markdown::{NewText, render},
    publish::{NewVersion, Published, publish_as},
};
use crate::{
    db::{
        DbConn, MultiBackend,
        schema::{agreement_draft_texts, agreement_drafts},
        types::Ts,
    },
    domain::{
        DraftId, Instant, Language, VersionId,
        agreement::{AgreementKind, Terms, TermsRefused},
        country::Country,
        event::EventKind,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    on_each,
};

/// A version that is being written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// What it will be once published.
    pub version: NewVersion,
    /// Grows with every change.
    pub revision: i32,
    /// When it was changed last.
    pub changed_at: Instant,
}

/// Why a draft wasn't kept or published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// There is a draft for this country already.
    #[error("there is a draft for this country already")]
    Taken(DraftId),
    /// Somebody changed it since it was looked at.
    #[error("the draft was changed meanwhile")]
    Changed,
    /// Its terms don't allow it.
    #[error(transparent)]
    Terms(#[from] TermsRefused),
}

type Row = (
    DraftId,
    Option<String>,
    String,
    bool,
    Option<Ts>,
    Option<String>,
    i32,
    Ts,
);

const ROW: (
    agreement_drafts::id,
    agreement_drafts::country,
    agreement_drafts::dated,
    agreement_drafts::material,
    agreement_drafts::earlier_suffices_until,
    agreement_drafts::note,
    agreement_drafts::revision,
    agreement_drafts::changed_at,
) = (
    agreement_drafts::id,
    agreement_drafts::country,
    agreement_drafts::dated,
    agreement_drafts::material,
    agreement_drafts::earlier_suffices_until,
    agreement_drafts::note,
    agreement_drafts::revision,
    agreement_drafts::changed_at,
);

fn read(conn: &mut DbConn, row: Row) -> Result<Draft, Error> {
    let (id, country, dated, material, until, note, revision, changed_at) = row;
    let texts: Vec<(Language, String, Option<String>)> = agreement_draft_texts::table
        .filter(agreement_draft_texts::draft_id.eq(id))
        .order(agreement_draft_texts::language)
        .select((
            agreement_draft_texts::language,
            agreement_draft_texts::source,
            agreement_draft_texts::changes,
        ))
        .load(conn)?;
    let text = |(language, source, changes): (Language, String, Option<String>)| {
        let text = render(language, &source, None).map_err(Error::internal)?;
        Ok(NewText { changes, ..text })
    };
    let country = country.map(|code| Country::parse(&code)).transpose();
    Ok(Draft {
        id,
        version: NewVersion {
            country: country.map_err(Error::internal)?,
            terms: Terms {
                dated: dated.parse::<NaiveDate>().map_err(Error::internal)?,
                material,
                earlier_suffices_until: until.map(Ts::instant),
            },
            note,
            texts: texts.into_iter().map(text).collect::<Result<_, Error>>()?,
        },
        revision,
        changed_at: changed_at.instant(),
    })
}

/// Every draft, those for a country of its own after the one for all others.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut DbConn) -> Result<Vec<Draft>, Error> {
    let rows: Vec<Row> = agreement_drafts::table
        .order((
            agreement_drafts::country.is_not_null(),
            agreement_drafts::country,
        ))
        .select(ROW)
        .load(conn)?;
    rows.into_iter().map(|row| read(conn, row)).collect()
}

/// One draft.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none any more.
pub fn one(conn: &mut DbConn, id: DraftId) -> Result<Draft, Error> {
    let row: Row = agreement_drafts::table.find(id).select(ROW).first(conn)?;
    read(conn, row)
}

/// The draft for a country, or for all that have none of their own.
///
/// # Errors
/// The database's.
pub fn of_country(conn: &mut DbConn, country: Option<&Country>) -> Result<Option<DraftId>, Error> {
    let drafts = agreement_drafts::table
        .filter(agreement_drafts::kind.eq(AgreementKind::Customer))
        .select(agreement_drafts::id)
        .into_boxed::<MultiBackend>();
    let of_this = match country {
        Some(country) => drafts.filter(agreement_drafts::country.eq(country.as_str())),
        None => drafts.filter(agreement_drafts::country.is_null()),
    };
    Ok(of_this.first(conn).optional()?)
}

/// Keeps a new draft, with its event. There is one for each country at most.
///
/// # Errors
/// The database's.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewVersion,
    now: Instant,
) -> Result<Result<DraftId, DraftRefused>, Error> {
    if let Err(refused) = new.terms.check(now) {
        return Ok(Err(refused.into()));
    }
    let (id, terms): (DraftId, _) = (Id::at(now), new.terms);
    let row = (
        agreement_drafts::id.eq(id),
        agreement_drafts::kind.eq(AgreementKind::Customer),
        agreement_drafts::country.eq(new.country.as_ref().map(Country::as_str)),
        agreement_drafts::dated.eq(terms.dated.to_string()),
        agreement_drafts::material.eq(terms.material),
        agreement_drafts::earlier_suffices_until.eq(terms.earlier_suffices_until.map(Ts::from)),
        agreement_drafts::note.eq(new.note.as_deref()),
        agreement_drafts::revision.eq(1),
        agreement_drafts::changed_at.eq(Ts::from(now)),
    );
    let added = on_each!(conn, c => diesel::insert_into(agreement_drafts::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c)?);
    if added == 0 {
        let there = of_country(conn, new.country.as_ref())?;
        return Ok(Err(there.map_or(DraftRefused::Changed, DraftRefused::Taken)));
    }
    keep_texts(conn, id, &new.texts)?;
    tell(conn, actor, (EventKind::AgreementDrafted, new), now)?;
    Ok(Ok(id))
}

/// Changes a draft as it was looked at, with its event. Its country stays.
///
/// # Errors
/// [`Error::NotFound`] where it is gone.
pub fn change(
    conn: &mut DbConn,
    actor: &EventActor,
    (id, revision): (DraftId, i32),
    new: &NewVersion,
    now: Instant,
) -> Result<Result<(), DraftRefused>, Error> {
    if let Err(refused) = new.terms.check(now) {
        return Ok(Err(refused.into()));
    }
    if hold(conn, id)?.revision != revision {
        return Ok(Err(DraftRefused::Changed));
    }
    let terms = new.terms;
    diesel::update(agreement_drafts::table.find(id))
        .set((
            agreement_drafts::dated.eq(terms.dated.to_string()),
            agreement_drafts::material.eq(terms.material),
            agreement_drafts::earlier_suffices_until.eq(terms.earlier_suffices_until.map(Ts::from)),
            agreement_drafts::note.eq(new.note.as_deref()),
            agreement_drafts::revision.eq(revision + 1),
            agreement_drafts::changed_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    forget_texts(conn, id)?;
    keep_texts(conn, id, &new.texts)?;
    tell(conn, actor, (EventKind::AgreementDrafted, new), now)?;
    Ok(Ok(()))
}

/// Throws a draft away, with its event. Where it is gone already, nothing changes.
///
/// # Errors
/// The database's.
pub fn discard(
    conn: &mut DbConn,
    actor: &EventActor,
    id: DraftId,
    now: Instant,
) -> Result<(), Error> {
    let draft = match hold(conn, id) {
        Err(Error::NotFound) => return Ok(()),
        draft => draft?,
    };
    forget(conn, id)?;
    let what = (EventKind::AgreementDraftDiscarded, &draft.version);
    tell(conn, actor, what, now)
}

/// Publishes a draft as it was looked at: the version takes the place of the one in force and the
/// draft's id, so that whoever still has the draft open finds what became of it.
///
/// # Errors
/// [`Error::NotFound`] where it is gone.
pub fn publish(
    conn: &mut DbConn,
    actor: &EventActor,
    (id, revision): (DraftId, i32),
    now: Instant,
) -> Result<Result<Published, DraftRefused>, Error> {
    let draft = hold(conn, id)?;
    if draft.revision != revision {
        return Ok(Err(DraftRefused::Changed));
    }
    if let Err(refused) = draft.version.terms.check_publishable(now) {
        return Ok(Err(refused.into()));
    }
    forget(conn, id)?;
    let version = VersionId::from_uuid(id.uuid());
    publish_as(conn, actor, (version, &draft.version), now).map(Ok)
}

/// Holds a draft until the end of the transaction.
fn hold(conn: &mut DbConn, id: DraftId) -> Result<Draft, Error> {
    if let DbConn::Postgres(conn) = conn {
        let _: DraftId = agreement_drafts::table
            .find(id)
            .select(agreement_drafts::id)
            .for_update()
            .first(conn)?;
    }
    one(conn, id)
}

fn keep_texts(conn: &mut DbConn, id: DraftId, texts: &[NewText]) -> Result<(), Error> {
    for text in texts {
        diesel::insert_into(agreement_draft_texts::table)
            .values((
                agreement_draft_texts::draft_id.eq(id),
                agreement_draft_texts::language.eq(text.language),
                agreement_draft_texts::source.eq(&text.source),
                agreement_draft_texts::changes.eq(text.changes.as_deref()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn forget_texts(conn: &mut DbConn, id: DraftId) -> Result<(), Error> {
    let texts = agreement_draft_texts::table.filter(agreement_draft_texts::draft_id.eq(id));
    diesel::delete(texts).execute(conn)?;
    Ok(())
}

fn forget(conn: &mut DbConn, id: DraftId) -> Result<(), Error> {
    forget_texts(conn, id)?;
    diesel::delete(agreement_drafts::table.find(id)).execute(conn)?;
    Ok(())
}

fn tell(
    conn: &mut DbConn,
    actor: &EventActor,
    (kind, version): (EventKind, &NewVersion),
    now: Instant,
) -> Result<(), Error> {
    let hashes: Map<String, Value> = version
        .texts
        .iter()
        .map(|text| {
            let hash = hex::encode(Sha256::digest(&text.body));
            (text.language.to_string(), json!(hash))
        })
        .collect();
    let facts = json!({
        "title": version.texts.first().map(|text| &text.title),
        "dated": version.terms.dated.to_string(),
        "material": version.terms.material,
        "country": version.country.as_ref().map(Country::as_str),
        "sha256": hashes,
    });
    let event = NewEvent {
        actor: actor.clone(),
        ..NewEvent::by_command(kind, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
