//! Accounts that a tenant gave for a partner to somebody of its staff.

use diesel::prelude::*;
use serde_json::json;

use super::{Member, leave, roles};
use crate::{
    access::scope::Between,
    db::{
        DbConn,
        schema::{memberships, people},
    },
    domain::{Instant, MembershipId, PartnerId, PersonId, TenantId, event::EventKind},
    error::Error,
    evidence::chain::{EventActor, NewEvent},
};

/// One account.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The account.
    pub membership: MembershipId,
    /// The tenant that gave it.
    pub tenant: TenantId,
    /// The partner that it was given for.
    pub partner: PartnerId,
    /// Who has it.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
}

type Row = (
    MembershipId,
    Option<TenantId>,
    Option<PartnerId>,
    PersonId,
    Option<String>,
    Option<String>,
);

macro_rules! guests {
    () => {
        memberships::table
            .inner_join(people::table)
            .filter(memberships::ended_at.is_null())
            .order((memberships::tenant_id, memberships::id))
            .select((
                memberships::id,
                memberships::tenant_id,
                memberships::for_partner_id,
                people::id,
                people::name,
                people::email,
            ))
    };
}

fn known(rows: Vec<Row>) -> Vec<Guest> {
    let guest = |(membership, tenant, partner, person, name, email): Row| {
        Some(Guest {
            membership,
            tenant: tenant?,
            partner: partner?,
            person,
            name: name.unwrap_or_default(),
            email: email.unwrap_or_default(),
        })
    };
    rows.into_iter().filter_map(guest).collect()
}

/// The accounts of a person that tenants gave for a partner, in the order of tenants.
///
/// # Errors
/// The database's.
pub fn of_person(
    conn: &mut DbConn,
    person: PersonId,
    partner: PartnerId,
) -> Result<Vec<Guest>, Error> {
    let rows: Vec<Row> = guests!()
        .filter(memberships::person_id.eq(person))
        .filter(memberships::for_partner_id.eq(partner))
        .load(conn)?;
    Ok(known(rows))
}

/// The accounts that a tenant gave for a partner.
///
/// # Errors
/// The database's.
pub fn between(conn: &mut DbConn, between: Between) -> Result<Vec<Guest>, Error> {
    let rows: Vec<Row> = guests!()
        .filter(memberships::tenant_id.eq(between.tenant()))
        .filter(memberships::for_partner_id.eq(between.partner()))
        .load(conn)?;
    Ok(known(rows))
}

/// Holds accounts until the end of the transaction, after their tenant.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut DbConn, guests: &[Guest]) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let ids: Vec<MembershipId> = guests.iter().map(|guest| guest.membership).collect();
        let _: Vec<MembershipId> = memberships::table
            .filter(memberships::id.eq_any(ids))
            .order(memberships::id)
            .select(memberships::id)
            .for_no_key_update()
            .load(conn)?;
    }
    Ok(())
}

/// Ends an account with its roles. Returns the event that belongs in the tenant's chain: the caller
/// writes it last. The tenant is held.
///
/// # Errors
/// [`Error::Conflict`] where somebody else was first.
pub fn end(
    conn: &mut DbConn,
    actor: &EventActor,
    partner_name: &str,
    guest: &Guest,
    now: Instant,
) -> Result<NewEvent, Error> {
    let before = roles::roles_of(conn, guest.membership)?;
    leave::end(conn, actor, guest.membership, &before, now)?;
    let member = Member {
        person: guest.person,
        membership: guest.membership,
        name: guest.name.clone(),
        email: guest.email.clone(),
        known: true,
        employer: Some(partner_name.to_owned()),
    };
    Ok(NewEvent {
        actor: actor.clone(),
        tenant: Some(guest.tenant),
        partner: Some(guest.partner),
        subject: Some(member.data()),
        ..NewEvent::by_command(
            EventKind::UserDisabled,
            json!({ "roles": before, "partner_name": partner_name }),
        )
    })
}
