//! People and their memberships: adding them, their roles and passwords, and disabling them.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    access::throttle,
    db::{
        DbConn,
        schema::{membership_roles, memberships, partners, people, sessions, tenants},
        types::Ts,
    },
    domain::{
        Instant, Language, MembershipId, MembershipRoleId, PartnerId, PersonId, TenantId,
        email::Email,
        event::EventKind,
        membership::{MemberRole, Side},
        name::Name,
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    work::outbox::{self, MailKind, NewMail},
};

/// Where a person is a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// A tenant's user.
    Tenant(TenantId),
    /// A partner's staff, with the partner's name for the event.
    Partner(PartnerId, String),
    /// Of those who run the installation.
    Operator,
}

impl Home {
    const fn side(&self) -> Side {
        match self {
            Self::Tenant(_) => Side::Tenant,
            Self::Partner(..) => Side::Partner,
            Self::Operator => Side::Operator,
        }
    }

    const fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::Tenant(id) => Some(*id),
            _ => None,
        }
    }

    const fn partner(&self) -> Option<PartnerId> {
        match self {
            Self::Partner(id, _) => Some(*id),
            _ => None,
        }
    }

    /// An event about somebody here: in the tenant's chain, or the installation's.
    fn event(
        &self,
        actor: &EventActor,
        kind: EventKind,
        mut facts: Value,
        subject: &Member,
    ) -> NewEvent {
        if let (Self::Partner(_, name), Some(facts)) = (self, facts.as_object_mut()) {
            facts.insert("partner_name".into(), json!(name));
        }
        NewEvent {
            actor: actor.clone(),
            tenant: self.tenant(),
            partner: self.partner(),
            subject: Some(subject.data()),
            ..NewEvent::by_command(kind, facts)
        }
    }
}

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Where.
    pub home: Home,
    /// The address to sign in with; counts as verified by the operator.
    pub email: Email,
    /// The person's name.
    pub name: Name,
    /// The roles; none for a user who only has a profile.
    pub roles: Vec<MemberRole>,
    /// The language of the profile.
    pub language: Option<Language>,
    /// The hash of a password, where one is set at once.
    pub password_hash: Option<String>,
}

/// Somebody who is a member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// By which membership.
    pub membership: MembershipId,
    /// The name.
    pub name: String,
    /// The address as typed.
    pub email: String,
    /// Whether the person was known before.
    pub known: bool,
}

impl Member {
    fn data(&self) -> (PersonId, Value) {
        let data = json!({ "name": self.name, "email": self.email });
        (self.person, data)
    }
}

/// Adds somebody, with the event. A person who is known already gets one more membership, and
/// keeps name and password.
///
/// # Errors
/// [`Error::Refused`] says what is in the way: a role of another side, a membership that is there
/// already, a password for somebody who has one.
pub fn add(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewMember,
    now: Instant,
) -> Result<Member, Error> {
    let roles = check_roles(&new.home, &new.roles)?;
    let (person, name, email, known) = match known(conn, &new.email)? {
        Some(row) => again(conn, new, row, now)?,
        None => first(conn, new, now)?,
    };
    if find(conn, &new.home, &new.email)?.is_some() {
        return Err(Error::Refused(format!("{email} is a member here already")));
    }
    let membership: MembershipId = Id::at(now);
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(membership),
            memberships::person_id.eq(person),
            memberships::side.eq(new.home.side()),
            memberships::tenant_id.eq(new.home.tenant()),
            memberships::partner_id.eq(new.home.partner()),
            memberships::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    for role in &roles {
        give(conn, actor, membership, *role, now)?;
    }
    let member = Member {
        person,
        membership,
        name,
        email,
        known,
    };
    let kind = match new.home {
        Home::Tenant(_) => EventKind::UserAdded,
        Home::Partner(..) => EventKind::StaffAdded,
        Home::Operator => EventKind::OperatorAdded,
    };
    let event = new
        .home
        .event(actor, kind, json!({ "roles": roles }), &member);
    chain::append(conn, &event, now)?;
    Ok(member)
}

/// The roles in the order of the domain, each once, each of this side.
fn check_roles(home: &Home, roles: &[MemberRole]) -> Result<Vec<MemberRole>, Error> {
    if let Some(role) = roles.iter().find(|role| role.side() != home.side()) {
        return Err(Error::Refused(format!(
            "{role} is no role of the {}'s side",
            home.side()
        )));
    }
    if roles.is_empty() && home.side() != Side::Tenant {
        return Err(Error::Refused("at least one role is needed".into()));
    }
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}

