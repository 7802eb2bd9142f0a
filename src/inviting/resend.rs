//! Sending an open invitation again: a new link and a new deadline, and the old link is dead.

use diesel::prelude::*;
use serde_json::json;

use super::{
    create::Created,
    held::lock,
    letter,
    quota::{self, Claim, Spent},
    token::{kill_tokens, new_token},
    withdraw::tenant_of_row,
};
use crate::{
    access::guards::{Guard, Inviter},
    db::{
        DbConn, prepared,
        schema::{invitation_roles, invitation_tokens, invitations},
        types::Ts,
        word,
    },
    domain::{
        Instant, InvitationId, TenantId,
        event::EventKind,
        invitation::{InvitationState, InvitationStatus, deadline},
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    secret::Secret,
    web::{now::Clock, page::Site},
    work::outbox,
};

/// What became of the wish to send again.
#[derive(Debug, Clone)]
pub enum Resent {
    /// The new link.
    Sent(Created),
    /// A limit is reached.
    Spent(Spent),
    /// The invitation has an outcome, which is final.
    Over,
}

type Row = (
    (InvitationStatus, Ts, RelationshipType),
    (Option<TenantId>, Option<String>),
);

/// Sends an open invitation of the actor's partner again. The new link works for as long as the
/// last one did.
///
/// # Errors
/// [`Error::NotFound`] for another partner's, [`Error::Denied`] where the actor's role isn't
/// enough.
pub fn resend(
    conn: &mut DbConn,
    by: &Inviter,
    id: InvitationId,
    (site, secret): (&Site, &Secret),
    clock: &Clock,
) -> Result<Resent, Error> {
    let partner = by.scope().partner();
    let addressee: String = invitations::table
        .find(id)
        .filter(invitations::partner_id.eq(partner))
        .select(invitations::addressee)
        .first(conn)?;
    let claim = Claim {
        partner,
        sender: by.acting().membership,
        addressee: &addressee,
    };
    let turn = quota::turn(conn, &claim, clock)?;
    lock(conn, id)?;
    // Whoever held it may have kept us waiting.
    let now = clock.now();
    let ((status, expires_at, kind), (tenant, domain)) = find(conn, id)?;
    by.may_send(conn, kind)?;
    kind.check_roles(&roles(conn, id)?)
        .map_err(|error| Error::Refused(error.to_string()))?;
    let open = status == InvitationStatus::Open
        && InvitationState::Open
            .resend(expires_at.instant(), now)
            .is_ok();
    if !open {
        return Ok(Resent::Over);
    }
    if let Err(spent) = turn {
        return Ok(Resent::Spent(spent));
    }
    let until = move_deadline(conn, id, expires_at.instant(), now)?;
    kill_tokens(conn, id, now)?;
    outbox::drop_invitation(conn, id, now)?;
    let token = new_token(conn, id, Some(claim.sender), now)?;
    let link = site.link(&format!("/invitations/{}", token.reveal()));
    let tenant = tenant_of_row(conn, tenant, domain)?;
    letter::enqueue(conn, id, tenant, (secret, &link), now)?;
    let facts = json!({
        "partner_name": by.acting().organization(),
        "type": kind,
        "until": Ts::from(until).text(),
    });
    let event = NewEvent {
        tenant,
        invitation: Some(id),
        ..NewEvent::by(by.acting(), EventKind::InvitationResent, facts)
    };
    chain::append(conn, &event, now)?;
    Ok(Resent::Sent(Created { id, link }))
}

fn find(conn: &mut DbConn, id: InvitationId) -> Result<Row, Error> {
    Ok(invitations::table
        .find(id)
        .select((
            (
                invitations::state,
                invitations::expires_at,
                invitations::relationship_type,
            ),
            (invitations::addressed_tenant_id, invitations::email_domain),
        ))
        .first(conn)?)
}

fn roles(conn: &mut DbConn, id: InvitationId) -> Result<Vec<AdminRole>, Error> {
    Ok(invitation_roles::table
        .filter(invitation_roles::invitation_id.eq(id))
        .select(invitation_roles::role)
        .load(conn)?)
}

/// Gives the invitation as long as its last link had. The old deadline stands in the condition.
fn move_deadline(
    conn: &mut DbConn,
    id: InvitationId,
    expires_at: Instant,
    now: Instant,
) -> Result<Instant, Error> {
    let made: Ts = invitation_tokens::table
        .filter(invitation_tokens::invitation_id.eq(id))
        .order(invitation_tokens::created_at.desc())
        .select(invitation_tokens::created_at)
        .first(conn)?;
    let until = deadline(now, expires_at - made.instant())
        .map_err(|error| Error::Refused(error.to_string()))?;
    let open = invitations::table
        .find(id)
        .filter(invitations::state.eq(word::Open))
        .filter(invitations::expires_at.eq(Ts::from(expires_at)));
    let changed = prepared(diesel::update(open).set(invitations::expires_at.eq(Ts::from(until))))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the invitation was answered meanwhile".into(),
        ));
    }
    Ok(until)
}
