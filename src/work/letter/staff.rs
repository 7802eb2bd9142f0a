//! The mail that asks somebody to join a partner's staff.

use super::{
    Block, Draft,
    facts::Facts,
    inert::{inert, one_line},
    path_of,
};
use crate::{error::Error, work::outbox::Waiting};

pub(super) fn invitation(waiting: &Waiting, facts: &Facts) -> Result<Draft, Error> {
    let path = path_of(waiting.link.as_deref(), "/staff-invitations/")?;
    let (l, partner) = (facts.l, facts.partner.as_str());
    let sender = inert(&one_line(facts.sender.as_deref().unwrap_or_default()));
    let lead = if sender.is_empty() {
        l.t1("letter-staff-lead", "partner", partner)
    } else {
        l.t2("letter-staff-sender", "person", &sender, "partner", partner)
    };
    let roles = facts.staff_roles.iter();
    let roles: Vec<String> = roles
        .map(|role| l.word("member-role", role.as_str()))
        .collect();
    let mut about = vec![(l.t("letter-staff-roles").to_owned(), roles.join(", "))];
    if let Some(until) = facts.until {
        about.push((l.t("letter-staff-until").to_owned(), l.date(&until)));
    }
    let blocks = vec![
        Block::Text(lead),
        Block::Facts(about),
        Block::Action(l.t("letter-staff-action").into(), Ok(path)),
        Block::Fine(l.t("letter-staff-opening").into()),
        Block::Fine(l.t1("letter-staff-unexpected", "partner", partner)),
    ];
    Ok(Draft::new(
        l,
        &l.t1("letter-staff-subject", "partner", partner),
        blocks,
    ))
}
