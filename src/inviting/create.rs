//! Making invitations.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::{
    addressee::{as_written, tenant_of},
    letter, sender,
    token::new_token,
    withdraw::expire_overdue,
};
use crate::{
    contacting::close::{self, Held},
    db::{
        DbConn,
        schema::{invitation_people, invitation_roles, invitations, memberships, partners},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, Language, MembershipId, PartnerId, PersonId,
        event::EventKind,
        grant::GrantDuration,
        invitation::{Addressee, InvitationStatus, deadline},
        relationship::RelationshipType,
        role::AdminRole,
        text::{FreeText, fold},
    },
    error::Error,
    evidence::chain::{self, EventActor, NewEvent},
    id::Id,
    secret::Secret,
    web::page::Site,
};

/// What a partner wants to send.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// The partner.
    pub partner: PartnerId,
    /// The member of staff who sends it.
    pub sender: MembershipId,
    /// Whom it is for.
    pub addressee: Addressee,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// How long they last; without meaning where there are no roles.
    pub duration: GrantDuration,
    /// The partner's people who get a user account, for the type that gives one.
    pub people: Vec<PersonId>,
    /// How long the link works.
    pub life: TimeDelta,
    /// The language of the mail.
    pub language: Language,
    /// The partner's words.
    pub message: Option<FreeText>,
    /// The partner's own note, never shown to the customer.
    pub reference: Option<String>,
    /// The contact request that it answers, which is held and waits.
    pub answers: Option<Held>,
}

/// The link, shown once.
#[derive(Debug, Clone)]
pub struct Created {
    /// The invitation.
    pub id: InvitationId,
    /// The secret link.
    pub link: String,
}

fn check(conn: &mut DbConn, new: &NewInvitation) -> Result<(), Error> {
    new.relationship_type
        .check_roles(&new.roles)
        .map_err(|e| Error::Refused(e.to_string()))?;
    let suspended: Option<Ts> = partners::table
        .find(new.partner)
        .select(partners::suspended_at)
        .first(conn)?;
    if suspended.is_some() {
        return Err(Error::Refused("the partner is suspended".into()));
    }
    sender::check(conn, new.sender, new.partner, new.relationship_type)
}

/// Makes an invitation, its one link, its event and its mail. An overdue open one of the same
/// partner, addressee and type is marked as expired first, so that it never blocks.
///
/// # Errors
/// [`Error::Refused`] says in words what is in the way: roles that the type can't ask for, a sender
/// whose own roles aren't enough, or an open invitation of the same kind.
pub fn create(
    conn: &mut DbConn,
    actor: &EventActor,
    new: &NewInvitation,
    site: &Site,
    secret: &Secret,
    now: Instant,
) -> Result<Created, Error> {
    check(conn, new)?;
    let expires_at = deadline(now, new.life).map_err(|e| Error::Refused(e.to_string()))?;
    let expired = expire_overdue(conn, new, now)?;
    let id: InvitationId = Id::at(now);
    insert(conn, new, id, (now, expires_at))?;
    let mut roles = new.roles.clone();
    roles.sort_unstable();
    roles.dedup();
    for role in &roles {
        diesel::insert_into(invitation_roles::table)
            .values((
                invitation_roles::invitation_id.eq(id),
                invitation_roles::role.eq(*role),
            ))
            .execute(conn)?;
    }
    if new.relationship_type == RelationshipType::Partner {
        name_people(conn, new, id)?;
    }
    // Its mail goes to whoever wrote the request.
    let answered = match &new.answers {
        Some(held) => Some(close::answer(conn, held, (new.sender, actor), id)?),
        None => None,
    };
    let by = match actor {
        EventActor::Person(acting) => Some(acting.membership),
        EventActor::CommandLine | EventActor::Entente | EventActor::Visitor(_) => None,
    };
    let token = new_token(conn, id, by, now)?;
    let link = site.link(&format!("/invitations/{}", token.reveal()));
    let (partner_name, sender) = partner_and_sender(conn, new)?;
    let facts = json!({
        "partner_name": partner_name,
        "type": new.relationship_type,
        "roles": roles,
        "days": (!roles.is_empty()).then(|| new.duration.in_days()),
        "until": Ts::from(expires_at).text(),
    });
    let chain_tenant = tenant_of(conn, &new.addressee)?;
    letter::enqueue(conn, id, chain_tenant, (secret, &link), now)?;
    if let Some(expired) = expired {
        chain::append(conn, &expired, now)?;
    }
    let event = NewEvent {
        actor: actor.clone(),
        tenant: chain_tenant,
        partner: Some(new.partner),
        invitation: Some(id),
        subject: Some((sender.0, json!({ "name": sender.1 }))),
        ..NewEvent::by_command(EventKind::InvitationCreated, facts)
    };
    chain::append(conn, &event, now)?;
    if let Some(answered) = answered {
        chain::append(conn, &answered, now)?;
    }
    Ok(Created { id, link })
}

