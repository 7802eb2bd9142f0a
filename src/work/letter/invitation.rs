//! The mail that brings an invitation.

use chrono_tz::Tz;

use super::{
    Block, Draft,
    facts::Facts,
    inert::{inert, one_line},
    path_of, quoted,
};
use crate::{
    domain::{Instant, Language, relationship::RelationshipType, role::AdminRole},
    error::Error,
    web::{locale::Locale, page::Site},
    work::outbox::{Letter, Waiting},
};

/// What an invitation's mail is made from: also one that isn't made yet.
#[derive(Debug, Clone)]
pub struct Asking<'a> {
    /// The language that it is written in.
    pub language: Language,
    /// The zone of the customer, where it is known; UTC otherwise.
    pub zone: Tz,
    /// The partner's name.
    pub partner: &'a str,
    /// The name of the member of staff who asks.
    pub sender: Option<&'a str>,
    /// The type of relationship.
    pub kind: RelationshipType,
    /// The roles asked for; `None` where they aren't known.
    pub roles: Option<&'a [AdminRole]>,
    /// How long the roles last, in days; without meaning where there are none.
    pub days: Option<i64>,
    /// The names of those who get a user account, for the type that gives one.
    pub people: &'a [String],
    /// Until when the link works.
    pub until: Option<Instant>,
    /// The partner's words.
    pub message: Option<&'a str>,
    /// The path of the secret link; `None` where it comes only with the invitation.
    pub path: Option<&'a str>,
}

/// An invitation's mail in words.
///
/// # Errors
/// A template that can't be rendered.
pub fn invitation_letter(asking: &Asking<'_>, site: &Site) -> Result<Letter, Error> {
    invitation_draft(asking).typeset(site)
}

/// The parts of an invitation's mail, for a page that shows it in its own look.
#[must_use]
pub fn invitation_draft(asking: &Asking<'_>) -> Draft {
    let l = Locale {
        language: asking.language,
        zone: asking.zone,
    };
    let partner = inert(&one_line(asking.partner));
    let mut blocks = vec![Block::Text(lead(l, asking, &partner))];
    if let Some(message) = asking.message {
        let who = l.t1("letter-invitation-writes", "partner", &partner);
        blocks.push(quoted(who, message));
    }
    blocks.push(Block::Heading(l.t("letter-invitation-can").into()));
    powers(l, asking, &mut blocks);
    let full = |roles: &[AdminRole]| roles.iter().any(|role| role.full_control());
    if asking.roles.is_some_and(full) {
        blocks.push(Block::Risk(
            l.t("review-full-control-title").into(),
            l.t1("review-full-control-text", "partner", &partner),
        ));
    }
    blocks.push(terms(l, asking));
    let path = asking.path.map(str::to_owned);
    blocks.push(Block::Action(
        l.t("letter-invitation-review").into(),
        path.ok_or_else(|| l.t("letter-invitation-later").into()),
    ));
    blocks.push(Block::Fine(l.t("letter-invitation-opening").into()));
    blocks.push(Block::Fine(l.t1(
        "letter-invitation-unexpected",
        "partner",
        &partner,
    )));
    let subject = l.t1("letter-invitation-subject", "partner", &partner);
    Draft::new(l, &subject, blocks)
}

fn lead(l: Locale, asking: &Asking<'_>, partner: &str) -> String {
    let kind = l.word("told-type", asking.kind.as_str());
    let person = asking.sender.map(|name| inert(&one_line(name)));
    match person.filter(|name| !name.is_empty()) {
        Some(person) => l.with(
            "letter-invitation-sender",
            &[
                ("person", (&person).into()),
                ("partner", partner.into()),
                ("type", (&kind).into()),
            ],
        ),
        None => l.t2("letter-invitation-lead", "partner", partner, "type", &kind),
    }
}

