//! What others wrote down of somebody who is erased: invitations to the address, requests, mail, a
//! partner's contact. What a rule needs stays, without what names the person.

mod beside;
mod claimed;
mod invited;
mod written;

use diesel::sql_types::{Nullable, Text};

pub(super) use self::{
    beside::{contacts, pieces},
    claimed::claims,
    invited::{invitations, staff_invitations},
    written::{mail, requests},
};
use crate::domain::{PersonId, email::Email};

diesel::define_sql_function! {
    /// Text in small letters.
    fn lower(text: Nullable<Text>) -> Nullable<Text>;
}

/// Who is erased, by everything that names the person.
pub(super) struct Named {
    /// The account.
    pub(super) person: PersonId,
    /// The address as compared.
    pub(super) folded: String,
    /// The address in small letters, as typed.
    pub(super) small: String,
    /// The name.
    pub(super) name: String,
    /// What the person typed for others to read.
    pub(super) words: Vec<String>,
}

impl Named {
    pub(super) fn new(person: PersonId, name: Option<String>, email: &Email) -> Self {
        Self {
            person,
            folded: email.folded().to_owned(),
            small: email.as_str().to_lowercase(),
            name: name.unwrap_or_default(),
            words: Vec::new(),
        }
    }

    /// Whether a text is the address.
    fn is_address(&self, text: &str) -> bool {
        let small = text.to_lowercase();
        small == self.folded || small == self.small
    }

    /// Whether a text names the person, or is by it.
    fn is_told_by(&self, text: &str) -> bool {
        let small = text.to_lowercase();
        !self.name.is_empty() && text.contains(&self.name)
            || small.contains(&self.folded)
            || small.contains(&self.small)
            || self.words.iter().any(|words| words == text)
    }
}
