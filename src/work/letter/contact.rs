//! Mails about contact requests. That one is answered, the invitation's own mail says.

use super::{
    Block, Draft,
    facts::Facts,
    inert::{inert, one_line},
    quoted,
};
use crate::domain::membership::Side;

/// To the partner. Where replies go stands on the page alone: what somebody typed as an address is
/// no link of ours.
pub(super) fn requested(facts: &Facts) -> Draft {
    let l = facts.l;
    let name = |name: &Option<String>| inert(&one_line(name.as_deref().unwrap_or_default()));
    let person = name(&facts.sender);
    let known = !facts.tenant.is_empty();
    let (subject, lead) = if known {
        (
            facts.both("letter-request-subject-known"),
            "letter-request-lead-known",
        )
    } else {
        (
            l.t("letter-request-subject").to_owned(),
            "letter-request-lead",
        )
    };
    let mut blocks = vec![facts.text(lead)];
    let words = facts.message.as_deref().unwrap_or_default();
    blocks.push(quoted(
        l.t1("letter-request-writes", "person", &person),
        words,
    ));
    let mut told = Vec::new();
    let mut fact = |key: &str, value: String| told.push((l.t(key).to_owned(), value));
    if !known {
        fact("contact-organization", name(&facts.organization));
    }
    if let Some(size) = facts.size {
        fact("request-size", l.word("size", size.as_str()));
    }
    if let Some(start) = facts.start {
        fact("request-start", l.word("contact-start", start.as_str()));
    }
    if let Some(until) = facts.until {
        fact("review-answer-before", l.date(&until));
    }
    blocks.push(Block::Facts(told));
    let path = match facts.request {
        Some(request) => format!("/partner/requests/{request}"),
        None => "/partner/requests".to_owned(),
    };
    blocks.push(Block::Action(l.t("letter-request-see").into(), Ok(path)));
    blocks.push(Block::Fine(l.t("letter-request-reply").into()));
    Draft::new(l, &subject, blocks)
}

/// To whoever wrote.
pub(super) fn declined(facts: &Facts) -> Draft {
    let l = facts.l;
    let mut blocks = vec![facts.text("letter-request-declined-lead")];
    if let Some(reason) = &facts.reason {
        blocks.push(quoted(facts.both("letter-invitation-writes"), reason));
    }
    if facts.is_for(Side::Tenant) {
        let path = match facts.request {
            Some(request) => format!("/partners/requests/{request}"),
            None => "/partners/requests".to_owned(),
        };
        blocks.push(Block::Action(l.t("letter-request-yours").into(), Ok(path)));
    }
    blocks.push(Block::Fine(facts.both("letter-request-unexpected")));
    Draft::new(l, &facts.both("letter-request-declined-subject"), blocks)
}
