//! What customers of the sample wrote to partners that they found in the directory.

use super::{
    cast::{FJORD, Place},
    props::{email, name, origin, reads},
};
use crate::{
    access::guards::{BillingAdmin, Guard as _},
    contacting::{
        message::{Message, Writer},
        read,
        send::{Sending, send},
    },
    db::DbConn,
    domain::{
        ContactRequestId, Instant, Language, contact_request::Start, directory::Size, phone::Phone,
        relationship::RelationshipType as Type, text::FreeText,
    },
    error::Error,
    id::Id,
    web::now::Clock,
};

/// Who wrote.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// The tenant's Billing administrator.
    Administrator(Place),
    /// Somebody unknown here: name, address, organization.
    Visitor(&'static str, &'static str, &'static str),
}

/// What became of it.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// Nothing yet; it may have run out.
    Nothing,
    /// Declined so many days before today, with words.
    Declined(i64, &'static str),
    /// The sample's invitation of this type.
    Invited(Type),
}

/// A request of the sample.
#[derive(Debug)]
pub struct Wrote {
    /// Who wrote.
    pub who: Who,
    /// To which partner.
    pub partner: &'static str,
    /// So many days before today.
    pub days_ago: i64,
    /// What is needed.
    pub need: &'static str,
    /// How many people there are, and when to start.
    pub about: (Size, Start),
    /// What became of it.
    pub answer: Answer,
}

/// Every request of the sample.
#[rustfmt::skip]
pub const REQUESTS: &[Wrote] = &[
    Wrote {
        who: Who::Administrator(Place::Company), partner: "Kestrel Support", days_ago: 138,
        need: "Password questions of about 120 people at three sites, from eight to six on working days, for one quarter.",
        about: (Size::Medium, Start::Soon), answer: Answer::Invited(Type::Advisor),
    },
    Wrote {
        who: Who::Administrator(Place::School), partner: FJORD, days_ago: 40,
        need: "Une sauvegarde hors site de nos serveurs de fichiers, environ 4 To, avec un essai de restauration par trimestre.",
        about: (Size::Large, Start::Later), answer: Answer::Nothing,
    },
    Wrote {
        who: Who::Administrator(Place::School), partner: "Brightwater IT", days_ago: 12,
        need: "Nous cherchons quelqu’un pour répondre sur place, deux jours par semaine, aux questions de 85 membres du personnel.",
        about: (Size::Large, Start::Within3Months),
        answer: Answer::Declined(10, "We work on site in the north of England only. Atelier Numérique in Lyon may be closer to you."),
    },
    Wrote {
        who: Who::Administrator(Place::Company), partner: FJORD, days_ago: 6,
        need: "We move our Hull office in spring: 45 people, mail and files to migrate over one weekend, and a help desk for the weeks after.\n\nCould you show us a plan before Christmas?",
        about: (Size::Medium, Start::Within3Months), answer: Answer::Invited(Type::ResellerAndDelegatedAdministrator),
    },
    Wrote {
        who: Who::Administrator(Place::School), partner: FJORD, days_ago: 3,
        need: "Nous sommes un groupe scolaire de 640 élèves et 85 membres du personnel. Nous voulons confier la création des comptes à chaque rentrée, la gestion des licences et les questions de mots de passe.",
        about: (Size::Large, Start::Within3Months), answer: Answer::Nothing,
    },
    Wrote {
        who: Who::Visitor("Jean Martin", "jean.martin@atelier-martin.example", "Atelier Martin"), partner: FJORD, days_ago: 1,
        need: "Twelve workplaces, two of them on the road. We lost our administrator and need somebody who looks after accounts and laptops from January on.",
        about: (Size::Small, Start::Soon), answer: Answer::Nothing,
    },
    Wrote {
        who: Who::Visitor("Greta Holm", "greta@holm-design.example", "Holm Design"), partner: FJORD, days_ago: 20,
        need: "We would like to buy three hundred licences for a design program, delivered by Friday.",
        about: (Size::Small, Start::Soon),
        answer: Answer::Declined(19, "We don’t sell this program. Its maker does so itself."),
    },
];

/// Writes a request.
pub(super) fn ask(
    conn: &mut DbConn,
    (wrote, number): (&Wrote, &str),
    by: Option<&BillingAdmin>,
    at: Instant,
) -> Result<ContactRequestId, Error> {
    let (person, address, organization) = match wrote.who {
        Who::Administrator(_) => {
            let by = by.ok_or(Error::NotFound)?.acting();
            (by.name.clone(), by.email.clone(), None)
        }
        Who::Visitor(person, address, organization) => (
            person.to_owned(),
            address.to_owned(),
            Some(name(organization)?),
        ),
    };
    let writer = match by {
        Some(by) => Writer::Administrator(Box::new(by.acting().clone())),
        None => Writer::Visitor(origin(&address)),
    };
    let message = Message {
        id: Id::at(at),
        partners: vec![number.to_owned()],
        need: text(wrote.need)?,
        name: name(&person)?,
        email: email(&address)?,
        phone: Phone::parse("+44 1632 960 001").map_err(Error::internal)?,
        organization,
        size: wrote.about.0,
        start: wrote.about.1,
        language: match wrote.who {
            Who::Administrator(place) => reads(place).language,
            Who::Visitor(..) => Language::En,
        },
    };
    match send(conn, &writer, &message, &Clock::standing_at(at))? {
        Sending::Sent => {}
        other => return Err(Error::internal(format!("sample: {other:?}"))),
    }
    let made = read::of_message(conn, message.id)?;
    made.first().copied().ok_or(Error::NotFound)
}

pub(super) fn text(words: &str) -> Result<FreeText, Error> {
    let text = FreeText::parse(words).map_err(Error::internal)?;
    text.ok_or_else(|| Error::internal("the sample says nothing"))
}
