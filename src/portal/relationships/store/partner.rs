//! One relationship, with everything that its page shows.

use diesel::prelude::*;
use serde_json::Value;

use super::activity::text_of;
use crate::{
    access::scope::TenantScope,
    db::{
        DbConn,
        schema::{
            acceptances, agreement_texts, agreement_versions, authorizations, memberships,
            partners, people, personal_data, relationships,
        },
        types::Ts,
    },
    domain::{
        AcceptanceId, Instant, MembershipId, PartnerId, RelationshipId, VersionId,
        grant::{Grant, GrantState},
        membership::MemberRole,
        relationship::RelationshipType,
        standing::Kept,
    },
    error::Error,
    evidence::grants,
    id::Id,
};

/// The most other relationships of the same partner that are named.
const OTHERS: i64 = 20;

/// The partner as its page shows it.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its public partner id.
    pub number: String,
    /// Its domain.
    pub domain: Option<String>,
    /// ISO 3166 code.
    pub country: String,
    /// Where it is.
    pub city: Option<String>,
    /// Whom to talk to.
    pub contact_name: Option<String>,
    /// The address.
    pub contact_email: Option<String>,
    /// The telephone.
    pub contact_phone: Option<String>,
}

/// A relationship with its partner.
#[derive(Debug, Clone)]
pub struct Relationship {
    /// Its id.
    pub id: RelationshipId,
    /// Its type.
    pub kind: RelationshipType,
    /// Since when.
    pub since: Instant,
    /// What is kept beside it.
    pub kept: Kept,
    /// Who ended it.
    pub ended_by: Option<MembershipId>,
    /// The partner.
    pub partner: Partner,
}

type Row = (
    (
        RelationshipId,
        RelationshipType,
        Ts,
        Option<Ts>,
        Option<MembershipId>,
    ),
    (bool, Option<Ts>, Option<Ts>, Option<Ts>),
    (PartnerId, String, String, Option<String>, String),
    (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    ),
);

/// One relationship of this tenant's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
) -> Result<Relationship, Error> {
    let row: Row = relationships::table
        .inner_join(partners::table)
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::id.eq(id))
        .select((
            (
                relationships::id,
                relationships::relationship_type,
                relationships::since,
                relationships::ended_at,
                relationships::ended_by,
            ),
            (
                relationships::had_roles,
                relationships::global_until,
                relationships::helpdesk_until,
                relationships::roles_left_at,
            ),
            (
                partners::id,
                partners::name,
                partners::number,
                partners::domain,
                partners::country,
            ),
            (
                partners::city,
                partners::contact_name,
                partners::contact_email,
                partners::contact_phone,
            ),
        ))
        .first(conn)?;
    Ok(read(row))
}

fn read(row: Row) -> Relationship {
    let ((id, kind, since, ended_at, ended_by), kept, partner, contact) = row;
    let (had_roles, global, helpdesk, left) = kept;
    let (partner_id, name, number, domain, country) = partner;
    let (city, contact_name, contact_email, contact_phone) = contact;
    Relationship {
        id,
        kind,
        since: since.instant(),
        kept: Kept {
            ended_at: ended_at.map(Ts::instant),
            had_roles,
            global_until: global.map(Ts::instant),
            helpdesk_until: helpdesk.map(Ts::instant),
            roles_left_at: left.map(Ts::instant),
        },
        ended_by,
        partner: Partner {
            id: partner_id,
            name,
            number,
            domain,
            country,
            city,
            contact_name,
            contact_email,
            contact_phone,
        },
    }
}

/// Another relationship of the same partner.
#[derive(Debug, Clone)]
pub struct Other {
    /// Its id.
    pub id: RelationshipId,
    /// Its type.
    pub kind: RelationshipType,
    /// Whether it has ended.
    pub ended: bool,
}

/// The other relationships of the same partner in this tenant, those in force first.
///
/// # Errors
/// The database's.
pub fn others(
    conn: &mut DbConn,
    scope: TenantScope,
    of: &Relationship,
) -> Result<Vec<Other>, Error> {
    let rows: Vec<(RelationshipId, RelationshipType, String)> = relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .filter(relationships::partner_id.eq(of.partner.id))
        .filter(relationships::id.ne(of.id))
        .order((relationships::state, relationships::since.desc()))
        .limit(OTHERS)
        .select((
            relationships::id,
            relationships::relationship_type,
            relationships::state,
        ))
        .load(conn)?;
    let other = |(id, kind, state): (_, _, String)| Other {
        id,
        kind,
        ended: state == "ended",
    };
    Ok(rows.into_iter().map(other).collect())
}

