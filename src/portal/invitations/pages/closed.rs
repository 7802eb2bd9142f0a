//! What became of an invitation.

use askama::Template;

use super::{super::store::invitation::Invitation, list::look, review::Facts};
use crate::{
    domain::{
        Instant, RelationshipId,
        invitation::{InvitationState, InvitationStatus},
    },
    web::page::Shell,
};

/// An invitation with its outcome, and what is left to do.
#[derive(Template)]
#[template(path = "invitations/closed.html")]
pub(super) struct ClosedPage {
    shell: Shell,
    tenant: String,
    invitation: Invitation,
    status: InvitationStatus,
    look: (&'static str, &'static str),
    at: Instant,
    relationship: Option<RelationshipId>,
    conflict: bool,
}

impl ClosedPage {
    /// The page for an invitation that has an outcome; `conflict` where somebody came too late.
    pub fn new(shell: Shell, tenant: String, facts: Facts, conflict: bool) -> Self {
        let status = facts.invitation.state.status();
        Self {
            shell,
            tenant,
            status,
            look: look(status),
            at: closed_at(&facts.invitation),
            invitation: facts.invitation,
            relationship: facts.relationship,
            conflict,
        }
    }

    /// Whether a new link can be asked for.
    fn may_ask(&self) -> bool {
        self.status == InvitationStatus::Expired && self.invitation.renewal_requested_at.is_none()
    }

    /// Whether there is anything to do but to leave.
    fn leads_on(&self) -> bool {
        self.may_ask() || self.relationship.is_some()
    }
}

/// When the outcome came; the deadline where there is none yet.
const fn closed_at(invitation: &Invitation) -> Instant {
    match invitation.state {
        InvitationState::Open => invitation.expires_at,
        InvitationState::Accepted { at, .. }
        | InvitationState::Declined { at, .. }
        | InvitationState::Withdrawn { at, .. }
        | InvitationState::Expired { at } => at,
    }
}
