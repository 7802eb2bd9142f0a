//! Links by which a password is set: made, looked up, used once.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use crate::{
    access::{
        acting::{self, Acting},
        people::password,
        throttle,
    },
    db::{
        DbConn,
        schema::{password_resets, people},
        types::Ts,
    },
    domain::{
        Instant, Language, PasswordResetId, PersonId, email::Email, event::EventKind, token::Token,
    },
    error::Error,
    id::Id,
    secret::Secret,
    web::{now::Clock, page::Site, request::Origin},
    work::outbox::{self, MailKind, NewMail},
};

/// How long a link works.
const LIFE: TimeDelta = TimeDelta::minutes(60);
/// How many links are made for an address within a window: whoever asks for them fills somebody
/// else's mailbox.
const FOR_AN_ADDRESS: i32 = 3;
/// How often a client may ask within a window: many people may share one.
const BY_A_CLIENT: i32 = 30;

/// Who asks for a link.
#[derive(Debug, Clone)]
pub struct Asked {
    /// For which address.
    pub email: Email,
    /// From where.
    pub client: IpAddr,
    /// The language of the page, for who has none in the profile.
    pub language: Language,
}

/// Whose password a link sets.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Who.
    pub person: PersonId,
    /// The address as typed.
    pub email: String,
    name: String,
    organization: String,
}

impl Owner {
    /// What a password may not be made of.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        vec![
            self.name.clone(),
            self.email.clone(),
            self.organization.clone(),
        ]
    }
}

type Row = (PersonId, Option<String>, Option<Language>);

/// Makes a link and its mail for whoever has the address and could sign in by it, and kills the
/// one before. Otherwise nothing is kept but that somebody asked.
///
/// # Errors
/// [`Error::TooMany`], known or not.
pub fn ask(
    conn: &mut DbConn,
    asked: &Asked,
    site: &Site,
    secret: &Secret,
    now: Instant,
) -> Result<(), Error> {
    throttle::count_to(conn, &throttle::reset_by(asked.client), BY_A_CLIENT, now)?;
    throttle::count_to(conn, &throttle::reset_of(&asked.email), FOR_AN_ADDRESS, now)?;
    let token = draw()?;
    let row: Option<Row> = people::table
        .filter(people::email_folded.eq(asked.email.folded()))
        .filter(people::erased_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::password_hash.is_not_null())
        .select((people::id, people::email, people::language))
        .first(conn)
        .optional()?;
    let id = row.as_ref().map_or_else(|| Id::at(now), |row| row.0);
    let member = acting::first_membership(conn, id)?;
    close_all(conn, id, now)?;
    let (Some((person, Some(email), language)), Some(_)) = (row, member) else {
        return Ok(());
    };
    let reset: PasswordResetId = Id::at(now);
    diesel::insert_into(password_resets::table)
        .values((
            password_resets::id.eq(reset),
            password_resets::person_id.eq(person),
            password_resets::token_hash.eq(token.hash().to_vec()),
            password_resets::created_at.eq(Ts::from(now)),
            password_resets::expires_at.eq(Ts::from(now + LIFE)),
        ))
        .execute(conn)?;
    let link = site.link(&format!("/password-reset/{}", token.reveal()));
    let mail = NewMail {
        kind: MailKind::PasswordReset,
        recipient: &email,
        language: language.unwrap_or(asked.language),
        tenant: None,
        partner: None,
        invitation: None,
        relationship: None,
        person: Some(person),
        facts: json!({ "until": Ts::from(now + LIFE).text() }),
        secret_link: Some((secret, &link)),
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
}

fn draw() -> Result<Token, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(Token::from_random(&bytes))
}

/// Closes the links of a person, and takes back the mail that would bring one.
fn close_all(conn: &mut DbConn, person: PersonId, now: Instant) -> Result<(), Error> {
    diesel::update(
        password_resets::table
            .filter(password_resets::person_id.eq(person))
            .filter(password_resets::closed_at.is_null()),
    )
    .set(password_resets::closed_at.eq(Some(Ts::from(now))))
    .execute(conn)?;
    outbox::drop_password_reset(conn, person, now)
}

/// Whose password a link sets that works now, as who they act first.
fn acting_by(
    conn: &mut DbConn,
    hash: &[u8; 32],
    origin: Origin,
    now: Instant,
) -> Result<Acting, Error> {
    let person: PersonId = password_resets::table
        .filter(password_resets::token_hash.eq(hash.to_vec()))
        .filter(password_resets::closed_at.is_null())
        .filter(password_resets::expires_at.gt(Ts::from(now)))
        .select(password_resets::person_id)
        .first(conn)?;
    let membership = acting::first_membership(conn, person)?.ok_or(Error::NotFound)?;
    acting::load(conn, person, membership, now, origin)?.ok_or(Error::NotFound)
}

/// Whose password a link sets.
///
/// # Errors
/// [`Error::NotFound`] where the link doesn't work, for whatever reason.
pub fn owner(conn: &mut DbConn, hash: &[u8; 32], now: Instant) -> Result<Owner, Error> {
    let acting = acting_by(conn, hash, Origin::unknown(), now)?;
    Ok(Owner {
        person: acting.person,
        organization: acting.organization().to_owned(),
        email: acting.email,
        name: acting.name,
    })
}

/// Sets the password by a link, which it uses up: ends every session, forgets the tries, and tells
/// the owner. Browsers that were known by the old password are known no more.
///
/// # Errors
/// [`Error::NotFound`] where the link doesn't work, for whatever reason.
pub fn set(
    conn: &mut DbConn,
    (hash, new): (&[u8; 32], &str),
    origin: &Origin,
    clock: &Clock,
) -> Result<(), Error> {
    let acting = acting_by(conn, hash, origin.clone(), clock.now())?;
    acting::held_roles(conn, &acting)?;
    let now = clock.now();
    let used = diesel::update(
        password_resets::table
            .filter(password_resets::token_hash.eq(hash.to_vec()))
            .filter(password_resets::closed_at.is_null())
            .filter(password_resets::expires_at.gt(Ts::from(now))),
    )
    .set(password_resets::closed_at.eq(Some(Ts::from(now))))
    .execute(conn)?;
    if used == 0 {
        return Err(Error::NotFound);
    }
    password::keep_hash(conn, acting.person, new, now)?;
    let ended = password::end_sessions(conn, acting.person)?;
    let noted = (EventKind::PasswordReset, ended);
    password::note(conn, &acting, noted, Language::En, now)
}
