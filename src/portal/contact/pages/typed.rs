//! The form as it was typed, and what it means.

use crate::{
    contacting::message::Message,
    domain::{
        ContactMessageId, Language,
        contact_request::{SHORTEST_NEED, Start},
        directory::{MOST_CHOSEN, Size},
        email::Email,
        name::{Name, NameRefused},
        phone::Phone,
        text::FreeText,
    },
    error::Error,
    web::form::{LONGEST, Mistakes, fields},
};

/// What was typed and chosen, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The public numbers of the partners, each once.
    pub partners: Vec<String>,
    /// What is needed.
    pub need: String,
    /// Who writes.
    pub name: String,
    /// Where replies go.
    pub email: String,
    /// A number to call.
    pub phone: String,
    /// The organization, of somebody who isn't signed in.
    pub organization: String,
    /// How many people it has.
    pub size: String,
    /// When to start.
    pub start: String,
    /// What shows that the form is ours.
    pub ticket: String,
    /// What nobody sees, and only programs fill in.
    pub website: String,
}

impl Typed {
    /// Reads the fields of the form. Only partners may come more than once.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for fields that the form doesn't have, or that come twice.
    pub fn read(all: Vec<(String, String)>) -> Result<Self, Error> {
        let mut typed = Self::default();
        fields(all, (&["partner"], LONGEST), |name, value| {
            match name {
                "partner" => typed.choose(value),
                "need" => typed.need = value,
                "name" => typed.name = value,
                "email" => typed.email = value,
                "phone" => typed.phone = value,
                "organization" => typed.organization = value,
                "size" => typed.size = value,
                "start" => typed.start = value,
                "ticket" => typed.ticket = value,
                "website" => typed.website = value,
                _ => return false,
            }
            true
        })?;
        Ok(typed)
    }

    /// Adds a partner, once. What is no public number is dropped like one that nobody has.
    pub fn choose(&mut self, number: String) {
        let shaped = number.len() <= 12 && number.bytes().all(|b| b.is_ascii_digit());
        if shaped && !self.partners.contains(&number) {
            self.partners.push(number);
        }
    }

    /// What it means, for an administrator or for somebody who isn't signed in.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a choice that no page offers.
    pub fn meant(
        &self,
        signed_in: bool,
        (id, language): (ContactMessageId, Language),
    ) -> Result<Result<Message, Mistakes>, Error> {
        let mut mistakes = Mistakes::none();
        let need = need(&self.need, &mut mistakes);
        let name = named("name", &self.name, &mut mistakes);
        let email = Email::parse(&self.email).ok();
        if email.is_none() {
            mistakes.add("email", "email-invalid");
        }
        let phone = Phone::parse(&self.phone).unwrap_or_else(|_| {
            mistakes.add("phone", "contact-phone-refused");
            None
        });
        let start = Start::parse(&self.start).ok_or(Error::BadRequest)?;
        let organization = if signed_in {
            None
        } else {
            named("organization", &self.organization, &mut mistakes)
        };
        let size = Size::parse(&self.size);
        if size.is_none() {
            mistakes.add("size", "contact-size-missing");
        }
        if self.partners.is_empty() {
            mistakes.add("to", "contact-to-missing");
        } else if self.partners.len() > MOST_CHOSEN {
            mistakes.add("to", "contact-to-many");
        }
        Ok(match (need, name, email, size) {
            (Some(need), Some(name), Some(email), Some(size)) if mistakes.is_empty() => {
                Ok(Message {
                    id,
                    partners: self.partners.clone(),
                    need,
                    name,
                    email,
                    phone,
                    organization,
                    size,
                    start,
                    language,
                })
            }
            _ => Err(mistakes),
        })
    }
}

fn need(typed: &str, mistakes: &mut Mistakes) -> Option<FreeText> {
    let key = match FreeText::parse(typed) {
        Ok(Some(need)) if need.as_str().chars().count() >= SHORTEST_NEED => return Some(need),
        Ok(_) => "contact-need-missing",
        Err(refused) => refused.key(),
    };
    mistakes.add("need", key);
    None
}

fn named(field: &'static str, typed: &str, mistakes: &mut Mistakes) -> Option<Name> {
    let refused = match Name::parse(typed) {
        Ok(name) => return Some(name),
        Err(refused) => refused,
    };
    let key = match (refused, field) {
        (NameRefused::Empty, "organization") => "contact-organization-missing",
        (NameRefused::Empty, _) => "contact-name-missing",
        (refused, _) => refused.key(),
    };
    mistakes.add(field, key);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Instant, id::Id};

    fn typed() -> Typed {
        Typed {
            partners: vec!["4815162".into()],
            need: "Accounts and licences for 85 people.".into(),
            name: "Marie Delorme".into(),
            email: "marie@hautmont.example".into(),
            organization: "Hautmont".into(),
            size: "50-249".into(),
            start: "soon".into(),
            ..Typed::default()
        }
    }

    fn wrong(change: impl Fn(&mut Typed)) -> Vec<&'static str> {
        let mut typed = typed();
        change(&mut typed);
        let of = (Id::at(Instant::UNIX_EPOCH), Language::En);
        match typed.meant(false, of).unwrap() {
            Ok(_) => Vec::new(),
            Err(mistakes) => mistakes.iter().map(|(field, _)| field).collect(),
        }
    }

    #[test]
    fn what_deceives_or_names_several_is_refused_beside_its_field() {
        assert_eq!(wrong(|_| ()), [""; 0]);
        assert_eq!(wrong(|t| t.need = " help ".into()), ["need"]);
        assert_eq!(wrong(|t| t.need = "a".repeat(2_001)), ["need"]);
        assert_eq!(wrong(|t| t.need.push('\u{202e}')), ["need"]);
        assert_eq!(
            wrong(|t| t.name = "Marie\nBcc: b@x.example".into()),
            ["name"]
        );
        assert_eq!(
            wrong(|t| t.name = "https://evil.example/x".into()),
            ["name"]
        );
        assert_eq!(
            wrong(|t| t.email = "a@x.example,b@x.example".into()),
            ["email"]
        );
        assert_eq!(
            wrong(|t| t.email = "a@x.example\r\nCc: b@x.example".into()),
            ["email"]
        );
        assert_eq!(wrong(|t| t.phone = "0320 01".into()), ["phone"]);
        assert_eq!(wrong(|t| t.organization.clear()), ["organization"]);
        assert_eq!(wrong(|t| t.size.clear()), ["size"]);
        assert_eq!(wrong(|t| t.partners.clear()), ["to"]);
        let many = |t: &mut Typed| (0..10).for_each(|n| t.choose(format!("100000{n}")));
        assert_eq!(wrong(many), ["to"]);
    }

    #[test]
    fn recipients_are_public_numbers_and_no_other_field_names_one() {
        let mut typed = Typed::default();
        for number in ["4815162", "4815162", "a@x.example", "12345678901234", "-1"] {
            typed.choose(number.into());
        }
        assert_eq!(typed.partners, ["4815162"]);
        for name in [
            "to",
            "cc",
            "bcc",
            "recipient",
            "reply-to",
            "partner_id",
            "subject",
        ] {
            let fields = vec![(name.to_owned(), "b@x.example".to_owned())];
            assert!(
                matches!(Typed::read(fields), Err(Error::BadRequest)),
                "{name}"
            );
        }
        let twice = vec![("email".to_owned(), String::new()); 2];
        assert!(matches!(Typed::read(twice), Err(Error::BadRequest)));
    }
}
