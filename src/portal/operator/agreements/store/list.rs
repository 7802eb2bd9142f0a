//! The versions of every agreement, and one of them.

use diesel::{dsl::count, prelude::*};

use crate::{
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, agreement_versions, agreements, tenants},
        types::Ts,
    },
    domain::{
        AgreementId, Instant, Language, VersionId,
        agreement::{AgreementKind, VersionState, Which},
    },
    error::Error,
};

/// A version as the operator sees it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: VersionId,
    /// The agreement.
    pub agreement: AgreementId,
    /// What the agreement is about.
    pub kind: AgreementKind,
    /// The country that it is for; none for all that have none of their own.
    pub country: Option<String>,
    /// Its number within the agreement.
    pub number: i32,
    /// The day that it is known by.
    pub dated: String,
    /// Where it stands.
    pub state: VersionState,
    /// Whether it asks those who accepted an earlier version to accept anew.
    pub material: bool,
    /// Until when an earlier acceptance suffices.
    pub earlier_suffices_until: Option<Instant>,
    /// The operator's own note.
    pub note: Option<String>,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// When a later version took its place.
    pub superseded_at: Option<Instant>,
    /// The languages that it is written in.
    pub languages: Vec<Language>,
}

type Row = (
    (VersionId, AgreementId, AgreementKind, Option<String>),
    (i32, String, VersionState, bool, Option<Ts>),
    (Option<String>, Option<Ts>, Option<Ts>),
);

/// Every version that was ever in force: by agreement, the default one first, the newest first.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut DbConn) -> Result<Vec<Line>, Error> {
    let rows: Vec<Row> = agreement_versions::table
        .inner_join(agreements::table)
        .filter(agreement_versions::state.ne(VersionState::Draft))
        .order((
            agreements::kind,
            agreements::country.is_not_null(),
            agreements::country,
            agreement_versions::number.desc(),
        ))
        .select((
            (
                agreement_versions::id,
                agreements::id,
                agreements::kind,
                agreements::country,
            ),
            (
                agreement_versions::number,
                agreement_versions::dated,
                agreement_versions::state,
                agreement_versions::material,
                agreement_versions::earlier_suffices_until,
            ),
            (
                agreement_versions::note,
                agreement_versions::published_at,
                agreement_versions::superseded_at,
            ),
        ))
        .load(conn)?;
    let written: Vec<(VersionId, Language)> = agreement_texts::table
        .order(agreement_texts::language)
        .select((agreement_texts::version_id, agreement_texts::language))
        .load(conn)?;
    let line = |row: Row| {
        let ((id, agreement, kind, country), of_version, (note, published, superseded)) = row;
        let (number, dated, state, material, until) = of_version;
        let of_this = written.iter().filter(|(version, _)| *version == id);
        Line {
            id,
            agreement,
            kind,
            country,
            number,
            dated,
            state,
            material,
            earlier_suffices_until: until.map(Ts::instant),
            note,
            published_at: published.map(Ts::instant),
            superseded_at: superseded.map(Ts::instant),
            languages: of_this.map(|(_, language)| *language).collect(),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// A version, and the one before it.
///
/// # Errors
/// [`Error::NotFound`] where it was never in force.
pub fn one(conn: &mut DbConn, id: VersionId) -> Result<(Line, Option<Line>), Error> {
    let all = all(conn)?;
    let found = all.iter().find(|line| line.id == id);
    let found = found.cloned().ok_or(Error::NotFound)?;
    let mut earlier = all
        .into_iter()
        .filter(|line| line.agreement == found.agreement && line.number < found.number);
    let before = earlier.next();
    Ok((found, before))
}

/// The version that counts now for those whom an agreement is for: of their country's own, or else of
/// the one for all others.
///
/// # Errors
/// The database's.
pub fn counts(conn: &mut DbConn, which: &Which) -> Result<Option<Line>, Error> {
    let mut in_force = all(conn)?;
    in_force.retain(|line| line.state == VersionState::Published && line.kind == which.kind);
    let own = in_force
        .iter()
        .find(|line| line.country.as_deref() == which.code());
    let applies = own.or_else(|| in_force.iter().find(|line| line.country.is_none()));
    Ok(applies.cloned())
}

/// The version that counts in a country which has no agreement of its own, and how many customers
/// there accepted that agreement, whichever version; `None` where the country has its own, and where
/// none is meant.
///
/// # Errors
/// The database's.
pub fn of_all_others(conn: &mut DbConn, which: &Which) -> Result<Option<(Line, i64)>, Error> {
    let Some(country) = which.code() else {
        return Ok(None);
    };
    let line = counts(conn, which)?;
    let Some(line) = line.filter(|line| line.country.is_none()) else {
        return Ok(None);
    };
    let accepted: i64 = acceptances::table
        .inner_join(tenants::table)
        .filter(acceptances::agreement_id.eq(line.agreement))
        .filter(tenants::country.eq(country))
        .select(count(acceptances::tenant_id).aggregate_distinct())
        .first(conn)?;
    Ok(Some((line, accepted)))
}
