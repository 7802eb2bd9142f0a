//! The mail that asks administrators to accept a newer version of the agreement.

use super::{Block, Draft, facts::Facts, quoted};

pub(super) fn draft_of(facts: &Facts) -> Draft {
    let l = facts.l;
    let (title, dated) = match &facts.document {
        Some((title, dated)) => (title.as_str(), Some(dated)),
        None => (l.t("nav-agreement"), None),
    };
    let mut rows = vec![(l.t("mail-receipt-title").to_owned(), title.to_owned())];
    if let Some(dated) = dated {
        rows.push((l.t("mail-receipt-dated").to_owned(), l.dated(dated)));
    }
    let mut blocks = vec![facts.text("letter-renewal-lead"), Block::Facts(rows)];
    if let Some(words) = &facts.message {
        blocks.push(quoted(l.t("letter-renewal-changes").to_owned(), words));
    }
    blocks.push(match &facts.until {
        Some(until) => {
            let until = l.long_date_time(until);
            let key = "letter-renewal-until";
            Block::Text(l.t2(key, "tenant", &facts.tenant, "date", &until))
        }
        None => facts.text("letter-renewal-due"),
    });
    blocks.push(facts.text("letter-renewal-stays"));
    let action = l.t("letter-renewal-action").to_owned();
    blocks.push(Block::Action(action, Ok("/billing/agreement".to_owned())));
    blocks.push(Block::Fine(facts.both("letter-renewal-why")));
    Draft::new(l, &subject(facts, title), blocks)
}

/// The second mail says how much time is left.
fn subject(facts: &Facts, title: &str) -> String {
    let tenant = facts.tenant.as_str();
    let named = [("title", title.into()), ("tenant", tenant.into())];
    match facts.days {
        Some(days) => {
            let [title, tenant] = named;
            let args = [title, tenant, ("days", days.into())];
            facts.l.with("letter-renewal-subject-week", &args)
        }
        None => facts.l.with("letter-renewal-subject", &named),
    }
}
