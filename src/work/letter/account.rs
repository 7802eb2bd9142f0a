//! Mails about somebody's own account.

use super::{Block, Draft, facts::Facts, inert::one_line, path_of};
use crate::{error::Error, web::page::Site, work::outbox::Waiting};

pub(super) fn reset(waiting: &Waiting, facts: &Facts) -> Result<Draft, Error> {
    let path = path_of(waiting.link.as_deref(), "/password-reset/")?;
    let l = facts.l;
    let blocks = vec![
        Block::Text(l.t("letter-reset-lead").into()),
        Block::Action(l.t("letter-reset-action").into(), Ok(path)),
        Block::Fine(l.t("letter-reset-ignore").into()),
    ];
    Ok(Draft::new(l, l.t("letter-reset-subject"), blocks))
}

pub(super) fn changed(facts: &Facts, site: &Site) -> Draft {
    let l = facts.l;
    let lead = match facts.at {
        Some(at) => l.t1("letter-changed-lead-at", "at", &l.long_date_time(&at)),
        None => l.t("letter-changed-lead").into(),
    };
    let mut blocks = vec![
        Block::Text(lead),
        Block::Text(l.t("letter-changed-sessions").into()),
    ];
    blocks.extend(not_you(facts, site));
    Draft::new(l, l.t("letter-changed-subject"), blocks)
}

pub(super) fn sessions_ended(facts: &Facts, site: &Site) -> Draft {
    let l = facts.l;
    let lead = match facts.at {
        Some(at) => l.t1("letter-sessions-lead-at", "at", &l.long_date_time(&at)),
        None => l.t("letter-sessions-lead").into(),
    };
    let mut blocks = vec![Block::Text(lead)];
    blocks.extend(not_you(facts, site));
    Draft::new(l, l.t("letter-sessions-subject"), blocks)
}

/// What the owner does who didn't do it.
fn not_you(facts: &Facts, site: &Site) -> [Block; 2] {
    let l = facts.l;
    let text = match one_line(&site.operator) {
        operator if operator.is_empty() => l.t("letter-not-you").into(),
        operator => l.t1("letter-not-you-operator", "operator", &operator),
    };
    let way = Block::Action(
        l.t("letter-set-password").into(),
        Ok("/password-reset".into()),
    );
    [Block::Text(text), way]
}
