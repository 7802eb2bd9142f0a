//! Memberships, language, and the tenant's setting.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    access::{
        acting::{lasts, with_organizations, with_roles},
        guards::{GlobalAdmin, Guard, SignedIn},
    },
    db::{
        DbConn,
        schema::{employers, membership_roles, memberships, partners, people, tenants},
    },
    domain::{
        Instant, Language, MembershipId,
        event::EventKind,
        membership::{MemberRole, Side},
    },
    error::Error,
    evidence::chain::{self, NewEvent},
};

/// The setting that says who may accept invitations that grant admin roles.
const ACCEPTANCE: &str = "billing_may_accept_roles";

/// One of a person's places: a membership that could act.
#[derive(Debug, Clone)]
pub struct Place {
    /// The membership.
    pub membership: MembershipId,
    /// The side.
    pub side: Side,
    /// The tenant's or partner's name; none for the operator.
    pub organization: Option<String>,
    /// The first of the roles held.
    pub role: Option<MemberRole>,
}

type PlaceRow = (
    MembershipId,
    Side,
    Option<String>,
    Option<String>,
    Option<MemberRole>,
);

/// The memberships of the person who asks that may act, the oldest first: neither a closed
/// tenant's nor a suspended partner's.
///
/// # Errors
/// The database's.
pub fn places(conn: &mut DbConn, by: &SignedIn) -> Result<Vec<Place>, Error> {
    let rows: Vec<PlaceRow> = with_roles!(memberships::table)
        .filter(memberships::person_id.eq(by.acting().person))
        .filter(lasts())
        .order((memberships::created_at, memberships::id))
        .select((
            memberships::id,
            memberships::side,
            tenants::name.nullable(),
            partners::name.nullable(),
            membership_roles::role.nullable(),
        ))
        .load(conn)?;
    let mut places: Vec<Place> = Vec::new();
    for (membership, side, tenant, partner, role) in rows {
        match places.last_mut() {
            Some(last) if last.membership == membership => {
                last.role = [last.role, role].into_iter().flatten().min();
            }
            _ => places.push(Place {
                membership,
                side,
                organization: tenant.or(partner),
                role,
            }),
        }
    }
    Ok(places)
}

/// Sets the language of the profile, with its event. Choosing the same again changes nothing.
///
/// # Errors
/// The database's.
pub fn set_language(
    conn: &mut DbConn,
    by: &SignedIn,
    language: Language,
    now: Instant,
) -> Result<(), Error> {
    let me = people::table.find(by.acting().person);
    let before: Option<Language> = me.select(people::language).first(conn)?;
    if before == Some(language) {
        return Ok(());
    }
    diesel::update(me)
        .set(people::language.eq(Some(language.as_str())))
        .execute(conn)?;
    let facts = json!({ "language": language, "before": before });
    let event = NewEvent::by(by.acting(), EventKind::ProfileChanged, facts);
    chain::append(conn, &event, now).map(drop)
}

/// Says whether Billing administrators may accept invitations that grant admin roles, with its
/// event. Saying the same again changes nothing.
///
/// # Errors
/// The database's.
pub fn set_acceptance(
    conn: &mut DbConn,
    by: &GlobalAdmin,
    billing_may: bool,
    now: Instant,
) -> Result<(), Error> {
    let tenant = tenants::table.find(by.scope().tenant());
    let before: bool = tenant
        .select(tenants::billing_may_accept_roles)
        .first(conn)?;
    if before == billing_may {
        return Ok(());
    }
    diesel::update(tenant)
        .set(tenants::billing_may_accept_roles.eq(billing_may))
        .execute(conn)?;
    let facts = json!({ "setting": ACCEPTANCE, "before": before, "after": billing_may });
    let event = NewEvent::by(by.acting(), EventKind::TenantSettingsChanged, facts);
    chain::append(conn, &event, now).map(drop)
}
