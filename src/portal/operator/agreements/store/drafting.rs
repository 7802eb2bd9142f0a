//! Drafts written, changed, published and thrown away, each with its event.

use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    super::markdown::NewText,
    drafts::{self, Draft, DraftRefused, one},
    publish::{NewVersion, Published, publish_as},
};
use crate::{
    db::{
        DbConn,
        schema::{agreement_draft_texts, agreement_drafts},
        types::Ts,
    },
    domain::{DraftId, Instant, VersionId, event::EventKind},
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    on_each,
};

/// Keeps a new draft, with its event. There is one for each agreement at most.
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
        agreement_drafts::kind.eq(new.of.kind),
        agreement_drafts::country.eq(new.of.code()),
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
        let there = drafts::of(conn, &new.of)?;
        return Ok(Err(there.map_or(DraftRefused::Changed, DraftRefused::Taken)));
    }
    keep_texts(conn, id, &new.texts)?;
    tell(conn, actor, (EventKind::AgreementDrafted, new), now)?;
    Ok(Ok(id))
}

/// Changes a draft as it was looked at, with its event. The agreement stays.
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
    let held = hold(conn, id)?;
    if held.revision != revision {
        return Ok(Err(DraftRefused::Changed));
    }
    // The log says which one it is, whatever was handed over.
    let new = &NewVersion {
        of: held.version.of,
        ..new.clone()
    };
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
        "agreement": version.of.kind,
        "country": version.of.code(),
        "sha256": hashes,
    });
    let event = NewEvent {
        actor: actor.clone(),
        ..NewEvent::by_command(kind, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
