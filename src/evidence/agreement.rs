//! Which agreement applies to a tenant, and whether it has accepted enough.

mod text;

use diesel::prelude::*;

pub use self::text::{Text, body_named, sources, text_for, texts};
use super::consent;
use crate::{
    access::{acting::TenantFacts, scope::TenantScope},
    db::{
        DbConn, literal,
        schema::{agreement_versions, agreements},
        types::Ts,
    },
    domain::{
        AcceptanceId, AgreementId, Instant, Language, TextId, VersionId,
        agreement::{AgreementKind, Demand, Renewal, VersionState, renewal, suffices},
    },
    error::Error,
    web::locale::Locale,
};

/// One version of an agreement.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// The agreement that it is a version of.
    pub agreement: AgreementId,
    /// Its number within the agreement.
    pub number: i32,
    /// The day that it is known by, `YYYY-MM-DD`.
    pub dated: String,
    /// Whether it asks those who accepted an earlier one to accept anew.
    pub material: bool,
    /// Until when an earlier acceptance suffices.
    pub earlier_suffices_until: Option<Instant>,
}

/// What a tenant has accepted of an agreement.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The acceptance.
    pub id: AcceptanceId,
    /// The version's number.
    pub number: i32,
    /// The version.
    pub version: VersionId,
    /// The day that the version is known by.
    pub dated: String,
    /// The text that was accepted.
    pub text: TextId,
    /// When.
    pub at: Instant,
}

/// The agreement as it stands for a tenant.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The version in force.
    pub version: Version,
    /// Its text in the reader's language, or the language of last resort.
    pub text: Text,
    /// What the tenant accepted last, if anything.
    pub accepted: Option<Accepted>,
    /// Whether that suffices now.
    pub suffices: bool,
    /// What later versions ask of a tenant that accepted an earlier one.
    pub renewal: Renewal,
}

impl Standing {
    /// Whether there is something to accept: nothing was, or what was doesn't suffice for ever.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.suffices || self.renewal != Renewal::NotAsked
    }

    /// How long the text is, in words, as the reader's language writes numbers.
    #[must_use]
    pub fn words(&self, locale: &Locale) -> String {
        locale.number(&i64::from(self.text.words))
    }
}

/// The version in force of an agreement, and what its versions ask for.
#[derive(Debug, Clone)]
pub(super) struct InForce {
    /// The country that has the agreement for its own; none for all others.
    country: Option<String>,
    /// The version.
    pub(super) version: Version,
    /// The material versions of the agreement, this one among them where it is.
    demands: Vec<Demand>,
}

impl InForce {
    /// Whether the version that a tenant accepted last suffices.
    pub(super) fn suffices(&self, accepted: Option<i32>, now: Instant) -> bool {
        suffices(accepted, &self.demands, now)
    }

    /// Whether something can be asked of anybody who accepted: nobody accepted an earlier version
    /// than the first.
    pub(super) fn can_ask_anew(&self) -> bool {
        self.demands.iter().any(|demand| demand.number > 1)
    }

    /// What is asked of a tenant that accepted a version.
    pub(super) fn renewal(&self, accepted: i32) -> Renewal {
        renewal(accepted, &self.demands)
    }
}

type VersionRow = (VersionId, AgreementId, i32, String, bool, Option<Ts>);
const VERSION: (
    agreement_versions::id,
    agreement_versions::agreement_id,
    agreement_versions::number,
    agreement_versions::dated,
    agreement_versions::material,
    agreement_versions::earlier_suffices_until,
) = (
    agreement_versions::id,
    agreement_versions::agreement_id,
    agreement_versions::number,
    agreement_versions::dated,
    agreement_versions::material,
    agreement_versions::earlier_suffices_until,
);

fn version(row: VersionRow) -> Version {
    let (id, agreement, number, dated, material, until) = row;
    let earlier_suffices_until = until.map(Ts::instant);
    Version {
        id,
        agreement,
        number,
        dated,
        material,
        earlier_suffices_until,
    }
}

/// A version that was ever in force; drafts are nobody's to read.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn published(conn: &mut DbConn, id: VersionId) -> Result<Version, Error> {
    let row: VersionRow = agreement_versions::table
        .find(id)
        .filter(agreement_versions::state.ne(VersionState::Draft))
        .select(VERSION)
        .first(conn)?;
    Ok(version(row))
}

/// The versions of an agreement in force, one for each country that has its own and one for all
/// others.
pub(super) fn in_force(conn: &mut DbConn, kind: AgreementKind) -> Result<Vec<InForce>, Error> {
    let published = agreement_versions::state.eq(literal(VersionState::Published.as_str()));
    let asked = agreement_versions::state
        .eq(literal(VersionState::Superseded.as_str()))
        .and(agreement_versions::material.eq(true));
    let rows: Vec<(Option<String>, VersionState, VersionRow)> = agreement_versions::table
        .inner_join(agreements::table)
        .filter(agreements::kind.eq(kind))
        .filter(published.or(asked))
        .select((agreements::country, agreement_versions::state, VERSION))
        .load(conn)?;
    let read = |(country, state, row)| (country, state, version(row));
    let all: Vec<_> = rows.into_iter().map(read).collect();
    let in_force = all
        .iter()
        .filter(|(_, state, _)| *state == VersionState::Published);
    let with_demands = in_force.map(|(country, _, version)| InForce {
        country: country.clone(),
        demands: demands(all.iter().map(|(.., one)| one), version.agreement),
        version: version.clone(),
    });
    Ok(with_demands.collect())
}

fn demands<'a>(versions: impl Iterator<Item = &'a Version>, of: AgreementId) -> Vec<Demand> {
    let material = versions.filter(|one| one.agreement == of && one.material);
    let demand = |one: &Version| Demand {
        number: one.number,
        earlier_suffices_until: one.earlier_suffices_until,
    };
    material.map(demand).collect()
}

/// The one for a country: its own comes before the default one.
pub(super) fn for_country<'a>(published: &'a [InForce], country: &str) -> Option<&'a InForce> {
    let own = |of: &&InForce| of.country.as_deref() == Some(country);
    let found = published.iter().find(own);
    found.or_else(|| published.iter().find(|of| of.country.is_none()))
}

/// The customer agreement as it stands for a tenant; `None` where the operator published none.
///
/// # Errors
/// The database's.
pub fn standing(
    conn: &mut DbConn,
    scope: TenantScope,
    tenant: &TenantFacts,
    language: Language,
    now: Instant,
) -> Result<Option<Standing>, Error> {
    let published = in_force(conn, AgreementKind::Customer)?;
    let Some(applies) = for_country(&published, &tenant.country) else {
        return Ok(None);
    };
    let version = applies.version.clone();
    let accepted = consent::accepted(conn, scope, version.agreement)?;
    let text = text_for(conn, version.id, language)?;
    let number = accepted.as_ref().map(|accepted| accepted.number);
    Ok(Some(Standing {
        version,
        text,
        suffices: applies.suffices(number, now),
        renewal: number.map_or(Renewal::NotAsked, |number| applies.renewal(number)),
        accepted,
    }))
}