/// Writes the row. A public id that nobody has is kept where an address would be: it has no sign
/// that every address has, and a domain that nobody can own, so that no tenant is meant by it.
fn insert(
    conn: &mut DbConn,
    new: &NewInvitation,
    id: InvitationId,
    (now, expires_at): (Instant, Instant),
) -> Result<(), Error> {
    let (tenant, email) = match &new.addressee {
        Addressee::Tenant(tenant) => (Some(*tenant), None),
        Addressee::Email(email) => (None, Some((email.as_str(), email.folded(), email.domain()))),
        Addressee::Nobody(id) => (None, Some((id.as_str(), id.as_str(), ""))),
    };
    let written = as_written(conn, &new.addressee)?;
    let sought = format!("{written} {}", new.reference.as_deref().unwrap_or_default());
    let inserted = diesel::insert_into(invitations::table)
        .values((
            (
                invitations::id.eq(id),
                invitations::partner_id.eq(new.partner),
                invitations::created_by.eq(new.sender),
                invitations::relationship_type.eq(new.relationship_type),
                invitations::addressee.eq(new.addressee.key()),
                invitations::addressed_tenant_id.eq(tenant),
                invitations::email.eq(email.map(|email| email.0)),
                invitations::email_folded.eq(email.map(|email| email.1)),
                invitations::email_domain.eq(email.map(|email| email.2)),
            ),
            (
                invitations::language.eq(new.language),
                invitations::message.eq(new.message.as_ref().map(FreeText::as_str)),
                invitations::reference.eq(new.reference.as_deref()),
                invitations::search_text.eq(fold(&sought)),
                invitations::days.eq((!new.roles.is_empty()).then(|| new.duration.in_days())),
                invitations::state.eq(InvitationStatus::Open),
                invitations::created_at.eq(Ts::from(now)),
                invitations::expires_at.eq(Ts::from(expires_at)),
            ),
        ))
        .execute(conn);
    match inserted {
        Err(error) if crate::db::is_taken(&error) => {
            return Err(Error::Refused(
                "an invitation of this type from this partner is open already".into(),
            ));
        }
        result => result?,
    };
    Ok(())
}

/// Who gets a user account: those named, or else the sender.
fn name_people(conn: &mut DbConn, new: &NewInvitation, id: InvitationId) -> Result<(), Error> {
    let mut named = new.people.clone();
    if named.is_empty() {
        named.push(
            memberships::table
                .find(new.sender)
                .select(memberships::person_id)
                .first(conn)?,
        );
    }
    for person in named {
        let of_staff: i64 = memberships::table
            .filter(memberships::person_id.eq(person))
            .filter(memberships::partner_id.eq(new.partner))
            .filter(memberships::ended_at.is_null())
            .count()
            .get_result(conn)?;
        if of_staff == 0 {
            return Err(Error::Refused(
                "a person named is not of the partner's staff".into(),
            ));
        }
        diesel::insert_into(invitation_people::table)
            .values((
                invitation_people::invitation_id.eq(id),
                invitation_people::person_id.eq(person),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn partner_and_sender(
    conn: &mut DbConn,
    new: &NewInvitation,
) -> Result<(String, (PersonId, String)), Error> {
    use crate::db::schema::people;
    let name = partners::table
        .find(new.partner)
        .select(partners::name)
        .first(conn)?;
    let (person, sender): (PersonId, Option<String>) = memberships::table
        .inner_join(people::table)
        .filter(memberships::id.eq(new.sender))
        .select((people::id, people::name))
        .first(conn)?;
    Ok((name, (person, sender.unwrap_or_default())))
}
