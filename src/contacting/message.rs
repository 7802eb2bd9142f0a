//! What a customer writes.

use crate::{
    access::acting::Acting,
    domain::{
        ContactMessageId, Language, contact_request::Start, directory::Size, email::Email,
        name::Name, phone::Phone, text::FreeText,
    },
    evidence::chain::{EventActor, Visitor},
    web::request::Origin,
};

/// A message, with everything in it read.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id, which the form brought.
    pub id: ContactMessageId,
    /// The public numbers of the partners that it is for.
    pub partners: Vec<String>,
    /// What is needed.
    pub need: FreeText,
    /// Who writes.
    pub name: Name,
    /// Where replies go.
    pub email: Email,
    /// A number to call.
    pub phone: Option<Phone>,
    /// The organization of somebody who isn't known here.
    pub organization: Option<Name>,
    /// How many people it has.
    pub size: Size,
    /// When to start.
    pub start: Start,
    /// The language of the page.
    pub language: Language,
}

/// Who sends it.
#[derive(Debug, Clone)]
pub enum Writer {
    /// An administrator, for the tenant.
    Administrator(Box<Acting>),
    /// Somebody for whom nothing here speaks.
    Visitor(Origin),
}

impl Writer {
    /// Where the request came from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Administrator(acting) => &acting.origin,
            Self::Visitor(origin) => origin,
        }
    }

    /// The administrator, if it is one.
    #[must_use]
    pub fn administrator(&self) -> Option<&Acting> {
        match self {
            Self::Administrator(acting) => Some(acting),
            Self::Visitor(_) => None,
        }
    }

    /// Who did it, as events tell it.
    #[must_use]
    pub fn actor(&self, message: &Message) -> EventActor {
        match self {
            Self::Administrator(acting) => EventActor::Person(acting.clone()),
            Self::Visitor(origin) => EventActor::Visitor(Box::new(Visitor {
                name: message.name.as_str().to_owned(),
                email: message.email.as_str().to_owned(),
                origin: origin.clone(),
            })),
        }
    }
}
