//! The mail as the customer gets it, shown beside the form and on the invitation's page.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{
    super::store::{change::Whom, one::One},
    typed::Meant,
};
use crate::{
    domain::{Instant, PersonId, text::FreeText},
    work::letter::{Asking, Block, invitation_draft},
};

/// A mail to look at.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The address that it goes to; empty where none is typed yet.
    pub to: String,
    /// The language that it is written in.
    pub language: &'static str,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Whose mail it is: the partner, and who writes.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// The partner's name.
    pub partner: &'a str,
    /// The name of the member of staff.
    pub sender: Option<&'a str>,
    /// The partner's staff, by name.
    pub staff: &'a [(PersonId, String, String)],
    /// The address of whoever wrote the request that it answers.
    pub asker: Option<&'a str>,
}

impl Mail {
    /// The mail of a form, as far as it is filled in; none before a type is chosen, and none where
    /// the invitation is for a public id.
    #[must_use]
    pub fn of_form(from: From<'_>, meant: &Meant, now: Instant) -> Option<Self> {
        let to = match &meant.whom {
            Some(Whom::PublicId(_)) => return None,
            Some(Whom::Email(email)) => email.as_str(),
            Some(Whom::Asker(_)) => from.asker.unwrap_or_default(),
            None => "",
        };
        let named = from
            .staff
            .iter()
            .filter(|(id, ..)| meant.people.contains(id));
        let people: Vec<String> = named.map(|(_, name, _)| name.clone()).collect();
        Some(Self::written(
            to,
            &Asking {
                language: meant.language,
                zone: Tz::UTC,
                partner: from.partner,
                sender: from.sender,
                kind: meant.kind?,
                roles: Some(&meant.roles),
                days: Some(i64::from(meant.duration.in_days())),
                people: &people,
                until: Some(now + TimeDelta::days(meant.life)),
                message: meant.message.as_ref().map(FreeText::as_str),
                path: None,
            },
        ))
    }

    /// The mail of an invitation that goes out by mail.
    #[must_use]
    pub fn of_invitation(partner: &str, one: &One) -> Option<Self> {
        let to = one.mail_to.as_deref()?;
        let people: Vec<String> = one.people.iter().map(|(_, name)| name.clone()).collect();
        Some(Self::written(
            to,
            &Asking {
                language: one.language,
                zone: Tz::UTC,
                partner,
                sender: one.row.sender.as_deref(),
                kind: one.row.kind,
                roles: Some(&one.row.roles),
                days: one.days.map(i64::from),
                people: &people,
                until: Some(one.row.expires_at),
                message: one.message.as_deref(),
                path: None,
            },
        ))
    }

    fn written(to: &str, asking: &Asking<'_>) -> Self {
        let draft = invitation_draft(asking);
        Self {
            to: to.to_owned(),
            language: draft.language.as_str(),
            subject: draft.subject,
            blocks: draft.blocks,
        }
    }
}
