//! Answering an invitation: one transaction each, with the state and the right read again inside.

use diesel::prelude::*;
use serde_json::json;

use super::{
    create::kill_tokens,
    find::{self, Invitation},
};
use crate::{
    access::{
        acting,
        guards::{BillingAdmin, Guard},
    },
    db::{
        DbConn, is_taken,
        schema::{invitations, memberships, people, relationships, renewal_requests, tenants},
        types::Ts,
    },
    domain::{
        Instant, InvitationId, Language, MembershipId, RelationshipId,
        event::EventKind,
        grant::{Grant, GrantDuration},
        invitation::{InvitationState, InvitationStatus, Terms, TermsChange},
        membership::{MemberRole, may_accept},
        relationship::RelationshipType,
        role::AdminRole,
        text::FreeText,
    },
    error::Error,
    evidence::{
        acceptance::{Accepted, Act, Authorized, record_acceptance, record_authorization},
        agreement::{self, Standing},
        chain::{self, NewEvent},
        grants,
    },
    id::Id,
    on_each,
    work::outbox::{self, MailKind, NewMail},
};

/// The terms that hold for a tenant now; `None` where the operator published no agreement.
///
/// # Errors
/// The database's.
pub fn terms(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    language: Language,
    now: Instant,
) -> Result<Option<(Terms, Standing)>, Error> {
    let standing = agreement::standing(conn, by.scope(), by.tenant()?, language, now)?;
    let Some(standing) = standing else {
        return Ok(None);
    };
    let terms = Terms {
        relationship_type: invitation.relationship_type,
        roles: invitation.roles.clone(),
        days: invitation.days,
        people: invitation
            .people
            .iter()
            .map(|(person, _)| *person)
            .collect(),
        agreement_version: standing.version.id,
        agreement_language: standing.text.language,
        agreement_sha256: standing.text.sha256_hex(),
        accepts_agreement: !standing.suffices,
    };
    Ok(Some((terms, standing)))
}

/// Whether somebody with these roles may accept this invitation, by the tenant's setting as it is
/// now.
///
/// # Errors
/// The database's.
pub fn may(
    conn: &mut DbConn,
    by: &BillingAdmin,
    roles: &[MemberRole],
    invitation: &Invitation,
) -> Result<bool, Error> {
    let billing_may: bool = tenants::table
        .find(by.scope().tenant())
        .select(tenants::billing_may_accept_roles)
        .first(conn)?;
    Ok(may_accept(roles, !invitation.roles.is_empty(), billing_may))
}

/// What became of the wish to accept.
#[derive(Debug)]
pub enum Accepting {
    /// Accepted: the relationship that it made or joined.
    Accepted(RelationshipId),
    /// It has an outcome already, or the partner is suspended; nothing was written.
    NotOpen,
    /// Only a Global administrator may; nothing was written.
    MayNot,
    /// The terms changed since they were shown; nothing was written.
    Changed(Vec<TermsChange>),
    /// The operator published no agreement; nothing was written.
    NoAgreement,
    /// The agreement is to be accepted, and the box was left empty; nothing was written.
    NoConsent,
}

/// What the person sent: the terms that were shown, and what was done with them.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The terms that the form carried.
    pub shown: Terms,
    /// The act, word for word.
    pub act: Act,
}

