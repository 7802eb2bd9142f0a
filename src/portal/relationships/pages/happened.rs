//! What happened, as a line of the activity.

use super::super::store::activity::{Happened, Who};
use crate::{
    domain::{
        Instant,
        event::{EventKind, Outcome},
        membership::Side,
    },
    web::locale::Locale,
};

/// One line: who in bold, the verb, then time and place.
#[derive(Debug, Clone)]
pub struct Told {
    /// When.
    pub at: Instant,
    /// The colour's meaning, or nothing.
    pub dot: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// Who.
    pub who: String,
    /// What they did, as the rest of a sentence.
    pub did: String,
    /// Where from: the partner, or the address of one's own people.
    pub place: String,
}

impl Told {
    /// The line of an event that concerns a partner.
    #[must_use]
    pub fn of(l: Locale, happened: &Happened, partner: &str) -> Self {
        let erased = || l.t("relationships-erased-person").to_owned();
        let (who, place) = match &happened.who {
            Who::Person {
                name,
                side,
                address,
            } => {
                let place = match side {
                    Side::Partner => partner.to_owned(),
                    Side::Tenant | Side::Operator => address.clone().unwrap_or_default(),
                };
                (name.clone().unwrap_or_else(erased), place)
            }
            Who::CommandLine => (l.t("relationships-operator").to_owned(), String::new()),
            Who::Entente => ("Entente".to_owned(), String::new()),
        };
        let (dot, icon) = mark(happened.kind);
        Self {
            at: happened.at,
            dot,
            icon,
            who,
            did: did(l, happened, partner),
            place,
        }
    }
}

const fn mark(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::InvitationCreated | EventKind::RenewalRequested => ("", "mail"),
        EventKind::InvitationAccepted => ("dot-good", "shield-check"),
        EventKind::InvitationDeclined | EventKind::InvitationWithdrawn => ("", "close"),
        EventKind::InvitationExpired | EventKind::RolesEnded => ("dot-warn", "clock"),
        EventKind::RolesRemoved | EventKind::RelationshipEnded => ("dot-risk", "minus-circle"),
        EventKind::AgreementAccepted => ("dot-good", "document"),
        _ => ("", "list"),
    }
}

/// Whether a sentence is written for this kind; the others are named by their label.
const fn is_told(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::InvitationCreated
            | EventKind::InvitationAccepted
            | EventKind::InvitationDeclined
            | EventKind::InvitationWithdrawn
            | EventKind::InvitationExpired
            | EventKind::RenewalRequested
            | EventKind::RolesRemoved
            | EventKind::RolesEnded
            | EventKind::RelationshipEnded
            | EventKind::AgreementAccepted
            | EventKind::PartnerAdded
            | EventKind::PartnerSuspended
    )
}

fn did(l: Locale, happened: &Happened, partner: &str) -> String {
    if happened.outcome == Outcome::Denied || !is_told(happened.kind) {
        let label = l.word("event", happened.kind.as_str());
        return l.t1("relationships-event", "event", &label);
    }
    let key = happened.kind.as_str().replace(['.', '_'], "-");
    l.t2(
        &format!("activity-{key}"),
        "partner",
        partner,
        "count",
        happened.roles,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Language, web::words::words};

    #[test]
    fn every_kind_has_its_words_in_every_language() {
        for language in Language::ALL {
            for kind in EventKind::ALL {
                let key = kind.as_str().replace(['.', '_'], "-");
                let prefix = if is_told(*kind) { "activity" } else { "event" };
                let key = format!("{prefix}-{key}");
                assert!(words(*language).has(&key), "{language} {key}");
            }
        }
    }
}
