//! What the round about renewals reads: agreements with the versions that ask, and tenants.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{acceptances, agreement_texts, agreement_versions, agreements, tenants},
        types::Ts,
    },
    domain::{
        AgreementId, Instant, Language, TenantId, VersionId,
        agreement::{AgreementKind, Demand, Renewal, VersionState, renewal},
    },
    error::Error,
};

/// A version that asks those who accepted an earlier one.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    pub version: VersionId,
    pub demand: Demand,
    pub published: Instant,
}

/// What mails say of the version in force.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub language: Language,
    pub title: String,
    pub changes: Option<String>,
}

/// An agreement with a version in force, and the versions that ask.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    pub id: AgreementId,
    /// The country that has it for its own; none for all others.
    country: Option<String>,
    /// The countries that have an agreement of their own.
    others: Vec<String>,
    pub asking: Vec<Asking>,
    in_force: VersionId,
    /// The day that the version in force is known by.
    pub dated: String,
    pub texts: Vec<Text>,
}

impl Agreement {
    /// Whether it is the one for a country: its own comes before the one for all others.
    pub(super) fn applies_to(&self, country: &str) -> bool {
        match &self.country {
            Some(own) => own == country,
            None => !self.others.iter().any(|other| other == country),
        }
    }

    /// What is asked of a tenant that accepted a version.
    pub(super) fn renewal(&self, accepted: i32) -> Renewal {
        let demands: Vec<Demand> = self.asking.iter().map(|one| one.demand).collect();
        renewal(accepted, &demands)
    }
}

type Row = (
    (AgreementId, Option<String>),
    (VersionId, i32, String, VersionState),
    (bool, Option<Ts>, Option<Ts>),
);

/// All agreements with a version in force.
///
/// # Errors
/// The database's.
pub(super) fn agreements(conn: &mut DbConn) -> Result<Vec<Agreement>, Error> {
    let rows: Vec<Row> = agreement_versions::table
        .inner_join(agreements::table)
        .filter(agreements::kind.eq(AgreementKind::Customer))
        .filter(agreement_versions::state.ne(VersionState::Draft))
        .order((agreements::id, agreement_versions::number))
        .select((
            (agreements::id, agreements::country),
            (
                agreement_versions::id,
                agreement_versions::number,
                agreement_versions::dated,
                agreement_versions::state,
            ),
            (
                agreement_versions::material,
                agreement_versions::earlier_suffices_until,
                agreement_versions::published_at,
            ),
        ))
        .load(conn)?;
    let mut found: BTreeMap<AgreementId, Agreement> = BTreeMap::new();
    for ((id, country), (version, _, dated, state), _) in &rows {
        if *state == VersionState::Published {
            let agreement = Agreement {
                id: *id,
                country: country.clone(),
                others: Vec::new(),
                asking: Vec::new(),
                in_force: *version,
                dated: dated.clone(),
                texts: Vec::new(),
            };
            found.insert(*id, agreement);
        }
    }
    for ((id, _), (version, number, ..), (material, until, published)) in rows {
        if let (Some(of), true, Some(published)) = (found.get_mut(&id), material, published) {
            let demand = Demand {
                number,
                earlier_suffices_until: until.map(Ts::instant),
            };
            of.asking.push(Asking {
                version,
                demand,
                published: published.instant(),
            });
        }
    }
    let countries: Vec<String> = found
        .values()
        .filter_map(|one| one.country.clone())
        .collect();
    let mut all: Vec<Agreement> = found.into_values().collect();
    for agreement in &mut all {
        agreement.others.clone_from(&countries);
        agreement.texts = texts(conn, agreement.in_force)?;
    }
    Ok(all)
}

fn texts(conn: &mut DbConn, version: VersionId) -> Result<Vec<Text>, Error> {
    let rows: Vec<(Language, String, Option<String>)> = agreement_texts::table
        .filter(agreement_texts::version_id.eq(version))
        .order(agreement_texts::language)
        .select((
            agreement_texts::language,
            agreement_texts::title,
            agreement_texts::changes,
        ))
        .load(conn)?;
    let text = |(language, title, changes)| Text {
        language,
        title,
        changes,
    };
    Ok(rows.into_iter().map(text).collect())
}

/// A tenant that accepted something, and the newest version that this page of acceptances shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub tenant: TenantId,
    pub accepted: i32,
}

/// Tenants that accepted a version of an agreement, in the order of their ids, from at most so many
/// acceptances; and where to go on, unless that were all.
///
/// # Errors
/// The database's.
pub(super) fn accepted(
    conn: &mut DbConn,
    agreement: AgreementId,
    after: Option<TenantId>,
    most: i64,
) -> Result<(Vec<Candidate>, Option<TenantId>), Error> {
    let mut query = acceptances::table
        .inner_join(agreement_versions::table)
        .filter(acceptances::agreement_id.eq(agreement))
        .order((acceptances::tenant_id, agreement_versions::number))
        .limit(most)
        .select((acceptances::tenant_id, agreement_versions::number))
        .into_boxed::<crate::db::MultiBackend>();
    if let Some(after) = after {
        query = query.filter(acceptances::tenant_id.gt(after));
    }
    let rows: Vec<(TenantId, i32)> = query.load(conn)?;
    let full = i64::try_from(rows.len()).is_ok_and(|rows| rows == most);
    let mut newest: BTreeMap<TenantId, i32> = BTreeMap::new();
    for (tenant, number) in &rows {
        newest.insert(*tenant, *number);
    }
    // The last tenant's may be cut off by the limit: it comes again, unless it is the only one.
    let last = rows.last().map(|(tenant, _)| *tenant).filter(|_| full);
    if let Some(last) = last
        && newest.len() > 1
    {
        newest.remove(&last);
    }
    let mut whole = rows.iter().map(|(tenant, _)| *tenant).rev();
    let next = whole.find(|tenant| newest.contains_key(tenant));
    let candidates = newest
        .into_iter()
        .map(|(tenant, accepted)| Candidate { tenant, accepted });
    Ok((candidates.collect(), next.filter(|_| full)))
}

/// What a mail says of a tenant.
#[derive(Debug, Clone)]
pub(super) struct Tenant {
    pub id: TenantId,
    pub name: String,
    pub country: String,
    pub zone: String,
}

/// A tenant that is active.
///
/// # Errors
/// The database's.
pub(super) fn tenant(conn: &mut DbConn, id: TenantId) -> Result<Option<Tenant>, Error> {
    let row: Option<(String, String, String)> = tenants::table
        .find(id)
        .filter(tenants::ended_at.is_null())
        .select((tenants::name, tenants::country, tenants::time_zone))
        .first(conn)
        .optional()?;
    Ok(row.map(|(name, country, zone)| Tenant {
        id,
        name,
        country,
        zone,
    }))
}
