//! Who did what an event tells.

use serde_json::{Value, json};

use crate::{
    access::acting::Acting,
    domain::{PersonId, membership::Side},
    web::request::Origin,
};

/// Who did it.
#[derive(Debug, Clone)]
pub enum EventActor {
    /// Somebody who was signed in.
    Person(Box<Acting>),
    /// The operator, at the command line of the machine.
    CommandLine,
    /// Nobody: it happens by itself.
    Entente,
    /// Somebody who wasn't signed in, and said so of themselves.
    Visitor(Box<Visitor>),
}

/// Somebody who wasn't signed in: what was typed, which nobody has looked into.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// Where the request came from.
    pub origin: Origin,
}

impl EventActor {
    /// Somebody who is signed in, as of now.
    #[must_use]
    pub fn of(acting: &Acting) -> Self {
        Self::Person(Box::new(acting.clone()))
    }

    /// Who it was, without what is personal.
    pub(super) fn told(&self) -> Value {
        match self {
            Self::Person(acting) => json!({
                "kind": "person",
                "person": acting.person,
                "membership": acting.membership,
                "side": acting.side,
                "roles": acting.roles,
                "on_behalf_of": match acting.side {
                    Side::Tenant => json!({ "tenant": acting.tenant.as_ref().map(|t| t.id) }),
                    Side::Partner => json!({ "partner": acting.partner.as_ref().map(|p| p.id) }),
                    Side::Operator => json!({ "operator": true }),
                },
            }),
            Self::CommandLine => json!({ "kind": "command_line" }),
            Self::Entente => json!({ "kind": "entente" }),
            Self::Visitor(_) => json!({ "kind": "visitor" }),
        }
    }

    /// What is personal about whoever it was.
    pub(super) fn personal(&self) -> Option<(Option<PersonId>, Value)> {
        match self {
            Self::Person(acting) => Some((Some(acting.person), actor_data(acting))),
            Self::Visitor(visitor) => {
                let data = data(&visitor.name, &visitor.email, &visitor.origin);
                Some((None, data))
            }
            Self::CommandLine | Self::Entente => None,
        }
    }

    /// The person, where we know one.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(acting) => Some(acting.person),
            Self::CommandLine | Self::Entente | Self::Visitor(_) => None,
        }
    }

    /// The request by which it was done.
    pub(super) fn request(&self) -> Option<String> {
        match self {
            Self::Person(acting) => Some(acting.origin.request_id.to_string()),
            Self::Visitor(visitor) => Some(visitor.origin.request_id.to_string()),
            Self::CommandLine | Self::Entente => None,
        }
    }
}

/// What is personal about somebody who acts.
#[must_use]
pub fn actor_data(acting: &Acting) -> Value {
    data(&acting.name, &acting.email, &acting.origin)
}

fn data(name: &str, email: &str, origin: &Origin) -> Value {
    json!({
        "name": name,
        "email": email,
        "client_address": origin.client.to_string(),
        "peer_address": origin.peer.to_string(),
        "user_agent": origin.user_agent,
    })
}
