//! Mails that tell of admin roles and relationships.

use super::{Draft, facts::Facts};
use crate::domain::membership::Side;

pub(super) fn removed(facts: &Facts) -> Draft {
    told(facts, "letter-removed-subject", "letter-removed-lead")
}

pub(super) fn given_back(facts: &Facts) -> Draft {
    told(facts, "letter-given-back-subject", "letter-given-back-lead")
}

pub(super) fn relationship_ended(facts: &Facts) -> Draft {
    let keys = (
        "letter-relationship-ended-subject",
        "letter-relationship-ended-lead",
    );
    told(facts, keys.0, keys.1)
}

fn told(facts: &Facts, subject: &str, lead: &str) -> Draft {
    let blocks = vec![facts.text(lead), facts.facts(), facts.see()];
    Draft::new(facts.l, &facts.both(subject), blocks)
}

pub(super) fn ending(facts: &Facts) -> Draft {
    let subject = facts.l.with(
        "letter-ending-subject",
        &[
            ("partner", (&facts.partner).into()),
            ("tenant", (&facts.tenant).into()),
            ("days", facts.days.unwrap_or(1).into()),
        ],
    );
    let for_partner = facts.is_for(Side::Partner);
    let lead = if for_partner {
        "letter-ending-partner"
    } else {
        "letter-ending-tenant"
    };
    let mut blocks = vec![facts.text(lead), facts.facts()];
    if facts.has_full_control() && !for_partner {
        blocks.push(facts.risk("letter-ending-full"));
    }
    blocks.push(facts.see());
    Draft::new(facts.l, &subject, blocks)
}

pub(super) fn ended(facts: &Facts) -> Draft {
    let then = if facts.is_for(Side::Partner) {
        "letter-ended-partner"
    } else {
        "letter-ended-tenant"
    };
    let blocks = vec![
        facts.text("letter-ended-lead"),
        facts.facts(),
        facts.text(then),
        facts.see(),
    ];
    Draft::new(facts.l, &facts.both("letter-ended-subject"), blocks)
}
