//! Events told to people: who, what, when and from where, with what is personal where it wasn't
//! erased.

pub mod asked;
pub mod change;
mod complete;
pub mod entry;
mod named;
pub mod placed;
mod read;
mod sentence;

use serde_json::Value;

use crate::domain::{
    EventId, Instant, InvitationId, PartnerId, PersonId, RelationshipId, TenantId,
    event::{EventKind, Outcome},
    membership::{MemberRole, Side},
};
pub use named::{partners_named, people_named};
pub use read::{
    count, count_for_partner, head, measured, told, told_from, told_of, told_to_partner,
};
pub use sentence::{
    Around, Line, actor_words, around, capitalized, line, party_words, placed, sentence, tone,
};

/// Who did it, as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldActor {
    /// Somebody who was signed in.
    Person {
        /// The name at that time; `None` when erased.
        name: Option<String>,
        /// The side acted on.
        side: Side,
        /// The first of the roles held at that time.
        role: Option<MemberRole>,
    },
    /// The operator, at the command line of the machine.
    CommandLine,
    /// Nobody: it happened by itself.
    Entente,
    /// Somebody who wasn't signed in.
    Visitor {
        /// The name that was typed; `None` when erased.
        name: Option<String>,
    },
}

/// An event, told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: EventId,
    /// Its number in its chain.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// What happened.
    pub kind: EventKind,
    /// Whether it happened.
    pub outcome: Outcome,
    /// Who did it.
    pub actor: ToldActor,
    /// The partner that it concerns, by the name it has now.
    pub partner: Option<(PartnerId, String)>,
    /// The tenant in whose chain it stands, by the name it has now.
    pub tenant: Option<String>,
    /// The relationship that it concerns.
    pub relationship: Option<RelationshipId>,
    /// The invitation that it concerns.
    pub invitation: Option<InvitationId>,
    /// The person that it concerns; `None` when erased.
    pub subject_name: Option<String>,
    /// What somebody typed; `None` when erased.
    pub text: Option<String>,
    /// Where the request came from.
    pub client_address: Option<String>,
    /// The request.
    pub request_id: Option<String>,
    /// What changed.
    pub facts: Value,
}

/// Which events are told.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those that concern a partner.
    pub partner: Option<PartnerId>,
    /// Those that concern a relationship of a tenant's: its own, those about the invitations that it
    /// came of, and removals, which take the roles of all that the partner has there.
    pub relationship: Option<(TenantId, RelationshipId)>,
    /// Those that concern an invitation.
    pub invitation: Option<InvitationId>,
    /// One, by its id.
    pub event: Option<EventId>,
    /// Those that a person did.
    pub person: Option<PersonId>,
    /// Those of these kinds.
    pub kinds: Option<Vec<EventKind>>,
    /// Those with this outcome.
    pub outcome: Option<Outcome>,
    /// Those from then on.
    pub since: Option<Instant>,
    /// Those before then.
    pub until: Option<Instant>,
    /// Those with a lower number, within one chain.
    pub before: Option<i64>,
    /// Those that come after this one in a list of the newest first, over all chains.
    pub older: Option<(Instant, EventId)>,
    /// How many at most.
    pub limit: i64,
}

impl Filter {
    /// Whether it leaves anything out, wherever the page begins.
    #[must_use]
    pub const fn narrows(&self) -> bool {
        self.kinds.is_some()
            || self.outcome.is_some()
            || self.partner.is_some()
            || self.person.is_some()
            || self.since.is_some()
            || self.until.is_some()
    }

    /// The newest of all.
    #[must_use]
    pub fn newest(limit: i64) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }
}