type Known = (PersonId, Option<String>, Option<String>, bool, bool);

fn known(conn: &mut DbConn, email: &Email) -> Result<Option<Known>, Error> {
    Ok(people::table
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .select((
            people::id,
            people::name,
            people::email,
            people::password_hash.is_not_null(),
            people::disabled_at.is_not_null(),
        ))
        .first(conn)
        .optional()?)
}

/// A person who is known. One who was disabled comes back without the old password.
fn again(
    conn: &mut DbConn,
    new: &NewMember,
    (person, name, email, has_password, disabled): Known,
    now: Instant,
) -> Result<(PersonId, String, String, bool), Error> {
    let email = email.unwrap_or_default();
    if new.password_hash.is_some() && has_password && !disabled {
        return Err(Error::Refused(format!(
            "{email} has a password already: add without one, or use user set-password"
        )));
    }
    if disabled {
        diesel::update(people::table.find(person))
            .set((
                people::disabled_at.eq(None::<Ts>),
                people::password_hash.eq(None::<String>),
            ))
            .execute(conn)?;
    }
    if let Some(hash) = &new.password_hash {
        keep_hash(conn, person, hash, now)?;
    }
    diesel::update(
        people::table
            .find(person)
            .filter(people::email_verified_at.is_null()),
    )
    .set((
        people::email_verified_at.eq(Some(Ts::from(now))),
        people::email_verified_by.eq(Some("operator")),
    ))
    .execute(conn)?;
    Ok((person, name.unwrap_or_default(), email, true))
}

