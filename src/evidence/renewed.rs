//! What came out since a tenant accepted an agreement, and what that asks of it.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{
    agreement::{self, Standing, Version},
    consent,
};
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{agreement_texts, agreement_versions},
        word,
    },
    domain::{
        Language, VersionId,
        agreement::{AgreementKind, Renewal, VersionState},
    },
    error::Error,
};

/// What changed with one version, as the operator tells it.
#[derive(Debug, Clone)]
pub struct Change {
    /// The day that the version is known by.
    pub dated: String,
    /// The language of the words.
    pub language: Language,
    /// The words, as typed.
    pub words: String,
}

/// What came out since a version was accepted.
#[derive(Debug, Clone)]
pub struct News {
    /// The version that was accepted.
    pub accepted: VersionId,
    /// What changed with each version since, the newest first; only those that the operator told
    /// something of.
    pub changes: Vec<Change>,
}

/// The most versions whose changes are told.
const TOLD: usize = 10;

/// What came out since the tenant accepted; `None` where nothing was accepted, or nothing came.
///
/// # Errors
/// The database's.
pub fn news(
    conn: &mut DbConn,
    standing: &Standing,
    language: Language,
) -> Result<Option<News>, Error> {
    let of = &standing.version;
    let Some(accepted) = standing
        .accepted
        .as_ref()
        .filter(|one| one.version != of.id)
    else {
        return Ok(None);
    };
    let rows: Vec<(i32, String, Language, Option<String>)> = agreement_texts::table
        .inner_join(agreement_versions::table)
        .filter(agreement_versions::agreement_id.eq(of.agreement))
        .filter(agreement_versions::state.ne(VersionState::Draft))
        .filter(agreement_versions::number.gt(accepted.number))
        .filter(agreement_versions::number.le(of.number))
        .filter(agreement_texts::changes.is_not_null())
        .order((
            agreement_versions::number.desc(),
            agreement_texts::language.desc(),
        ))
        .select((
            agreement_versions::number,
            agreement_versions::dated,
            agreement_texts::language,
            agreement_texts::changes,
        ))
        .load(conn)?;
    let mut told: BTreeMap<i32, Change> = BTreeMap::new();
    for (number, dated, of, words) in rows {
        let known = told
            .get(&number)
            .is_some_and(|one| one.language == language);
        if let (false, Some(words)) = (known, words) {
            let change = Change {
                dated,
                language: of,
                words,
            };
            told.insert(number, change);
        }
    }
    Ok(Some(News {
        accepted: accepted.version,
        changes: told.into_values().rev().take(TOLD).collect(),
    }))
}

/// A later version that asks for a new acceptance.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day that the version in force is known by.
    pub dated: String,
    /// Until when what was accepted suffices.
    pub renewal: Renewal,
}

/// A version that asks for a new acceptance, if there is any. Where it finds none, [`asked`] finds
/// nothing for any tenant.
#[diesel::dsl::auto_type]
pub(crate) fn demands() -> _ {
    agreement_versions::table
        .filter(agreement_versions::material.eq(true))
        .filter(agreement_versions::number.gt(1_i32))
        .filter(agreement_versions::state.ne(word::Draft))
        .limit(1_i64)
        .select(agreement_versions::id)
}

/// What is asked of a tenant of this country that accepted an earlier version; `None` where nothing
/// is.
///
/// # Errors
/// The database's.
pub fn asked(conn: &mut DbConn, scope: TenantScope, country: &str) -> Result<Option<Asked>, Error> {
    let published = agreement::in_force(conn, AgreementKind::Customer)?;
    let applies = agreement::for_country(&published, country);
    let Some(applies) = applies.filter(|applies| applies.can_ask_anew()) else {
        return Ok(None);
    };
    let accepted = consent::accepted(conn, scope, applies.version.agreement)?;
    let renewal = accepted.map_or(Renewal::NotAsked, |one| applies.renewal(one.number));
    Ok((renewal != Renewal::NotAsked).then(|| Asked {
        dated: applies.version.dated.clone(),
        renewal,
    }))
}

/// The version that was in force before another one; `None` for the first.
///
/// # Errors
/// The database's.
pub fn before(conn: &mut DbConn, version: &Version) -> Result<Option<Version>, Error> {
    let id: Option<VersionId> = agreement_versions::table
        .filter(agreement_versions::agreement_id.eq(version.agreement))
        .filter(agreement_versions::state.ne(VersionState::Draft))
        .filter(agreement_versions::number.lt(version.number))
        .order(agreement_versions::number.desc())
        .select(agreement_versions::id)
        .first(conn)
        .optional()?;
    id.map(|id| agreement::published(conn, id)).transpose()
}