/// Accepts an invitation: state and right checked again, then acceptance, relationship, grants,
/// events and mail together, or nothing.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's invitation; the database's.
pub fn accept(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    wish: &Wish,
    now: Instant,
) -> Result<Accepting, Error> {
    lock(conn, id)?;
    let invitation = find::find(conn, by.scope(), id, now)?;
    let me = by.acting().membership;
    let Ok(accepted) = invitation.state.accept(invitation.expires_at, me, now) else {
        return Ok(Accepting::NotOpen);
    };
    if invitation.partner.suspended {
        return Ok(Accepting::NotOpen);
    }
    let held = acting::held_roles(conn, by.acting())?;
    if !may(conn, by, &held, &invitation)? {
        return Ok(Accepting::MayNot);
    }
    let Some((terms, standing)) = terms(conn, by, &invitation, wish.shown.agreement_language, now)?
    else {
        return Ok(Accepting::NoAgreement);
    };
    let changes = terms.changes_since(&wish.shown);
    if !changes.is_empty() {
        return Ok(Accepting::Changed(changes));
    }
    if terms.accepts_agreement && wish.act.statement.is_empty() {
        return Ok(Accepting::NoConsent);
    }
    close(conn, by, &invitation, accepted, None, now)?;
    let given = give(&invitation, now)?;
    let acceptance = if let (Some(accepted), true) = (&standing.accepted, standing.suffices) {
        accepted.id
    } else {
        let what = Accepted {
            version: &standing.version,
            text: &standing.text,
            invitation: Some(id),
            grants: &given,
        };
        record_acceptance(conn, by, &what, &wish.act, now)?
    };
    let relationship = relate(conn, by, &invitation, now)?;
    let what = Authorized {
        invitation: id,
        partner: (
            invitation.partner.id,
            &invitation.partner.name,
            &invitation.partner.number,
        ),
        relationship,
        relationship_type: invitation.relationship_type,
        grants: &given,
        acceptance,
        document: (&standing.version, &standing.text),
    };
    let act = Act {
        statement: if terms.accepts_agreement {
            wish.act.statement.clone()
        } else {
            String::new()
        },
        ..wish.act.clone()
    };
    for grant in &given {
        grants::replace(conn, relationship, grant.role, now)?;
    }
    admit_people(conn, by, &invitation, now)?;
    tell(conn, by, &invitation, MailKind::InvitationAccepted, now)?;
    let authorization = record_authorization(conn, by, &what, &act, now)?;
    for grant in &given {
        let (tenant, partner) = (by.scope().tenant(), invitation.partner.id);
        grants::insert(conn, grant, tenant, partner, relationship, authorization)?;
    }
    grants::refresh_copies(conn, relationship, None)?;
    Ok(Accepting::Accepted(relationship))
}

/// Holds the invitation's row on Postgres until the end, so that others wait.
fn lock(conn: &mut DbConn, id: InvitationId) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let _: Vec<InvitationId> = invitations::table
            .find(id)
            .select(invitations::id)
            .for_update()
            .load(conn)?;
    }
    Ok(())
}

/// Writes an answer. The old state stands in the condition: where somebody else was first, nothing
/// is written.
fn close(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    state: InvitationState,
    reason: Option<&FreeText>,
    now: Instant,
) -> Result<(), Error> {
    let open = invitations::table
        .find(invitation.id)
        .filter(invitations::state.eq(InvitationStatus::Open));
    let changed = diesel::update(open)
        .set((
            invitations::state.eq(state.status()),
            invitations::answered_tenant_id.eq(Some(by.scope().tenant())),
            invitations::closed_at.eq(Some(Ts::from(now))),
            invitations::closed_by.eq(Some(by.acting().membership)),
            invitations::decline_reason.eq(reason.map(FreeText::as_str)),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the invitation was answered meanwhile".into(),
        ));
    }
    kill_tokens(conn, invitation.id, now)?;
    outbox::drop_invitation(conn, invitation.id, now)
}

/// The active relationship of this tenant, partner and type: the one there is, or a new one.
fn relate(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    now: Instant,
) -> Result<RelationshipId, Error> {
    let existing: Option<RelationshipId> = relationships::table
        .filter(relationships::tenant_id.eq(by.scope().tenant()))
        .filter(relationships::partner_id.eq(invitation.partner.id))
        .filter(relationships::relationship_type.eq(invitation.relationship_type))
        .filter(relationships::state.eq("active"))
        .select(relationships::id)
        .first(conn)
        .optional()?;
    if let Some(id) = existing {
        return Ok(id);
    }
    let id: RelationshipId = Id::at(now);
    let inserted = diesel::insert_into(relationships::table)
        .values((
            relationships::id.eq(id),
            relationships::tenant_id.eq(by.scope().tenant()),
            relationships::partner_id.eq(invitation.partner.id),
            relationships::relationship_type.eq(invitation.relationship_type),
            relationships::state.eq("active"),
            relationships::since.eq(Ts::from(now)),
            relationships::sort_name.eq(""),
            relationships::search_text.eq(""),
            relationships::had_roles.eq(false),
            relationships::sort_end.eq(""),
        ))
        .execute(conn);
    match inserted {
        // Another invitation of the same partner and type was accepted at this very moment.
        Err(error) if is_taken(&error) => Err(Error::Conflict(
            "the same partner was authorized meanwhile".into(),
        )),
        result => {
            result?;
            Ok(id)
        }
    }
}

fn give(invitation: &Invitation, now: Instant) -> Result<Vec<Grant>, Error> {
    let days = invitation.days.unwrap_or(GrantDuration::DEFAULT.in_days());
    let duration = GrantDuration::days(days).map_err(Error::internal)?;
    let until = duration.end_from(now);
    let give =
        |role: &AdminRole| Grant::give(Id::at(now), *role, now, until).map_err(Error::internal);
    invitation.roles.iter().map(give).collect()
}

