//! The form as it was typed, and what it means.

use super::super::store::{
    change::{Whom, Wish},
    one::One,
};
use crate::{
    domain::{
        Language, PersonId,
        email::Email,
        grant::GrantDuration,
        invitation::{DEFAULT_LIFE_DAYS, LIVES_DAYS},
        membership::{MemberRole, may_invite},
        public_id::PublicId,
        relationship::{RelationshipType, RolesRefused},
        role::AdminRole,
        text::{FreeText, note},
    },
    error::Error,
    web::form::{LONGEST, Mistakes, fields},
};

/// The longest reference, in characters.
pub const LONGEST_REFERENCE: usize = 120;

/// What was typed and ticked, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Whom it is for.
    pub to: String,
    /// The contact request that it answers, which says whom it is for.
    pub request: String,
    /// The type.
    pub kind: String,
    /// The roles ticked.
    pub roles: Vec<String>,
    /// The staff ticked.
    pub people: Vec<String>,
    /// How long the roles last.
    pub days: String,
    /// How long the link works.
    pub life: String,
    /// The language of the mail.
    pub language: String,
    /// The partner's words.
    pub message: String,
    /// The partner's own note.
    pub reference: String,
    /// Only the preview is asked for.
    pub preview: bool,
}

/// What the form means, as far as it can be read.
#[derive(Debug, Clone)]
pub struct Meant {
    /// Whom it is for.
    pub whom: Option<Whom>,
    /// The type.
    pub kind: Option<RelationshipType>,
    /// The roles that the type may ask for.
    pub roles: Vec<AdminRole>,
    /// Who gets a user account.
    pub people: Vec<PersonId>,
    /// How long the roles last.
    pub duration: GrantDuration,
    /// How long the link works, in days.
    pub life: i64,
    /// The language of the mail.
    pub language: Language,
    /// The partner's words.
    pub message: Option<FreeText>,
    /// The partner's own note.
    pub reference: Option<String>,
    /// What is wrong, in the order of the page.
    pub mistakes: Mistakes,
}

impl Typed {
    /// A form in which nothing is filled in or ticked.
    #[must_use]
    pub fn empty(language: Language) -> Self {
        Self {
            days: GrantDuration::DEFAULT.in_days().to_string(),
            life: DEFAULT_LIFE_DAYS.to_string(),
            language: language.to_string(),
            ..Self::default()
        }
    }

    /// A form with the terms of an earlier invitation.
    #[must_use]
    pub fn like(one: &One) -> Self {
        let days = one.days.unwrap_or(GrantDuration::DEFAULT.in_days());
        Self {
            to: one.row.written.clone(),
            kind: one.row.kind.to_string(),
            roles: one.row.roles.iter().map(ToString::to_string).collect(),
            people: one.people.iter().map(|(id, _)| id.to_string()).collect(),
            days: days.to_string(),
            message: one.message.clone().unwrap_or_default(),
            reference: one.row.reference.clone().unwrap_or_default(),
            ..Self::empty(one.language)
        }
    }

    /// Reads the fields of the form. Only boxes may come more than once.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for fields that the form doesn't have, or that come twice.
    pub fn read(all: Vec<(String, String)>) -> Result<Self, Error> {
        let mut typed = Self::default();
        fields(all, (&["role", "person"], LONGEST), |name, value| {
            match name {
                "role" => typed.roles.push(value),
                "person" => typed.people.push(value),
                "to" => typed.to = value,
                "request" => typed.request = value,
                "type" => typed.kind = value,
                "days" => typed.days = value,
                "life" => typed.life = value,
                "language" => typed.language = value,
                "message" => typed.message = value,
                "reference" => typed.reference = value,
                "step" if value == "preview" => typed.preview = true,
                _ => return false,
            }
            true
        })?;
        Ok(typed)
    }

    /// What it means, for somebody who holds these roles and of whose company these are the staff.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a choice that no page offers.
    pub fn meant(&self, held: &[MemberRole], staff: &[PersonId]) -> Result<Meant, Error> {
        let mut mistakes = Mistakes::none();
        let whom = match self.answers()? {
            Some(request) => Some(Whom::Asker(request)),
            None => whom(&self.to, &mut mistakes),
        };
        let kind = self.kind(held, &mut mistakes)?;
        let days = self.days.parse().map_err(|_| Error::BadRequest)?;
        let life = self.life.parse().map_err(|_| Error::BadRequest)?;
        if !LIVES_DAYS.contains(&life) {
            return Err(Error::BadRequest);
        }
        Ok(Meant {
            whom,
            kind,
            roles: self.roles(kind, &mut mistakes)?,
            people: self.people(kind, staff, &mut mistakes),
            duration: GrantDuration::days(days).map_err(|_| Error::BadRequest)?,
            life,
            language: Language::parse(&self.language).ok_or(Error::BadRequest)?,
            message: FreeText::parse(&self.message).unwrap_or_else(|_| {
                mistakes.add("message", "compose-message-refused");
                None
            }),
            reference: note(&self.reference, LONGEST_REFERENCE).unwrap_or_else(|_| {
                mistakes.add("reference", "compose-reference-refused");
                None
            }),
            mistakes,
        })
    }

