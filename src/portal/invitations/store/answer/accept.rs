//! Accepting.

use diesel::prelude::*;

use super::{
    super::{find, invitation::Invitation, row::hold_named},
    close::{close, expire, tell},
    terms::{accepters, terms},
};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::{
        DbConn,
        schema::{memberships, relationships},
        types::Ts,
        word,
    },
    domain::{
        Instant, InvitationId, MembershipId, RelationshipId,
        grant::{Grant, GrantDuration},
        invitation::{Terms, TermsChange},
        membership::MayNot,
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    evidence::{
        acceptance::{Accepted, Act, Authorized, record_acceptance, record_authorization},
        grants,
    },
    id::Id,
    inviting::held::lock,
    on_each,
    web::now::Clock,
    work::{outbox::MailKind, receipt},
};

/// What became of the wish to accept.
#[derive(Debug)]
pub enum Accepting {
    /// Accepted: the relationship that it made or joined.
    Accepted(RelationshipId),
    /// It has an outcome already, or the partner is suspended; nothing was written.
    NotOpen,
    /// Somebody else may; nothing was written.
    MayNot(MayNot),
    /// The terms changed since they were shown; nothing was written.
    Changed(Vec<TermsChange>),
    /// The operator published no agreement; nothing was written.
    NoAgreement,
    /// The agreement is to be accepted, and the box was left empty; nothing was written.
    NoConsent,
}

/// The act, word for word, over the title of the agreement that holds.
pub type Acted = Box<dyn Fn(&str) -> Act + Send>;

/// What the person sent: the terms that were shown, and what was done with them.
pub struct Wish {
    /// The terms that the form carried.
    pub shown: Terms,
    /// The act.
    pub act: Acted,
}

/// Accepts an invitation: state and right checked again, then acceptance, relationship, grants,
/// events and mail together, or nothing. The clock is read when everything is held, so that nothing
/// is accepted late that was sent in time and waited. One that comes too late is recorded as
/// expired, which it then stays.
///
/// # Errors
/// [`Error::NotFound`] for a stranger's invitation; the database's.
pub fn accept(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    wish: &Wish,
    clock: &Clock,
) -> Result<Accepting, Error> {
    lock(conn, id)?;
    // All that others may hold comes before the first event, which takes the chain's head.
    let partner = hold_named(conn, id)?;
    grants::hold(conn, by.scope().with(partner))?;
    let now = clock.now();
    let invitation = find::find(conn, by.scope(), id, now)?;
    let me = by.acting().membership;
    let Ok(accepted) = invitation.state.accept(invitation.expires_at, me, now) else {
        expire(conn, by, &invitation, now)?;
        return Ok(Accepting::NotOpen);
    };
    if invitation.partner.suspended {
        return Ok(Accepting::NotOpen);
    }
    if let Err(why) = accepters(conn, by, &invitation)?.this_one {
        return Ok(Accepting::MayNot(why));
    }
    let Some((terms, standing)) = terms(conn, by, &invitation, wish.shown.page_language, now)?
    else {
        return Ok(Accepting::NoAgreement);
    };
    let changes = terms.changes_since(&wish.shown);
    if !changes.is_empty() {
        return Ok(Accepting::Changed(changes));
    }
    let act = (wish.act)(&standing.text.title);
    if terms.accepts_agreement && act.statement.is_empty() {
        return Ok(Accepting::NoConsent);
    }
    close(conn, by, &invitation, accepted, None, now)?;
    let given = give(&invitation, now)?;
    let relationship = relate(conn, by, &invitation, now)?;
    for grant in &given {
        grants::replace(conn, relationship, grant.role, now)?;
    }
    admit_people(conn, by, &invitation, now)?;
    let told = (MailKind::InvitationAccepted, Some(relationship), None);
    tell(conn, by, &invitation, told, now)?;
    let acceptance = if let (Some(accepted), true) = (&standing.accepted, standing.suffices) {
        accepted.id
    } else {
        let what = Accepted {
            version: &standing.version,
            text: &standing.text,
            invitation: Some(id),
            grants: &given,
        };
        let id = record_acceptance(conn, by, &what, &act, now)?;
        receipt::tell(conn, by, id, (&standing.version, &standing.text), now)?;
        id
    };
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
            act.statement
        } else {
            String::new()
        },
        ..act
    };
    let authorization = record_authorization(conn, by, &what, &act, now)?;
    for grant in &given {
        let (tenant, partner) = (by.scope().tenant(), invitation.partner.id);
        grants::insert(conn, grant, tenant, partner, relationship, authorization)?;
    }
    grants::refresh_copies(conn, relationship, None)?;
    Ok(Accepting::Accepted(relationship))
}

/// The active relationship of this tenant, partner and type: the one there is, or a new one. The
/// tenant is held, so that nobody makes the same one meanwhile.
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
        .filter(relationships::state.eq(word::Active))
        .select(relationships::id)
        .first(conn)
        .optional()?;
    if let Some(id) = existing {
        return Ok(id);
    }
    let id: RelationshipId = Id::at(now);
    diesel::insert_into(relationships::table)
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
        .execute(conn)?;
    Ok(id)
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
