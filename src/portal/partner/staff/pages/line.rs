//! Somebody of the staff in a line, and in a sentence.

use super::{super::store::Member, PATH, roles::in_words};
use crate::{
    domain::Instant,
    web::{locale::Locale, page::Avatar, standing::Badge},
};

/// Somebody as a line of the list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) avatar: Avatar,
    pub(super) email: String,
    pub(super) roles: String,
    pub(super) since: Instant,
    pub(super) badge: Badge,
    pub(super) is_there: bool,
}

pub(super) fn line(l: Locale, member: &Member) -> Line {
    let erased = || l.t("relationships-erased-person").to_owned();
    let name = member.name.clone().unwrap_or_else(erased);
    let (kind, icon, word) = match member.ended {
        None => ("good", "check", "staff-active"),
        Some(_) => ("", "minus-circle", "staff-disabled"),
    };
    Line {
        href: format!("{PATH}/{}", member.membership),
        avatar: Avatar::person(&name),
        name,
        email: member.email.clone().unwrap_or_default(),
        roles: in_words(l, &member.roles),
        since: member.since,
        badge: Badge {
            kind,
            icon,
            words: l.t(word).to_owned(),
        },
        is_there: member.ended.is_none(),
    }
}

/// What somebody is now, read back from what is stored.
pub(super) fn said(l: Locale, member: &Member) -> (String, String) {
    let line = line(l, member);
    if member.ended.is_some() {
        let text = l.t1("staff-disabled-text", "person", &line.name);
        return (l.t("staff-disabled-title").to_owned(), text);
    }
    let text = l.t2(
        "staff-changed-text",
        "person",
        &line.name,
        "roles",
        &line.roles,
    );
    (l.t("staff-changed-title").to_owned(), text)
}