    fn kind(
        &self,
        held: &[MemberRole],
        mistakes: &mut Mistakes,
    ) -> Result<Option<RelationshipType>, Error> {
        if self.kind.is_empty() {
            mistakes.add("type", "compose-type-missing");
            return Ok(None);
        }
        let kind = RelationshipType::parse(&self.kind).ok_or(Error::BadRequest)?;
        if !may_invite(held, kind) {
            mistakes.add("type", "compose-type-refused");
        }
        Ok(Some(kind))
    }

    fn roles(
        &self,
        kind: Option<RelationshipType>,
        mistakes: &mut Mistakes,
    ) -> Result<Vec<AdminRole>, Error> {
        let mut roles = Vec::new();
        for word in &self.roles {
            roles.push(AdminRole::parse(word).ok_or(Error::BadRequest)?);
        }
        match kind.map(|kind| kind.check_roles(&roles)) {
            Some(Err(RolesRefused::NoneChosen)) => mistakes.add("role", "compose-role-missing"),
            Some(Err(RolesRefused::NotOfThisType(_))) => {
                mistakes.add("role", "compose-role-refused");
                let may = kind.map_or(&[][..], RelationshipType::askable_roles);
                roles.retain(|role| may.contains(role));
            }
            Some(Ok(())) | None => {}
        }
        Ok(roles)
    }

    /// Who was ticked, which only one type asks for.
    fn people(
        &self,
        kind: Option<RelationshipType>,
        staff: &[PersonId],
        mistakes: &mut Mistakes,
    ) -> Vec<PersonId> {
        if kind != Some(RelationshipType::Partner) {
            return Vec::new();
        }
        let mut named = Vec::new();
        for word in &self.people {
            match word.parse() {
                Ok(person) if staff.contains(&person) => named.push(person),
                _ => mistakes.add("person", "compose-person-refused"),
            }
        }
        named.sort_unstable();
        named.dedup();
        if self.people.is_empty() {
            mistakes.add("person", "compose-person-missing");
        }
        named
    }
}

/// An address where there is a sign of one, otherwise a public id.
fn whom(typed: &str, mistakes: &mut Mistakes) -> Option<Whom> {
    if typed.trim().is_empty() {
        mistakes.add("to", "compose-to-missing");
        return None;
    }
    if typed.contains('@') {
        let email = Email::parse(typed).ok();
        if email.is_none() {
            mistakes.add("to", "compose-email-refused");
        }
        return email.map(Whom::Email);
    }
    let id = PublicId::parse(typed).ok();
    if id.is_none() {
        mistakes.add("to", "compose-id-refused");
    }
    id.map(Whom::PublicId)
}

impl Meant {
    /// The wish, where nothing is wrong.
    #[must_use]
    pub fn wish(&self) -> Option<Wish> {
        let (Some(whom), Some(kind), true) = (&self.whom, self.kind, self.mistakes.is_empty())
        else {
            return None;
        };
        Some(Wish {
            whom: whom.clone(),
            kind,
            roles: self.roles.clone(),
            duration: self.duration,
            people: self.people.clone(),
            life: self.life,
            language: self.language,
            message: self.message.clone(),
            reference: self.reference.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(more: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        more.iter().map(own).collect()
    }

    fn typed(kind: &str, roles: &[&str]) -> Typed {
        Typed {
            to: "marie@hautmont.example".into(),
            kind: kind.into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            ..Typed::empty(Language::En)
        }
    }

    #[test]
    fn only_boxes_come_twice_and_nothing_unknown_comes_at_all() {
        let boxes = fields(&[("role", "a"), ("role", "b"), ("person", "c")]);
        assert_eq!(Typed::read(boxes).unwrap().roles, ["a", "b"]);
        for bad in [
            fields(&[("to", "a"), ("to", "b")]),
            fields(&[("partner", "x")]),
            fields(&[("step", "create")]),
            fields(&[("to", &"a".repeat(LONGEST + 1))]),
        ] {
            assert!(matches!(Typed::read(bad), Err(Error::BadRequest)));
        }
    }

    #[test]
    fn nobody_asks_for_more_than_the_type_or_their_own_role_allows() {
        let (admin, sales) = (&[MemberRole::AdminAgent][..], &[MemberRole::SalesAgent][..]);
        for kind in RelationshipType::ALL {
            for role in AdminRole::ALL {
                let typed = typed(kind.as_str(), &[role.as_str()]);
                let may = kind.askable_roles().contains(role);
                let meant = typed.meant(admin, &[]).unwrap();
                assert_eq!(meant.mistakes.at("role").is_none(), may, "{kind} {role}");
                assert!(may || meant.wish().is_none());
                assert!(typed.meant(sales, &[]).unwrap().wish().is_none());
            }
            let without = typed(kind.as_str(), &[]).meant(sales, &[]).unwrap();
            let may = kind.askable_roles().is_empty();
            assert_eq!(without.mistakes.at("type").is_none(), may, "{kind}");
        }
    }

    #[test]
    fn an_address_has_its_sign_and_everything_else_is_an_id() {
        let wrong = |to: &str| {
            let mut mistakes = Mistakes::none();
            whom(to, &mut mistakes);
            mistakes.at("to").map(str::to_owned)
        };
        assert_eq!(wrong("k7q2m9xv4t"), None);
        assert_eq!(wrong(" marie@hautmont.example "), None);
        assert_eq!(wrong("  ").as_deref(), Some("compose-to-missing"));
        assert_eq!(
            wrong("a@x.example,b@x.example").as_deref(),
            Some("compose-email-refused")
        );
        assert_eq!(wrong("Hautmont").as_deref(), Some("compose-id-refused"));
    }
}
