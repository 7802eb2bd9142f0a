//! Drafts as they are kept: one for each agreement at most.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    super::markdown::{NewText, render},
    publish::NewVersion,
};
use crate::{
    db::{
        DbConn, MultiBackend,
        schema::{agreement_draft_texts, agreement_drafts},
        types::Ts,
    },
    domain::{
        DraftId, Instant, Language,
        agreement::{AgreementKind, Terms, TermsRefused, Which},
        country::Country,
    },
    error::Error,
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
    /// There is a draft of this agreement already.
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
    AgreementKind,
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
    agreement_drafts::kind,
    agreement_drafts::country,
    agreement_drafts::dated,
    agreement_drafts::material,
    agreement_drafts::earlier_suffices_until,
    agreement_drafts::note,
    agreement_drafts::revision,
    agreement_drafts::changed_at,
) = (
    agreement_drafts::id,
    agreement_drafts::kind,
    agreement_drafts::country,
    agreement_drafts::dated,
    agreement_drafts::material,
    agreement_drafts::earlier_suffices_until,
    agreement_drafts::note,
    agreement_drafts::revision,
    agreement_drafts::changed_at,
);

fn read(conn: &mut DbConn, row: Row) -> Result<Draft, Error> {
    let (id, kind, country, dated, material, until, note, revision, changed_at) = row;
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
            of: Which {
                kind,
                country: country.map_err(Error::internal)?,
            },
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

/// Every draft by kind, those for a country of its own after the one for all others.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut DbConn) -> Result<Vec<Draft>, Error> {
    let rows: Vec<Row> = agreement_drafts::table
        .order((
            agreement_drafts::kind,
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

/// The draft of an agreement.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut DbConn, which: &Which) -> Result<Option<DraftId>, Error> {
    let drafts = agreement_drafts::table
        .filter(agreement_drafts::kind.eq(which.kind))
        .select(agreement_drafts::id)
        .into_boxed::<MultiBackend>();
    let of_this = match which.code() {
        Some(country) => drafts.filter(agreement_drafts::country.eq(country)),
        None => drafts.filter(agreement_drafts::country.is_null()),
    };
    Ok(of_this.first(conn).optional()?)
}