fn first(
    conn: &mut DbConn,
    new: &NewMember,
    now: Instant,
) -> Result<(PersonId, String, String, bool), Error> {
    let person: PersonId = Id::at(now);
    let changed = new.password_hash.as_ref().map(|_| Ts::from(now));
    diesel::insert_into(people::table)
        .values((
            people::id.eq(person),
            people::name.eq(Some(new.name.as_str())),
            people::name_folded.eq(Some(new.name.folded())),
            people::email.eq(Some(new.email.as_str())),
            people::email_folded.eq(Some(new.email.folded())),
            people::email_verified_at.eq(Some(Ts::from(now))),
            people::email_verified_by.eq(Some("operator")),
            people::password_hash.eq(new.password_hash.as_deref()),
            people::password_changed_at.eq(changed),
            people::language.eq(new.language.map(Language::as_str)),
            people::created_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let (name, email) = (new.name.as_str().to_owned(), new.email.as_str().to_owned());
    Ok((person, name, email, false))
}

fn keep_hash(conn: &mut DbConn, person: PersonId, hash: &str, now: Instant) -> Result<(), Error> {
    diesel::update(people::table.find(person))
        .set((
            people::password_hash.eq(Some(hash)),
            people::password_changed_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    Ok(())
}

const fn by(actor: &EventActor) -> Option<MembershipId> {
    match actor {
        EventActor::Person(acting) => Some(acting.membership),
        _ => None,
    }
}

fn give(
    conn: &mut DbConn,
    actor: &EventActor,
    membership: MembershipId,
    role: MemberRole,
    now: Instant,
) -> Result<(), Error> {
    let id: MembershipRoleId = Id::at(now);
    diesel::insert_into(membership_roles::table)
        .values((
            membership_roles::id.eq(id),
            membership_roles::membership_id.eq(membership),
            membership_roles::role.eq(role),
            membership_roles::created_at.eq(Ts::from(now)),
            membership_roles::created_by.eq(by(actor)),
        ))
        .execute(conn)?;
    Ok(())
}

type Row = (PersonId, MembershipId, Option<String>, Option<String>);

/// The member with this address here, if any.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Option<Member>, Error> {
    let mut query = memberships::table
        .inner_join(people::table)
        .filter(people::email_folded.eq(email.folded()))
        .filter(people::erased_at.is_null())
        .filter(memberships::side.eq(home.side()))
        .filter(memberships::ended_at.is_null())
        .select((people::id, memberships::id, people::name, people::email))
        .into_boxed::<crate::db::MultiBackend>();
    query = match home {
        Home::Tenant(tenant) => query.filter(memberships::tenant_id.eq(*tenant)),
        Home::Partner(partner, _) => query.filter(memberships::partner_id.eq(*partner)),
        Home::Operator => query,
    };
    let row: Option<Row> = query.first(conn).optional()?;
    Ok(row.map(|(person, membership, name, email)| Member {
        person,
        membership,
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        known: true,
    }))
}

/// The member with this address here.
///
/// # Errors
/// [`Error::Refused`] where there is none.
pub fn member(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Member, Error> {
    find(conn, home, email)?
        .ok_or_else(|| Error::Refused(format!("{} is no member here", email.as_str())))
}

/// Holds on to a membership until the end of the transaction: the tenant or partner first, so that
/// two demotions can't both believe that somebody else is left.
fn lock(conn: &mut DbConn, home: &Home, membership: MembershipId) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    match home {
        Home::Tenant(id) => {
            let _: TenantId = tenants::table
                .find(*id)
                .select(tenants::id)
                .for_update()
                .first(conn)?;
        }
        Home::Partner(id, _) => {
            let _: PartnerId = partners::table
                .find(*id)
                .select(partners::id)
                .for_update()
                .first(conn)?;
        }
        Home::Operator => {
            let _: Vec<MembershipId> = memberships::table
                .filter(memberships::side.eq(Side::Operator))
                .order(memberships::id)
                .select(memberships::id)
                .for_update()
                .load(conn)?;
        }
    }
    let _: Vec<MembershipId> = memberships::table
        .find(membership)
        .select(memberships::id)
        .for_update()
        .load(conn)?;
    Ok(())
}

/// The member with this address, held until the end of the transaction.
fn hold(conn: &mut DbConn, home: &Home, email: &Email) -> Result<Member, Error> {
    let found = member(conn, home, email)?;
    lock(conn, home, found.membership)?;
    // Whoever held it before us may have ended it.
    member(conn, home, email)
}

fn roles_of(conn: &mut DbConn, membership: MembershipId) -> Result<Vec<MemberRole>, Error> {
    let mut roles: Vec<MemberRole> = membership_roles::table
        .filter(membership_roles::membership_id.eq(membership))
        .filter(membership_roles::ended_at.is_null())
        .select(membership_roles::role)
        .load(conn)?;
    roles.sort_unstable();
    Ok(roles)
}

/// Refuses to take the last active holder of the role that every tenant and partner keeps.
fn keep_one(
    conn: &mut DbConn,
    home: &Home,
    member: &Member,
    before: &[MemberRole],
    after: &[MemberRole],
) -> Result<(), Error> {
    let kept = MemberRole::kept_by(home.side());
    if !before.contains(&kept) || after.contains(&kept) {
        return Ok(());
    }
    let mut query = memberships::table
        .inner_join(people::table)
        .inner_join(membership_roles::table.on(membership_roles::membership_id.eq(memberships::id)))
        .filter(memberships::side.eq(home.side()))
        .filter(memberships::id.ne(member.membership))
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .filter(membership_roles::ended_at.is_null())
        .filter(membership_roles::role.eq(kept))
        .select(diesel::dsl::count_star())
        .into_boxed::<crate::db::MultiBackend>();
    query = match home {
        Home::Tenant(tenant) => query.filter(memberships::tenant_id.eq(*tenant)),
        Home::Partner(partner, _) => query.filter(memberships::partner_id.eq(*partner)),
        Home::Operator => query,
    };
    let others: i64 = query.first(conn)?;
    if others == 0 {
        return Err(Error::Refused(format!(
            "{} is the last one here with the role {kept}: give it to somebody else first",
            member.email
        )));
    }
    Ok(())
}

fn end_roles(
    conn: &mut DbConn,
    actor: &EventActor,
    membership: MembershipId,
    roles: &[MemberRole],
    now: Instant,
) -> Result<(), Error> {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    diesel::update(
        membership_roles::table
            .filter(membership_roles::membership_id.eq(membership))
            .filter(membership_roles::ended_at.is_null())
            .filter(membership_roles::role.eq_any(words)),
    )
    .set((
        membership_roles::ended_at.eq(Some(Ts::from(now))),
        membership_roles::ended_by.eq(by(actor)),
    ))
    .execute(conn)?;
    Ok(())
}

/// Gives a member exactly these roles. The person's sessions get a new key at their next request.
/// Returns the roles before.
///
/// # Errors
/// [`Error::Refused`] where nobody would be left with the role that is always kept.
pub fn set_roles(
    conn: &mut DbConn,
    actor: &EventActor,
    home: &Home,
    email: &Email,
    roles: &[MemberRole],
    now: Instant,
) -> Result<Vec<MemberRole>, Error> {
    let after = check_roles(home, roles)?;
    let member = hold(conn, home, email)?;
    let before = roles_of(conn, member.membership)?;
    if before == after {
        return Ok(before);
    }
    keep_one(conn, home, &member, &before, &after)?;
    let gone: Vec<MemberRole> = before
        .iter()
        .filter(|role| !after.contains(role))
        .copied()
        .collect();
    end_roles(conn, actor, member.membership, &gone, now)?;
    for role in after.iter().filter(|role| !before.contains(role)) {
        give(conn, actor, member.membership, *role, now)?;
    }
    diesel::update(sessions::table.filter(sessions::person_id.eq(member.person)))
        .set(sessions::renew.eq(true))
        .execute(conn)?;
    let facts = json!({ "before": before, "after": after });
    let event = home.event(actor, EventKind::RolesChanged, facts, &member);
    chain::append(conn, &event, now)?;
    Ok(before)
}

/// Ends a membership with its roles, and every session of the person. Who has no other membership
/// can't sign in any more.
///
/// # Errors
/// [`Error::Refused`] where nobody would be left with the role that is always kept.
pub fn disable(
    conn: &mut DbConn,
    actor: &EventActor,
    home: &Home,
    email: &Email,
    now: Instant,
) -> Result<Member, Error> {
    let member = hold(conn, home, email)?;
    let before = roles_of(conn, member.membership)?;
    keep_one(conn, home, &member, &before, &[])?;
    end_roles(conn, actor, member.membership, &before, now)?;
    let changed = diesel::update(
        memberships::table
            .find(member.membership)
            .filter(memberships::ended_at.is_null()),
    )
    .set((
        memberships::ended_at.eq(Some(Ts::from(now))),
        memberships::ended_by.eq(by(actor)),
    ))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict("disabled by somebody else".into()));
    }
    let left: i64 = memberships::table
        .filter(memberships::person_id.eq(member.person))
        .filter(memberships::ended_at.is_null())
        .count()
        .get_result(conn)?;
    if left == 0 {
        diesel::update(people::table.find(member.person))
            .set(people::disabled_at.eq(Some(Ts::from(now))))
            .execute(conn)?;
    }
    end_sessions(conn, member.person)?;
    let kind = match home {
        Home::Partner(..) => EventKind::StaffDisabled,
        _ => EventKind::UserDisabled,
    };
    let event = home.event(actor, kind, json!({ "roles": before }), &member);
    chain::append(conn, &event, now)?;
    Ok(member)
}

fn end_sessions(conn: &mut DbConn, person: PersonId) -> Result<(), Error> {
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// The person with this address, wherever a member, with the name.
///
/// # Errors
/// [`Error::Refused`] where there is none, or the person is disabled.
pub fn person(conn: &mut DbConn, email: &Email) -> Result<(PersonId, String), Error> {
    match known(conn, email)? {
        Some((person, name, _, _, false)) => Ok((person, name.unwrap_or_default())),
        Some(_) => Err(Error::Refused(format!("{} is disabled", email.as_str()))),
        None => Err(Error::Refused(format!(
            "nobody has the address {}",
            email.as_str()
        ))),
    }
}

/// Sets a person's password and ends every session of the person. The event stands in the chain of
/// each tenant that lets the person in, or in the installation's.
///
/// # Errors
/// [`Error::Refused`] where nobody has the address.
pub fn set_password(
    conn: &mut DbConn,
    actor: &EventActor,
    email: &Email,
    hash: &str,
    now: Instant,
) -> Result<(), Error> {
    let (person, name) = person(conn, email)?;
    keep_hash(conn, person, hash, now)?;
    end_sessions(conn, person)?;
    throttle::forget(conn, &throttle::account(email))?;
    let (language, recipient): (Option<Language>, Option<String>) = people::table
        .find(person)
        .select((people::language, people::email))
        .first(conn)?;
    let recipient = recipient.unwrap_or_default();
    let mail = NewMail {
        kind: MailKind::PasswordChanged,
        recipient: &recipient,
        language: language.unwrap_or(Language::En),
        tenant: None,
        partner: None,
        invitation: None,
        relationship: None,
        person: Some(person),
        facts: json!({}),
        secret_link: None,
    };
    outbox::enqueue(conn, &mail, now)?;
    let mut tenants: Vec<Option<TenantId>> = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::ended_at.is_null())
        .filter(memberships::tenant_id.is_not_null())
        .order(memberships::tenant_id)
        .select(memberships::tenant_id)
        .load(conn)?;
    if tenants.is_empty() {
        tenants.push(None);
    }
    for tenant in tenants {
        let event = NewEvent {
            actor: actor.clone(),
            tenant,
            subject: Some((person, json!({ "name": name, "email": recipient }))),
            ..NewEvent::by_command(EventKind::PasswordChanged, json!({}))
        };
        chain::append(conn, &event, now)?;
    }
    Ok(())
}