/// What staff could do: by each role, by an account, by the type.
fn powers(l: Locale, asking: &Asking<'_>, blocks: &mut Vec<Block>) {
    let Some(roles) = asking.roles else {
        let sentence = l.word("type-sentence", asking.kind.as_str());
        blocks.push(Block::Text(sentence));
        return;
    };
    let before = blocks.len();
    let words = |word: &str| l.word("capability", word);
    for role in roles {
        let full = role.full_control().then(|| l.t("reach-full").to_owned());
        blocks.push(Block::Powers(
            l.word("role-title", role.as_str()),
            Some(l.word("role-name", role.as_str())),
            full,
            role.told().iter().map(|one| words(one.as_str())).collect(),
        ));
    }
    if asking.kind == RelationshipType::Partner && !asking.people.is_empty() {
        let people = asking.people.iter().map(|name| inert(&one_line(name)));
        let title = l.t("review-accounts").to_owned();
        blocks.push(Block::Powers(title, None, None, people.collect()));
        blocks.push(Block::Text(l.t("review-accounts-text").into()));
    }
    let own = asking.kind.capabilities();
    if !own.is_empty() {
        let title = l.word("type-sentence", asking.kind.as_str());
        let own = own.iter().map(|one| words(one.as_str())).collect();
        blocks.push(Block::Powers(title, None, None, own));
    }
    if blocks.len() == before {
        blocks.push(Block::Text(l.t("review-no-roles").into()));
    }
}

/// How long the roles last, and by when to answer.
fn terms(l: Locale, asking: &Asking<'_>) -> Block {
    let mut facts = vec![(
        l.t("letter-type").to_owned(),
        l.word("type", asking.kind.as_str()),
    )];
    let has_roles = asking.roles.is_some_and(|roles| !roles.is_empty());
    if let (Some(days), true) = (asking.days, has_roles) {
        let long = l.t1("days-long", "days", days);
        facts.push((
            l.t("letter-roles-last").to_owned(),
            l.t1("letter-invitation-last", "long", &long),
        ));
    }
    if let Some(until) = asking.until {
        facts.push((l.t("review-answer-before").to_owned(), l.date(&until)));
    }
    Block::Facts(facts)
}

/// The parts of a mail that waits.
pub(super) fn draft_of(waiting: &Waiting, facts: &Facts) -> Result<Draft, Error> {
    let path = path_of(waiting.link.as_deref(), "/invitations/")?;
    let kind = facts
        .kind
        .ok_or_else(|| Error::internal("an invitation without a type"))?;
    Ok(invitation_draft(&Asking {
        language: waiting.language,
        zone: facts.l.zone,
        partner: &facts.partner,
        sender: facts.sender.as_deref(),
        kind,
        roles: facts.roles.as_deref(),
        days: facts.days,
        people: &facts.people,
        until: facts.until,
        message: facts.message.as_deref(),
        path: Some(&path),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invitation::DEFAULT_LIFE_DAYS;

    #[test]
    fn an_invitation_that_is_not_made_yet_can_be_shown_without_a_link() {
        let roles = [AdminRole::GlobalAdministrator];
        let asking = Asking {
            language: Language::En,
            zone: Tz::UTC,
            partner: "Fjord Managed IT",
            sender: Some("Ingrid Solberg"),
            kind: RelationshipType::DelegatedAdministrator,
            roles: Some(&roles),
            days: Some(365),
            people: &[],
            until: Some(Instant::UNIX_EPOCH + chrono::TimeDelta::days(DEFAULT_LIFE_DAYS)),
            message: None,
            path: None,
        };
        let site = Site::new(
            "https://entente.example".parse().unwrap(),
            "Operator".into(),
        );
        let letter = invitation_letter(&asking, &site).unwrap();
        assert!(letter.text.contains("Full control"), "{}", letter.text);
        assert!(!letter.html.contains("/invitations/"));
        assert_eq!(letter.html.matches("href=").count(), 1, "our address alone");
    }
}
