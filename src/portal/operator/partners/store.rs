//! Registering and suspending partners, and finding them again.

use diesel::prelude::*;
use serde_json::json;

use crate::{
    db::{DbConn, schema::partners, types::Ts},
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
    if let Some((name, number)) = similar(conn, &new.name)?
        && !new.confirm_similar
    {
        return Err(Error::Conflict(format!(
            "{name}, with the partner id {number}, has a name that looks the same: customers would \
             take one for the other. Choose another name, or add --confirm-similar"
        )));
    }
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
    let name = new.name.as_str().to_owned();
    let event = NewEvent {
        actor: actor.clone(),
        partner: Some(id),
        ..NewEvent::by_command(
            EventKind::PartnerAdded,
            json!({ "name": name, "number": number }),
        )
    };
    chain::append(conn, &event, now)?;
    Ok(Partner {
        id,
        number,
        name,
        suspended: false,
    })
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
    let facts = json!({ "name": partner.name, "number": partner.number });
    let event = NewEvent {
        actor: actor.clone(),
        partner: Some(partner.id),
        ..NewEvent::by_command(EventKind::PartnerSuspended, facts)
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
