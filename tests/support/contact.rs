//! Partners in the directory, and what customers write to them.

use chrono::TimeDelta;
use entente::{
    access::guards::{AdminAgent, BillingAdmin, Guard},
    contacting::{
        message::{Message, Writer},
        read::of_message,
        send::{Sending, send},
    },
    db::DbConn,
    directory::set_state,
    domain::{
        ContactRequestId, Language,
        contact_request::Start,
        directory::{ProfileState, Size},
        email::Email,
        name::Name,
        text::FreeText,
    },
    id::Id,
};

use super::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    seed::Partner,
};

/// What is usually needed.
pub const NEED: &str = "Accounts and licences for 85 staff, each September.";

impl TestApp {
    /// A partner of the cast takes itself out of the directory.
    pub fn unlists(&self, persona: Persona) {
        let write = |conn: &mut DbConn| {
            let by: AdminAgent = self.guard(conn, persona)?;
            set_state(conn, &by, ProfileState::Hidden, &self.state().clock)?.unwrap();
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// What an administrator wrote to a partner, without pages.
    pub fn asks(&self, persona: Persona, partner: &Partner) -> ContactRequestId {
        let now = self.now();
        let person = self.world().person(persona).clone();
        let message = Message {
            id: Id::at(now),
            partners: vec![partner.number.to_owned()],
            need: FreeText::parse(NEED).unwrap().unwrap(),
            name: Name::parse("Somebody Who Asks").unwrap(),
            email: Email::parse(&person.email).unwrap(),
            phone: None,
            organization: None,
            size: Size::Medium,
            start: Start::Soon,
            language: Language::En,
        };
        let clock = &self.state().clock;
        let write = |conn: &mut DbConn| {
            let by: BillingAdmin = self.guard(conn, persona)?;
            let writer = Writer::Administrator(Box::new(by.acting().clone()));
            assert_eq!(send(conn, &writer, &message, clock)?, Sending::Sent);
            Ok(of_message(conn, message.id)?[0])
        };
        self.state().db.write_here(write).unwrap()
    }
}

impl Actor {
    /// Opens the form for partners, and takes as long as a person does.
    pub async fn picks(&self, app: &TestApp, numbers: &[&str]) -> Page {
        let query: Vec<String> = numbers.iter().map(|n| format!("partner={n}")).collect();
        let page = self
            .opens(&format!("/partners/contact?{}", query.join("&")))
            .await;
        app.passes(TimeDelta::seconds(4));
        page
    }

    /// Sends the form with what is usually typed, and `over` over it.
    pub async fn writes(&self, page: &Page, over: &[(&str, &str)]) -> Page {
        let mut fields = vec![("need", NEED), ("size", "50-249")];
        if self.persona == Persona::Anonymous {
            fields.push(("name", "Jean Martin"));
            fields.push(("email", "jean@elsewhere.example"));
            fields.push(("organization", "Atelier Martin"));
        }
        fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
        fields.extend_from_slice(over);
        self.presses(page, "Send", &fields).await
    }
}
