//! Links by which people join a partner's staff: looked up, used once.

use diesel::{dsl::exists, prelude::*};
use serde_json::json;

use crate::{
    access::{
        acting,
        guards::Guard,
        joining::{self, Joining},
        people::join::{self, Newcomer},
    },
    db::{
        DbConn, literal,
        schema::{membership_roles, memberships, partners, people, staff_invitations},
        types::Ts,
    },
    domain::{
        Instant, Language, MembershipId, PartnerId, PersonId, StaffInvitationId,
        email::Email,
        event::EventKind,
        membership::{MemberRole, Side},
        name::Name,
        staff_invitation::{self, StaffInvitationState},
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    web::{now::Clock, request::Origin},
};

/// What a link asks that works now.
#[derive(Debug, Clone)]
pub struct Asked {
    id: StaffInvitationId,
    partner_id: PartnerId,
    sender_id: MembershipId,
    /// The partner's name.
    pub partner: String,
    /// Who asks.
    pub sender: String,
    /// The name that was typed.
    pub name: String,
    /// Whom the link is for.
    pub email: Email,
    /// The roles that come with it.
    pub roles: Vec<MemberRole>,
    /// Until when it works.
    pub until: Instant,
    shown: bool,
}

type Row = (
    (StaffInvitationId, PartnerId, MembershipId, String),
    (String, String, String, Ts, bool),
    Option<String>,
);

/// What the link of this hash asks: open, in time, of a partner that may act, and by somebody who
/// is an Admin agent still.
///
/// # Errors
/// [`Error::NotFound`] for every other link, whatever became of it.
pub fn asked(conn: &mut DbConn, hash: &[u8; 32], now: Instant) -> Result<Asked, Error> {
    let still_agent = membership_roles::table
        .filter(membership_roles::membership_id.eq(memberships::id))
        .filter(membership_roles::role.eq(MemberRole::kept_by(Side::Partner)))
        .filter(membership_roles::ended_at.is_null());
    let row: Row = staff_invitations::table
        .inner_join(partners::table)
        .inner_join(memberships::table.on(memberships::id.eq(staff_invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(staff_invitations::token_hash.eq(hash.to_vec()))
        .filter(staff_invitations::state.eq(literal(StaffInvitationState::Open.as_str())))
        .filter(staff_invitations::expires_at.gt(Ts::from(now)))
        .filter(partners::suspended_at.is_null())
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(exists(still_agent))
        .select((
            (
                staff_invitations::id,
                staff_invitations::partner_id,
                staff_invitations::created_by,
                partners::name,
            ),
            (
                staff_invitations::name,
                staff_invitations::email,
                staff_invitations::roles,
                staff_invitations::expires_at,
                staff_invitations::shown,
            ),
            people::name,
        ))
        .first(conn)?;
    let ((id, partner_id, sender_id, partner), (name, email, roles, until, shown), sender) = row;
    Ok(Asked {
        id,
        partner_id,
        sender_id,
        partner,
        sender: sender.unwrap_or_default(),
        name,
        email: Email::parse(&email).map_err(Error::internal)?,
        roles: staff_invitation::read(&roles),
        until: until.instant(),
        shown,
    })
}

/// What became of somebody's wish to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// A member now, by this membership.
    Member(MembershipId),
    /// The person decides about partners for this tenant; nothing was written.
    Decides(String),
}

/// Makes somebody signed in a member of the staff, by a link for the address of the account.
///
/// # Errors
/// [`Error::NotFound`] where the link doesn't work, or is for another address;
/// [`Error::Conflict`] for a member.
pub fn join(conn: &mut DbConn, joining: &Joining, clock: &Clock) -> Result<Joined, Error> {
    let now = clock.now();
    let asked = asked(conn, joining.hash(), now)?;
    let acting = joining.by().acting();
    if !is_for(&asked, &acting.email) {
        return Err(Error::NotFound);
    }
    if let Some(tenant) = join::decides_for(conn, acting.person)? {
        return Ok(Joined::Decides(tenant));
    }
    if !asked.shown {
        join::verify_by_mail(conn, acting.person, now)?;
    }
    let membership = let_in(conn, &asked, acting.person, now)?;
    note(conn, &asked, acting, now)?;
    Ok(Joined::Member(membership))
}

/// Whether a link is for the account of this address.
#[must_use]
pub fn is_for(asked: &Asked, email: &str) -> bool {
    Email::parse(email).is_ok_and(|email| email.folded() == asked.email.folded())
}

/// What somebody without an account typed.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The name.
    pub name: Name,
    /// The hash of the password.
    pub password_hash: String,
    /// The language of the page.
    pub language: Language,
}

/// Somebody who was let in: who, by which membership, and since when the password is set.
pub type Arrived = (PersonId, MembershipId, Instant);

/// Makes an account for somebody who has none, and that a member of the staff. `None` where
/// somebody has the address.
///
/// # Errors
/// [`Error::NotFound`] where the link doesn't work.
pub fn arrive(
    conn: &mut DbConn,
    hash: &[u8; 32],
    typed: &Typed,
    origin: &Origin,
    clock: &Clock,
) -> Result<Option<Arrived>, Error> {
    joining::hold(conn, hash)?;
    let now = Ts::from(clock.now()).instant();
    let asked = asked(conn, hash, now)?;
    let newcomer = Newcomer {
        name: typed.name.clone(),
        email: asked.email.clone(),
        verified: !asked.shown,
        language: typed.language,
        password_hash: typed.password_hash.clone(),
    };
    let Some(person) = join::make(conn, &newcomer, now)? else {
        return Ok(None);
    };
    let membership = let_in(conn, &asked, person, now)?;
    let acting = acting::load(conn, person, membership, now, origin.clone())?;
    note(conn, &asked, &acting.ok_or(Error::NotFound)?, now)?;
    Ok(Some((person, membership, now)))
}

/// Makes the membership, and uses the link up.
fn let_in(
    conn: &mut DbConn,
    asked: &Asked,
    person: PersonId,
    now: Instant,
) -> Result<MembershipId, Error> {
    let as_asked = (asked.roles.as_slice(), asked.sender_id);
    let membership = join::join(conn, person, asked.partner_id, as_asked, now)?;
    let open = staff_invitations::table
        .find(asked.id)
        .filter(staff_invitations::state.eq(literal(StaffInvitationState::Open.as_str())));
    let used = diesel::update(open)
        .set((
            staff_invitations::state.eq(StaffInvitationState::Accepted),
            staff_invitations::closed_at.eq(Some(Ts::from(now))),
            staff_invitations::closed_by.eq(Some(membership)),
        ))
        .execute(conn)?;
    if used == 0 {
        return Err(Error::NotFound);
    }
    Ok(membership)
}

/// Writes the event into the installation's chain, whatever the person acts for elsewhere.
fn note(
    conn: &mut DbConn,
    asked: &Asked,
    acting: &acting::Acting,
    now: Instant,
) -> Result<(), Error> {
    let facts = json!({ "partner_name": asked.partner, "roles": asked.roles });
    let event = NewEvent {
        tenant: None,
        partner: Some(asked.partner_id),
        ..NewEvent::by(acting, EventKind::StaffJoined, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
