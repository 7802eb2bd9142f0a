//! Registering and suspending partners, and finding them again.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    db::{
        DbConn,
        schema::{memberships, partners, sessions},
        types::Ts,
    },
    domain::{
        Instant, PartnerId,
        country::Country,
        email::{Email, fold_domain},
        event::EventKind,
        lookalike,
        name::Name,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    portal::operator::number::{PARTNER_NUMBER, draw},
};

/// A partner to register.
#[derive(Debug, Clone)]
pub struct NewPartner {
    /// Its name.
    pub name: Name,
    /// Where it is.
    pub country: Country,
    /// The town.
    pub city: Option<Name>,
    /// Its domain, as typed.
    pub domain: Option<String>,
    /// Whom customers talk to.
    pub contact_name: Option<Name>,
    /// The address that they write to.
    pub contact_email: Option<Email>,
    /// The telephone that they call.
    pub contact_phone: Option<Name>,
    /// Whether the operator knows of a partner whose name looks like this one's.
    pub confirm_similar: bool,
}

/// A partner as the operator names it.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its partner id: digits.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Whether it is suspended.
    pub suspended: bool,
}

/// Registers a partner, with its event.
///
/// # Errors
/// [`Error::Refused`] names a domain that is none; [`Error::Conflict`] the partner whose name looks
/// like this one's, unless the operator confirmed that there is one.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewPartner,
    now: Instant,
) -> Result<Partner, Error> {
    let domain = match &new.domain {
        Some(typed) => Some(
            fold_domain(typed).ok_or_else(|| Error::Refused(format!("{typed} is no domain")))?,
        ),
        None => None,
    };
    let alike = similar(conn, &new.name)?;
    refuse(alike, "Choose another name", new.confirm_similar)?;
    let number = loop {
        let drawn = draw(PARTNER_NUMBER)?;
        let taken: i64 = partners::table
            .filter(partners::number.eq(&drawn))
            .count()
            .get_result(conn)?;
        if taken == 0 {
            break drawn;
        }
    };
    let id: PartnerId = Id::at(now);
    let optional = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
    diesel::insert_into(partners::table)
        .values((
            partners::id.eq(id),
            partners::number.eq(&number),
            partners::name.eq(new.name.as_str()),
            partners::name_folded.eq(new.name.folded()),
            partners::domain.eq(domain),
            partners::country.eq(new.country.as_str()),
            partners::city.eq(optional(&new.city)),
            partners::contact_name.eq(optional(&new.contact_name)),
            partners::contact_email.eq(new.contact_email.as_ref().map(Email::as_str)),
            partners::contact_phone.eq(optional(&new.contact_phone)),
            partners::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let added = Partner {
        id,
        number,
        name: new.name.as_str().to_owned(),
        suspended: false,
    };
    tell(conn, actor, EventKind::PartnerAdded, &added, now)?;
    Ok(added)
}

/// Refuses a name that customers would take for another partner's, unless that is confirmed.
fn refuse(alike: Option<(String, String)>, instead: &str, confirmed: bool) -> Result<(), Error> {
    match alike {
        Some((name, number)) if !confirmed => Err(Error::Conflict(format!(
            "{name}, with the partner id {number}, has a name that looks the same: customers would \
             take one for the other. {instead}, or add --confirm-similar"
        ))),
        _ => Ok(()),
    }
}

/// The partner, not suspended, whose name looks like this one's: its name and its partner id.
fn similar(conn: &mut DbConn, name: &Name) -> Result<Option<(String, String)>, Error> {
    let skeleton = name.skeleton();
    let named: Vec<(String, String)> = partners::table
        .filter(partners::suspended_at.is_null())
        .select((partners::name, partners::number))
        .order(partners::number)
        .load(conn)?;
    Ok(named
        .into_iter()
        .find(|(other, _)| lookalike::skeleton(other) == skeleton))
}

/// Suspends a partner: its staff are out at their next request, its invitations can't be accepted,
/// and it can't make new ones. Customers still take roles back, and decline.
///
/// # Errors
/// [`Error::Refused`] where it is suspended already.
pub fn suspend(
    conn: &mut DbConn,
    actor: &EventActor,
    partner: &Partner,
    now: Instant,
) -> Result<(), Error> {
    let changed = diesel::update(
        partners::table
            .find(partner.id)
            .filter(partners::suspended_at.is_null()),
    )
    .set(partners::suspended_at.eq(Some(Ts::from(now))))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Refused(format!(
            "{} is suspended already",
            partner.name
        )));
    }
    end_sessions(conn, partner.id)?;
    tell(conn, actor, EventKind::PartnerSuspended, partner, now)
}

/// Ends the sessions of everybody who works for a partner, so that none goes on where it was once
/// the suspension is lifted.
fn end_sessions(conn: &mut DbConn, partner: PartnerId) -> Result<(), Error> {
    let people = memberships::table
        .filter(
            memberships::partner_id
                .eq(partner)
                .or(memberships::for_partner_id.eq(partner)),
        )
        .filter(memberships::ended_at.is_null())
        .select(memberships::person_id.nullable());
    diesel::delete(sessions::table.filter(sessions::person_id.eq_any(people))).execute(conn)?;
    Ok(())
}

/// Lifts a suspension: staff sign in again, and invitations that are still in time wait again. What
/// ended meanwhile stays ended.
///
/// # Errors
/// [`Error::Refused`] where it isn't suspended; [`Error::Conflict`] names the partner that took a
/// name like this one's meanwhile, unless the operator confirmed that there is one.
pub fn reinstate(
    conn: &mut DbConn,
    actor: &EventActor,
    partner: &Partner,
    confirm_similar: bool,
    now: Instant,
) -> Result<(), Error> {
    let name = Name::parse(&partner.name).map_err(Error::internal)?;
    // Asked while it is suspended itself: afterwards it would find its own name.
    let alike = similar(conn, &name)?;
    let changed = diesel::update(
        partners::table
            .find(partner.id)
            .filter(partners::suspended_at.is_not_null()),
    )
    .set(partners::suspended_at.eq(None::<Ts>))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Refused(format!("{} isn't suspended", partner.name)));
    }
    refuse(alike, "Suspend that one", confirm_similar)?;
    tell(conn, actor, EventKind::PartnerReinstated, partner, now)
}

fn tell(
    conn: &mut DbConn,
    actor: &EventActor,
    kind: EventKind,
    partner: &Partner,
    now: Instant,
) -> Result<(), Error> {
    let event = NewEvent {
        actor: actor.clone(),
        partner: Some(partner.id),
        ..NewEvent::by_command(
            kind,
            json!({ "name": partner.name, "number": partner.number }),
        )
    };
    chain::append(conn, &event, now).map(drop)
}

/// The partner that a partner id means.
///
/// # Errors
/// [`Error::Refused`] where there is none.
pub fn find(conn: &mut DbConn, number: &str) -> Result<Partner, Error> {
    let row: Option<(PartnerId, String, String, Option<Ts>)> = partners::table
        .filter(partners::number.eq(number.trim()))
        .select((
            partners::id,
            partners::number,
            partners::name,
            partners::suspended_at,
        ))
        .first(conn)
        .optional()?;
    let (id, number, name, suspended) =
        row.ok_or_else(|| Error::Refused(format!("no partner has the partner id {number}")))?;
    Ok(Partner {
        id,
        number,
        name,
        suspended: suspended.is_some(),
    })
}
