//! The history as both sides print it: a head that says whose it is and who printed it when, and a
//! line for each step.

use super::{Closed, Recorded, Step};
use crate::{
    domain::{Instant, grant::Grant, membership::Side},
    evidence::{
        gone::Gone,
        relationship::Relationship,
        told::{ToldActor, actor_words, capitalized, party_words, sentence},
    },
    web::{locale::Locale, page::Shell, standing::Badge},
};

/// The whole sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The customer's name.
    pub customer: String,
    /// The partner's name.
    pub partner: String,
    /// The partner id.
    pub number: String,
    /// The type, in words.
    pub kind: String,
    /// How it stands.
    pub status: String,
    /// When the page was made.
    pub made: Moment,
    /// By whom.
    pub by: String,
    /// The lines, the oldest first.
    pub lines: Vec<Line>,
}

/// A moment, in the reader's zone and in UTC.
#[derive(Debug, Clone)]
pub struct Moment {
    /// For machines.
    pub machine: String,
    /// The day.
    pub day: String,
    /// The time of day.
    pub time: String,
    /// Both in UTC.
    pub utc: String,
}

impl Moment {
    /// A moment as the reader reads it.
    #[must_use]
    pub fn of(l: Locale, at: &Instant) -> Self {
        Self {
            machine: l.machine(at),
            day: l.short_date(at),
            time: l.time(at),
            utc: Locale::utc(at),
        }
    }
}

/// A role that a step gave or took.
#[derive(Debug, Clone)]
pub struct Role {
    /// Which, and how.
    pub words: String,
    /// Since when, in UTC.
    pub from: String,
    /// Until when, in UTC.
    pub until: String,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// When.
    pub at: Moment,
    /// What happened.
    pub what: String,
    /// Roles that it gave or took, each with its times.
    pub roles: Vec<Role>,
    /// What somebody typed.
    pub quote: Option<String>,
    /// Who.
    pub who: String,
    /// For whom.
    pub party: String,
    /// Its number in the customer's chain, for the customer.
    pub number: Option<i64>,
    /// What is said where it has none.
    pub unnumbered: &'static str,
    /// The beginning of its hash, by which both sides can tell that they speak of one event.
    pub hash: Option<String>,
    /// The receipt, for the customer.
    pub receipt: Option<String>,
}

impl Sheet {
    /// The sheet of a relationship, as one of its sides reads it now.
    #[must_use]
    pub fn of(shell: &Shell, of: &Relationship, steps: &[Step], side: Side, now: Instant) -> Self {
        let l = shell.l;
        Self {
            customer: of.customer.name.clone(),
            partner: of.partner.name.clone(),
            number: of.partner.number.clone(),
            kind: l.word("type", of.kind.as_str()),
            status: Badge::dated(l, of.kept.standing(now), now).words,
            made: Moment::of(l, &now),
            by: shell.who.as_ref().map_or_else(String::new, |who| {
                l.t2(
                    "history-by-of",
                    "person",
                    &who.name,
                    "organization",
                    &who.organization,
                )
            }),
            lines: steps.iter().map(|step| Line::of(l, step, side)).collect(),
        }
    }
}

impl Line {
    fn of(l: Locale, step: &Step, side: Side) -> Self {
        let given = step.given.iter().map(|grant| given(l, grant));
        let closed = step.closed.iter().map(|one| closed(l, one));
        let line = Self {
            at: Moment::of(l, &step.at),
            what: l.t("history-ran-out").to_owned(),
            roles: closed.chain(given).collect(),
            quote: None,
            who: "Entente".to_owned(),
            party: l.t("told-automatic").to_owned(),
            number: None,
            unnumbered: "history-not-noted",
            hash: None,
            receipt: None,
        };
        match &step.event {
            None => line,
            Some(event) => line.recorded(l, event, step, side),
        }
    }

    /// The same with what the event says, as far as this side may read it.
    fn recorded(self, l: Locale, event: &Recorded, step: &Step, side: Side) -> Self {
        let (told, ours) = (&event.told, side == Side::Tenant);
        // Whoever asked a partner without being signed in is known to the partner alone.
        let hidden = ours && !event.in_chain && matches!(told.actor, ToldActor::Visitor { .. });
        let receipt = step.receipt.clone().filter(|_| ours);
        // A hash is told to whoever finds its event in an own log.
        let known = if ours {
            event.in_chain
        } else {
            told.partner.is_some()
        };
        Self {
            what: capitalized(&sentence(told, &l)),
            quote: told.text.clone().filter(|_| !hidden),
            who: if hidden {
                l.t("told-visitor").to_owned()
            } else {
                actor_words(told, &l)
            },
            party: if hidden {
                String::new()
            } else {
                party_words(told, &l)
            },
            number: (ours && event.in_chain).then_some(told.number),
            unnumbered: if ours { "history-elsewhere" } else { "" },
            hash: known.then(|| event.hash.chars().take(12).collect()),
            receipt,
            ..self
        }
    }
}

fn given(l: Locale, grant: &Grant) -> Role {
    let role = l.word("role-name", grant.role.as_str());
    let (from, until) = (l.date_time(&grant.starts_at), l.date_time(&grant.ends_at));
    let args = [
        ("role", (&role).into()),
        ("from", (&from).into()),
        ("until", (&until).into()),
    ];
    Role {
        words: l.with("history-given", &args),
        from: Locale::utc(&grant.starts_at),
        until: Locale::utc(&grant.ends_at),
    }
}

fn closed(l: Locale, one: &Closed) -> Role {
    let (key, by) = match &one.how {
        Gone::Ended => ("history-ended", None),
        Gone::Replaced => ("history-replaced", None),
        Gone::Removed(by) => ("history-removed", Some(by)),
        Gone::GivenBack(by) => ("history-given-back", Some(by)),
    };
    let role = l.word("role-name", one.grant.role.as_str());
    let person = by
        .and_then(Option::as_deref)
        .unwrap_or_else(|| l.t("relationships-erased-person"));
    let from = l.date_time(&one.grant.starts_at);
    let at = l.date_time(&one.at);
    let args = [
        ("role", (&role).into()),
        ("from", (&from).into()),
        ("at", (&at).into()),
        ("person", person.into()),
    ];
    Role {
        words: l.with(key, &args),
        from: Locale::utc(&one.grant.starts_at),
        until: Locale::utc(&one.at),
    }
}
