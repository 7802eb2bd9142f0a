//! Mails that tell what became of an invitation.

use super::{Block, Draft, facts::Facts, quoted};
use crate::domain::membership::Side;

pub(super) fn accepted(facts: &Facts) -> Draft {
    let lead = if facts.is_for(Side::Partner) {
        "letter-accepted-partner"
    } else {
        "letter-accepted-tenant"
    };
    let mut blocks = vec![facts.text(lead), facts.facts()];
    if facts.has_full_control() {
        blocks.push(facts.risk("letter-accepted-full"));
    }
    blocks.push(facts.see());
    Draft::new(facts.l, &facts.both("letter-accepted-subject"), blocks)
}

pub(super) fn declined(facts: &Facts) -> Draft {
    let mut blocks = vec![facts.text("letter-declined-lead")];
    if let Some(reason) = &facts.reason {
        blocks.push(quoted(facts.both("letter-declined-reason"), reason));
    }
    blocks.push(facts.facts());
    if facts.is_for(Side::Partner) {
        blocks.push(facts.text("letter-declined-again"));
        blocks.push(facts.see());
    }
    Draft::new(facts.l, &facts.both("letter-declined-subject"), blocks)
}

pub(super) fn withdrawn(facts: &Facts) -> Draft {
    let blocks = vec![
        facts.text("letter-withdrawn-lead"),
        Block::Text(facts.l.t("letter-withdrawn-nothing").into()),
    ];
    Draft::new(facts.l, &facts.both("letter-withdrawn-subject"), blocks)
}
