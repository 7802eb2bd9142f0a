//! The mail that brings somebody the receipt of what they accepted.

use super::{Block, Draft, facts::Facts};

pub(super) fn draft_of(facts: &Facts) -> Draft {
    let l = facts.l;
    let mut rows = Vec::new();
    if let Some((title, dated)) = &facts.document {
        rows.push((l.t("mail-receipt-title").to_owned(), title.clone()));
        rows.push((l.t("mail-receipt-dated").to_owned(), l.dated(dated)));
    }
    if let Some(at) = &facts.at {
        rows.push((l.t("mail-receipt-at").to_owned(), l.long_date_time(at)));
    }
    let path = match facts.acceptance {
        Some(id) => format!("/billing/acceptances/{id}"),
        None => "/billing/agreement".to_owned(),
    };
    let file = match &facts.attached {
        Some(name) => l.t1("mail-receipt-attached", "file", name),
        None => l.t("mail-receipt-not-attached").to_owned(),
    };
    let blocks = vec![
        facts.text("mail-receipt-lead"),
        Block::Facts(rows),
        Block::Text(file),
        Block::Action(l.t("mail-receipt-action").into(), Ok(path)),
        Block::Fine(l.t("receipt-simple").into()),
        Block::Fine(facts.both("mail-receipt-not-you")),
    ];
    Draft::new(l, &facts.both("mail-receipt-subject"), blocks)
}
