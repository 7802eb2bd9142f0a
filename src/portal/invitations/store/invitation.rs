//! An invitation as its pages show it.

use crate::domain::{
    Instant, InvitationId, PartnerId, PersonId,
    invitation::InvitationState,
    relationship::RelationshipType,
    role::{AdminRole, Reach},
};

/// The partner as an invitation shows it.
#[derive(Debug, Clone)]
pub struct Inviter {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its public partner id.
    pub number: String,
    /// Its domain.
    pub domain: Option<String>,
    /// Where it is.
    pub city: Option<String>,
    /// ISO 3166 code.
    pub country: String,
    /// Whom to talk to.
    pub contact_name: Option<String>,
    /// Its address.
    pub contact_email: Option<String>,
    /// Its telephone.
    pub contact_phone: Option<String>,
    /// Whether the operator suspended it.
    pub suspended: bool,
}

/// An invitation with everything that its pages show.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub partner: Inviter,
    /// The member of staff who made it.
    pub sender: String,
    /// The type of relationship.
    pub relationship_type: RelationshipType,
    /// The roles that it asks for.
    pub roles: Vec<AdminRole>,
    /// How long they would last, in days.
    pub days: Option<i32>,
    /// The partner's people who would get a user account.
    pub people: Vec<(PersonId, String)>,
    /// The partner's words.
    pub message: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it stops working.
    pub expires_at: Instant,
    /// What became of it, by the clock.
    pub state: InvitationState,
    /// Who answered it.
    pub answered_by: Option<String>,
    /// Why it was declined.
    pub decline_reason: Option<String>,
    /// When the customer asked for a new link.
    pub renewal_requested_at: Option<Instant>,
    /// Whom it is for, as the partner typed it or by name.
    pub addressee: String,
}

impl Invitation {
    /// How far the partner would reach.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.relationship_type.reach(&self.roles)
    }

    /// Whether it asks for full control.
    #[must_use]
    pub fn full_control(&self) -> bool {
        self.roles.iter().any(|role| role.full_control())
    }
}
