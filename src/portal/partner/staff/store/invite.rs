//! Asking somebody to join the staff, asking again, and taking that back.

use diesel::prelude::*;
use serde_json::json;

use super::{
    limit::spent,
    waiting::{self, Waiting},
};
use crate::{
    access::guards::{AdminAgent, Guard},
    db::{
        DbConn, literal,
        schema::{memberships, people, staff_invitations},
        types::Ts,
    },
    domain::{
        Instant, Language, StaffInvitationId,
        email::Email,
        event::EventKind,
        membership::MemberRole,
        name::Name,
        staff_invitation::{self, LIFE, StaffInvitationState, StaffLimit},
        token::Token,
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    id::Id,
    inviting::quota,
    secret::Secret,
    web::{now::Clock, page::Site},
    work::outbox::{self, MailKind, NewMail},
};

/// Whom to ask, and for what.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The person's name, as the Admin agent knows it.
    pub name: Name,
    /// The address that the link is for.
    pub email: Email,
    /// At least one role of staff.
    pub roles: Vec<MemberRole>,
    /// The language of the mail, where the person's own isn't known.
    pub language: Language,
}

/// What became of a wish. Nothing here depends on whether the address has an account elsewhere.
#[derive(Debug, Clone)]
pub enum Asking {
    /// The link goes by mail alone.
    Mailed(StaffInvitationId),
    /// Nothing is mailed from here: the link, to be shown this once.
    Shown(StaffInvitationId, String),
    /// The address is one of the staff's own.
    Member,
    /// A link for this address works already.
    Open,
    /// A limit is reached, until then where it is known.
    Spent(StaffLimit, Option<Instant>),
}

/// Asks somebody to join. Who the address belongs to isn't looked at: whoever has it joins by the
/// link, or nobody does.
///
/// # Errors
/// The database's.
pub fn invite(
    conn: &mut DbConn,
    by: &AdminAgent,
    wish: &Wish,
    tools: (&Site, &Secret),
    clock: &Clock,
) -> Result<Asking, Error> {
    quota::hold(conn, by.scope().partner())?;
    let now = clock.now();
    if is_member(conn, by, &wish.email)? {
        return Ok(Asking::Member);
    }
    let open = waiting::for_address(conn, by.scope(), &wish.email)?;
    if open.as_ref().is_some_and(|open| open.until > now) {
        return Ok(Asking::Open);
    }
    ask(conn, by, (wish, open), tools, now)
}

/// Asks somebody again, by a new link: the old one is dead.
///
/// # Errors
/// [`Error::NotFound`] where none of this partner's waits by that id.
pub fn again(
    conn: &mut DbConn,
    by: &AdminAgent,
    (id, language): (StaffInvitationId, Language),
    tools: (&Site, &Secret),
    clock: &Clock,
) -> Result<Asking, Error> {
    quota::hold(conn, by.scope().partner())?;
    let now = clock.now();
    let open = waiting::open(conn, by.scope(), id)?;
    let wish = Wish {
        name: Name::parse(&open.name).map_err(Error::internal)?,
        email: Email::parse(&open.email).map_err(Error::internal)?,
        roles: open.roles.clone(),
        language,
    };
    if is_member(conn, by, &wish.email)? {
        return Ok(Asking::Member);
    }
    ask(conn, by, (&wish, Some(open)), tools, now)
}

fn is_member(conn: &mut DbConn, by: &AdminAgent, email: &Email) -> Result<bool, Error> {
    let members: i64 = memberships::table
        .inner_join(people::table)
        .filter(memberships::partner_id.eq(by.scope().partner()))
        .filter(memberships::ended_at.is_null())
        .filter(people::email_folded.eq(email.folded()))
        .count()
        .get_result(conn)?;
    Ok(members > 0)
}

/// Makes the link, in place of the one that waits, if any.
fn ask(
    conn: &mut DbConn,
    by: &AdminAgent,
    (wish, old): (&Wish, Option<Waiting>),
    (site, secret): (&Site, &Secret),
    now: Instant,
) -> Result<Asking, Error> {
    if let Some((limit, until)) = spent(conn, by, old.as_ref(), now)? {
        return Ok(Asking::Spent(limit, until));
    }
    if let Some(old) = &old {
        let state = if old.until > now {
            StaffInvitationState::Replaced
        } else {
            StaffInvitationState::Expired
        };
        close(conn, by, old.id, state, now)?;
    }
    let token = draw()?;
    let id = insert(conn, by, wish, (&token, !site.mail), now)?;
    let link = site.link(&format!("/staff-invitations/{}", token.reveal()));
    if site.mail {
        mail(conn, by, (id, wish), (secret, &link), now)?;
    }
    note(conn, by, EventKind::StaffInvited, wish, now)?;
    Ok(if site.mail {
        Asking::Mailed(id)
    } else {
        Asking::Shown(id, link)
    })
}

