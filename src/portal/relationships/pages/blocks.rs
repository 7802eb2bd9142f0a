//! What a partner can do, block by block: each live role, and what the type itself permits.

use super::view::{Bars, when};
use crate::{
    domain::{
        Instant,
        relationship::RelationshipType,
        role::{AdminRole, Capability},
    },
    evidence::grants::Given,
    web::locale::Locale,
};

/// One role, or what the type permits without any.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it lets them do, in a few words.
    pub title: String,
    /// Its technical name.
    pub name: String,
    /// Until when, with how far away that is.
    pub until: Option<String>,
    /// How far it reaches.
    pub reach: Bars,
    /// What they can do with it.
    pub can: Vec<String>,
    /// What they can't.
    pub cannot: Vec<String>,
}

/// What staff can do with a role. Who resets anyone's password needn't be told of the others.
fn can(role: AdminRole) -> impl Iterator<Item = &'static Capability> {
    let all = role.capabilities();
    let anyone = all.contains(&Capability::PasswordsResetAny);
    all.iter()
        .filter(move |capability| !anyone || **capability != Capability::PasswordsReset)
}

/// What staff could do with full control, and can't with this role.
fn cannot(role: AdminRole) -> impl Iterator<Item = &'static Capability> {
    let held = role.capabilities();
    can(AdminRole::GlobalAdministrator).filter(move |capability| !held.contains(capability))
}

fn words<'a>(l: Locale, of: impl Iterator<Item = &'a Capability>) -> Vec<String> {
    of.map(|capability| l.word("capability", capability.as_str()))
        .collect()
}

/// The end of a grant, written out: Until 12 December 2026 (in 20 days).
#[must_use]
pub fn until(l: Locale, at: Instant, now: Instant) -> String {
    let when = when(l, at, now);
    l.t2("relationships-until", "date", &l.date(&at), "when", &when)
}

impl Block {
    /// A live role.
    #[must_use]
    pub fn role(l: Locale, given: &Given, now: Instant) -> Self {
        let role = given.grant.role;
        let name = l.word("role-name", role.as_str());
        Self {
            title: l.word("role-title", role.as_str()),
            name: l.t1("relationships-role", "role", &name),
            until: Some(until(l, given.grant.ends_at, now)),
            reach: Bars::of(l, role.reach()),
            can: words(l, can(role)),
            cannot: words(l, cannot(role)),
        }
    }

    /// What the type itself permits; `None` for types that are about roles alone.
    #[must_use]
    pub fn kind(l: Locale, kind: RelationshipType) -> Option<Self> {
        if kind.capabilities().is_empty() && !kind.askable_roles().is_empty() {
            return None;
        }
        let sentence = match kind {
            RelationshipType::ResellerAndDelegatedAdministrator => RelationshipType::Reseller,
            kind => kind,
        };
        let name = l.word("type", kind.as_str());
        Some(Self {
            title: l.word("type-sentence", sentence.as_str()),
            name: l.t1("relationships-type-name", "type", &name),
            until: None,
            reach: Bars::of(l, kind.reach(&[])),
            can: words(l, kind.capabilities().iter()),
            cannot: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_says_what_it_can_and_what_it_can_not_do() {
        let (global, helpdesk) = (
            AdminRole::GlobalAdministrator,
            AdminRole::HelpdeskAdministrator,
        );
        assert_eq!(cannot(global).count(), 0);
        assert!(can(global).all(|capability| *capability != Capability::PasswordsReset));
        assert!(cannot(helpdesk).any(|capability| *capability == Capability::PasswordsResetAny));
        assert!(can(helpdesk).all(|capability| !cannot(helpdesk).any(|other| other == capability)));
    }
}