/// How the last role of a relationship went: when, and by whom where somebody removed it.
#[derive(Debug, Clone)]
pub struct Left {
    /// When.
    pub at: Instant,
    /// Whether it was removed, and didn't just run out.
    pub removed: bool,
    /// Who removed it; none where the name was erased.
    pub by: Option<String>,
}

/// How the last role of a relationship went; `None` where it never gave one.
///
/// # Errors
/// The database's.
pub fn left(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
    now: Instant,
) -> Result<Option<Left>, Error> {
    let closed = |grant: &Grant| match grant.state_at(now) {
        GrantState::Removed { by, at } => Some((at, Some(by))),
        GrantState::Expired { at } => Some((at, None)),
        GrantState::Live | GrantState::Replaced { .. } => None,
    };
    let given = grants::of_relationship(conn, scope, id)?;
    let Some((at, by)) = given.iter().filter_map(closed).max_by_key(|(at, _)| *at) else {
        return Ok(None);
    };
    let name = match by {
        Some(by) => member_name(conn, by)?,
        None => None,
    };
    Ok(Some(Left {
        at,
        removed: by.is_some(),
        by: name,
    }))
}

/// The name of a member; `None` where it was erased.
///
/// # Errors
/// The database's.
pub fn member_name(conn: &mut DbConn, member: MembershipId) -> Result<Option<String>, Error> {
    let name: Option<Option<String>> = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq(member))
        .select(people::name)
        .first(conn)
        .optional()?;
    Ok(name.flatten())
}

/// What the tenant accepted before this relationship began.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// The version.
    pub version: VersionId,
    /// The day that the version is known by.
    pub dated: String,
    /// The document's title, in the language accepted.
    pub title: String,
    /// SHA-256 of the very text, in hex.
    pub sha256: String,
    /// When.
    pub at: Instant,
    /// Who; none where the name was erased.
    pub by: Option<String>,
    /// The first of the roles held then.
    pub role: Option<MemberRole>,
}

type AgreedRow = (
    (AcceptanceId, VersionId, Ts, String),
    String,
    (String, Vec<u8>),
);

/// What the newest authorization of a relationship relied upon.
///
/// # Errors
/// The database's.
pub fn agreed(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
) -> Result<Option<Agreed>, Error> {
    let row: Option<AgreedRow> = authorizations::table
        .inner_join(
            acceptances::table
                .inner_join(agreement_versions::table)
                .inner_join(agreement_texts::table),
        )
        .filter(authorizations::tenant_id.eq(scope.tenant()))
        .filter(authorizations::relationship_id.eq(id))
        .order((
            authorizations::authorized_at.desc(),
            authorizations::id.desc(),
        ))
        .select((
            (
                acceptances::id,
                acceptances::version_id,
                acceptances::accepted_at,
                acceptances::record,
            ),
            agreement_versions::dated,
            (agreement_texts::title, agreement_texts::sha256),
        ))
        .first(conn)
        .optional()?;
    let Some(((acceptance, version, at, record), dated, (title, sha256))) = row else {
        return Ok(None);
    };
    let data: Option<Option<String>> = personal_data::table
        .filter(personal_data::owner_id.eq(Id::<()>::from_uuid(acceptance.uuid())))
        .filter(personal_data::owner_kind.eq("acceptance"))
        .filter(personal_data::label.eq("actor"))
        .select(personal_data::data)
        .first(conn)
        .optional()?;
    Ok(Some(Agreed {
        version,
        dated,
        title,
        sha256: hex::encode(sha256),
        at: at.instant(),
        by: text_of(data.flatten().as_deref(), "name"),
        role: first_role(&record),
    }))
}

/// The role by which a record was made: the first held, in the order of the domain.
fn first_role(record: &str) -> Option<MemberRole> {
    let record: Value = serde_json::from_str(record).ok()?;
    let held = record.get("roles")?.as_array()?;
    let held: Vec<&str> = held.iter().filter_map(Value::as_str).collect();
    let mut roles = MemberRole::ALL.iter();
    roles.find(|role| held.contains(&role.as_str())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_names_the_first_role_that_was_held() {
        let record = r#"{"roles":["billing_administrator","global_administrator"]}"#;
        assert_eq!(first_role(record), Some(MemberRole::GlobalAdministrator));
        assert_eq!(first_role(r#"{"roles":[]}"#), None);
        assert_eq!(first_role("{}"), None);
    }
}