fn draw() -> Result<Token, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(Token::from_random(&bytes))
}

fn insert(
    conn: &mut DbConn,
    by: &AdminAgent,
    wish: &Wish,
    (token, shown): (&Token, bool),
    now: Instant,
) -> Result<StaffInvitationId, Error> {
    let id: StaffInvitationId = Id::at(now);
    let roles = staff_invitation::kept(&wish.roles)
        .ok_or_else(|| Error::Refused("staff has at least one role of its own".into()))?;
    diesel::insert_into(staff_invitations::table)
        .values((
            staff_invitations::id.eq(id),
            staff_invitations::partner_id.eq(by.scope().partner()),
            staff_invitations::created_by.eq(by.acting().membership),
            staff_invitations::name.eq(wish.name.as_str()),
            staff_invitations::email.eq(wish.email.as_str()),
            staff_invitations::email_folded.eq(wish.email.folded()),
            staff_invitations::roles.eq(roles),
            staff_invitations::token_hash.eq(token.hash().to_vec()),
            staff_invitations::shown.eq(shown),
            staff_invitations::state.eq(StaffInvitationState::Open),
            staff_invitations::created_at.eq(Ts::from(now)),
            staff_invitations::expires_at.eq(Ts::from(now + LIFE)),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Writes the mail, in the language of the one who reads it, where that is known.
fn mail(
    conn: &mut DbConn,
    by: &AdminAgent,
    (id, wish): (StaffInvitationId, &Wish),
    (secret, link): (&Secret, &str),
    now: Instant,
) -> Result<(), Error> {
    let own: Option<Option<Language>> = people::table
        .filter(people::email_folded.eq(wish.email.folded()))
        .filter(people::erased_at.is_null())
        .select(people::language)
        .first(conn)
        .optional()?;
    let once = waiting::words(id);
    let mail = NewMail {
        kind: MailKind::StaffInvitation,
        recipient: wish.email.as_str(),
        language: own.flatten().unwrap_or(wish.language),
        tenant: None,
        partner: Some(by.scope().partner()),
        invitation: None,
        relationship: None,
        person: None,
        facts: json!({
            "partner_name": by.acting().organization(),
            "sender": by.acting().name,
            "staff_roles": wish.roles,
            "until": Ts::from(now + LIFE).text(),
        }),
        secret_link: Some((secret, link)),
        once: Some(&once),
    };
    outbox::enqueue(conn, &mail, now)
}

fn close(
    conn: &mut DbConn,
    by: &AdminAgent,
    id: StaffInvitationId,
    state: StaffInvitationState,
    now: Instant,
) -> Result<(), Error> {
    let open = staff_invitations::table
        .find(id)
        .filter(staff_invitations::state.eq(literal(StaffInvitationState::Open.as_str())));
    let closed = diesel::update(open)
        .set((
            staff_invitations::state.eq(state),
            staff_invitations::closed_at.eq(Some(Ts::from(now))),
            staff_invitations::closed_by.eq(Some(by.acting().membership)),
        ))
        .execute(conn)?;
    if closed == 0 {
        return Err(Error::NotFound);
    }
    outbox::drop_staff_invitation(conn, waiting::words(id), now)
}

/// Takes a link back. One that is withdrawn already stays so, and that is no error.
///
/// # Errors
/// [`Error::NotFound`] for another partner's, and where somebody joined by it.
pub fn withdraw(
    conn: &mut DbConn,
    by: &AdminAgent,
    id: StaffInvitationId,
    clock: &Clock,
) -> Result<(), Error> {
    if waiting::withdrawn(conn, by.scope(), id)?.is_some() {
        return Ok(());
    }
    let open = waiting::open(conn, by.scope(), id)?;
    let now = clock.now();
    close(conn, by, id, StaffInvitationState::Withdrawn, now)?;
    let wish = Wish {
        name: Name::parse(&open.name).map_err(Error::internal)?,
        email: Email::parse(&open.email).map_err(Error::internal)?,
        roles: open.roles,
        language: Language::En,
    };
    note(conn, by, EventKind::StaffInvitationWithdrawn, &wish, now)
}

/// Writes the event. Whoever is asked needn't have an account, so that name and address stand in it
/// as words that somebody typed.
fn note(
    conn: &mut DbConn,
    by: &AdminAgent,
    kind: EventKind,
    wish: &Wish,
    now: Instant,
) -> Result<(), Error> {
    let facts = json!({ "partner_name": by.acting().organization(), "roles": wish.roles });
    let event = NewEvent {
        text: Some(format!("{} <{}>", wish.name.as_str(), wish.email.as_str())),
        ..NewEvent::by(by.acting(), kind, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