/// Makes each named member of staff a user of the tenant, marked as the partner's, without any
/// role: those the tenant decides.
fn admit_people(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    now: Instant,
) -> Result<(), Error> {
    if invitation.relationship_type != RelationshipType::Partner {
        return Ok(());
    }
    for (person, _) in &invitation.people {
        let id: MembershipId = Id::at(now);
        on_each!(conn, c => diesel::insert_into(memberships::table)
            .values((
                memberships::id.eq(id),
                memberships::person_id.eq(*person),
                memberships::side.eq("tenant"),
                memberships::tenant_id.eq(Some(by.scope().tenant())),
                memberships::for_partner_id.eq(Some(invitation.partner.id)),
                memberships::created_at.eq(Ts::from(now)),
            ))
            .on_conflict_do_nothing()
            .execute(c)?);
    }
    Ok(())
}

/// Writes one mail to each side.
fn tell(
    conn: &mut DbConn,
    by: &BillingAdmin,
    invitation: &Invitation,
    kind: MailKind,
    now: Instant,
) -> Result<(), Error> {
    let acting = by.acting();
    let tenant = by.tenant()?;
    let facts = json!({
        "partner_name": invitation.partner.name,
        "tenant_name": tenant.name,
        "type": invitation.relationship_type,
        "roles": invitation.roles,
    });
    let (sender, language): (Option<String>, Option<Language>) = invitations::table
        .inner_join(memberships::table.on(memberships::id.eq(invitations::created_by)))
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(invitations::id.eq(invitation.id))
        .select((people::email, people::language))
        .first(conn)?;
    let ours = acting.language.unwrap_or(Language::En);
    let recipients = [
        (Some(acting.email.clone()), ours),
        (sender, language.unwrap_or(Language::En)),
    ];
    for (recipient, language) in recipients {
        let Some(recipient) = recipient else { continue };
        let mail = NewMail {
            kind,
            recipient: &recipient,
            language,
            tenant: Some(tenant.id),
            partner: Some(invitation.partner.id),
            invitation: Some(invitation.id),
            relationship: None,
            person: None,
            facts: facts.clone(),
            secret_link: None,
        };
        outbox::enqueue(conn, &mail, now)?;
    }
    Ok(())
}

/// Declines an open invitation. Returns whether it was open.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's invitation; the database's.
pub fn decline(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    reason: Option<&FreeText>,
    now: Instant,
) -> Result<bool, Error> {
    lock(conn, id)?;
    let invitation = find::find(conn, by.scope(), id, now)?;
    let me = by.acting().membership;
    let Ok(declined) = invitation.state.decline(invitation.expires_at, me, now) else {
        return Ok(false);
    };
    close(conn, by, &invitation, declined, reason, now)?;
    tell(conn, by, &invitation, MailKind::InvitationDeclined, now)?;
    let facts = json!({
        "partner_name": invitation.partner.name,
        "type": invitation.relationship_type,
    });
    let event = NewEvent {
        partner: Some(invitation.partner.id),
        invitation: Some(id),
        text: reason.map(|reason| reason.as_str().to_owned()),
        ..NewEvent::by(by.acting(), EventKind::InvitationDeclined, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(true)
}

/// Asks the partner for a new link, once for each invitation that ran out. Asking again is no
/// error and changes nothing.
///
/// # Errors
/// [`Error::Conflict`] where the invitation didn't run out; [`Error::NotFound`] for a stranger's.
pub fn request_renewal(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    now: Instant,
) -> Result<(), Error> {
    lock(conn, id)?;
    let invitation = find::find(conn, by.scope(), id, now)?;
    if invitation.state.status() != InvitationStatus::Expired {
        return Err(Error::Conflict("the invitation has not run out".into()));
    }
    if invitation.renewal_requested_at.is_some() {
        return Ok(());
    }
    diesel::insert_into(renewal_requests::table)
        .values((
            renewal_requests::invitation_id.eq(id),
            renewal_requests::tenant_id.eq(by.scope().tenant()),
            renewal_requests::requested_by.eq(by.acting().membership),
            renewal_requests::requested_at.eq(Ts::from(now)),
        ))
        .execute(conn)?;
    let facts = json!({ "partner_name": invitation.partner.name });
    let event = NewEvent {
        partner: Some(invitation.partner.id),
        invitation: Some(id),
        ..NewEvent::by(by.acting(), EventKind::RenewalRequested, facts)
    };
    chain::append(conn, &event, now).map(drop)
}
