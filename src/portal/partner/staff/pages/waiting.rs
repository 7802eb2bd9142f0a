//! Who was asked to join and hasn't yet, in a line and in a sentence.

use super::{super::store::waiting::Waiting, PATH, roles::in_words};
use crate::{
    domain::Instant,
    portal::partner::invitations::pages::view,
    web::{locale::Locale, page::Shell, standing::Badge},
};

/// A line of those who were asked.
pub(super) struct Line {
    pub(super) action: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: String,
    pub(super) by: String,
    pub(super) mail: String,
    pub(super) until: Instant,
    /// Why the link doesn't work, where it doesn't.
    pub(super) dead: Option<Badge>,
}

pub(super) fn line(shell: &Shell, one: &Waiting, now: Instant) -> Line {
    let l = shell.l;
    let by = one
        .by
        .clone()
        .unwrap_or_else(|| l.t("told-erased").to_owned());
    let dead = |words: String| Badge {
        kind: "warn",
        icon: "warning",
        words,
    };
    Line {
        action: format!("{PATH}/invitations/{}", one.id),
        name: one.name.clone(),
        email: one.email.clone(),
        roles: in_words(l, &one.roles),
        mail: match one.delivery {
            None => l.t("staff-by-hand").to_owned(),
            sent => view::delivery(shell, sent),
        },
        until: one.until,
        dead: if one.until <= now {
            Some(dead(l.t("staff-waiting-over").to_owned()))
        } else if one.by_agent {
            None
        } else {
            Some(dead(l.t1("staff-waiting-orphan", "person", &by)))
        },
        by: l.t1("staff-waiting-by", "person", &by),
    }
}

/// That a link is on its way.
pub(super) fn said_invited(l: Locale, one: &Waiting) -> (String, String) {
    let text = l.t1("staff-invited-text", "email", &one.email);
    (l.t("staff-invited-title").to_owned(), text)
}

/// That a link was taken back.
pub(super) fn said_withdrawn(l: Locale, email: &str) -> (String, String) {
    let text = l.t1("staff-withdrawn-text", "email", email);
    (l.t("staff-withdrawn-title").to_owned(), text)
}
