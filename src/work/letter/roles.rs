//! Mails that tell of admin roles and relationships.

use super::{Draft, facts::Facts};
use crate::domain::membership::Side;

pub(super) fn removed(facts: &Facts) -> Draft {
    told(facts, "mail-removed-subject", "mail-removed-lead")
}

pub(super) fn given_back(facts: &Facts) -> Draft {
    told(facts, "mail-given-back-subject", "mail-given-back-lead")
}

pub(super) fn relationship_ended(facts: &Facts) -> Draft {
    let keys = (
        "mail-relationship-ended-subject",
        "mail-relationship-ended-lead",
    );
    told(facts, keys.0, keys.1)
}

fn told(facts: &Facts, subject: &str, lead: &str) -> Draft {
    let blocks = vec![facts.text(lead), facts.facts(), facts.see()];
    Draft::new(facts.l, &facts.both(subject), blocks)
}

pub(super) fn ending(facts: &Facts) -> Draft {
    let subject = facts.l.with(
        "mail-ending-subject",
        &[
            ("partner", (&facts.partner).into()),
            ("tenant", (&facts.tenant).into()),
            ("days", facts.days.unwrap_or(1).into()),
        ],
    );
    let for_partner = facts.is_for(Side::Partner);
    let lead = if for_partner {
        "mail-ending-partner"
    } else {
        "mail-ending-tenant"
    };
    let mut blocks = vec![facts.text(lead), facts.facts()];
    if facts.has_full_control() && !for_partner {
        blocks.push(facts.risk("mail-ending-full"));
    }
    blocks.push(facts.see());
    Draft::new(facts.l, &subject, blocks)
}

pub(super) fn ended(facts: &Facts) -> Draft {
    let then = if facts.is_for(Side::Partner) {
        "mail-ended-partner"
    } else {
        "mail-ended-tenant"
    };
    let blocks = vec![
        facts.text("mail-ended-lead"),
        facts.facts(),
        facts.text(then),
        facts.see(),
    ];
    Draft::new(facts.l, &facts.both("mail-ended-subject"), blocks)
}
