//! What became of roles and relationships, as their partner is told.

use super::super::store::customer::Found;
use crate::{
    domain::{Instant, role::Reach, standing::Standing},
    evidence::{authorized::Authorized, gone::Gone},
    web::{locale::Locale, standing::Bars},
};

fn somebody(l: Locale, name: Option<&String>) -> String {
    name.map_or_else(
        || l.t("relationships-erased-person").to_owned(),
        Clone::clone,
    )
}

/// How far the partner reaches, as it reads itself.
#[must_use]
pub fn reach(l: Locale, reach: Reach) -> Bars {
    let mut bars = Bars::of(l, reach);
    if reach == Reach::OwnApps {
        l.t("customers-reach-own-apps").clone_into(&mut bars.words);
    }
    bars
}

/// Who authorized something, and when; nothing where nobody did.
#[must_use]
pub fn authorized_words(l: Locale, authorized: Option<&Authorized>) -> String {
    authorized.map_or_else(String::new, |authorized| {
        let by = somebody(l, authorized.by.as_ref());
        let date = l.date(&authorized.at);
        l.t2("customers-authorized", "person", &by, "date", &date)
    })
}

/// How a role went.
#[must_use]
pub fn gone_words(l: Locale, gone: &Gone) -> String {
    let (key, by) = match gone {
        Gone::Ended => return l.t("customers-gone-ended").to_owned(),
        Gone::Replaced => return l.t("customers-gone-replaced").to_owned(),
        Gone::Removed(by) => ("customers-gone-removed", by),
        Gone::GivenBack(by) => ("customers-gone-given-back", by),
    };
    l.t1(key, "person", &somebody(l, by.as_ref()))
}

/// What is said in place of roles: that there are none, how they went, and what remains.
#[must_use]
pub fn over(l: Locale, found: &Found, now: Instant) -> Option<(String, String)> {
    let of = &found.relationship;
    let standing = of.kept.standing(now);
    let customer = &of.customer.name;
    if let Standing::Ended(at) = standing {
        let by = somebody(l, found.ended_by.as_ref());
        let text = l.t2("customers-over-text", "person", &by, "date", &l.date(&at));
        return Some((l.t("relationships-over-title").to_owned(), text));
    }
    if standing.works() {
        return None;
    }
    let how = found.left.as_ref().map(|left| {
        let how = gone_words(l, &left.how);
        l.t2("customers-left", "how", &how, "date", &l.date(&left.at))
    });
    let key = if of.kind.sells() {
        "customers-left-sells"
    } else {
        "customers-left-text"
    };
    let text = l.t1(key, "customer", customer);
    let text = how.map_or_else(|| text.clone(), |how| format!("{how} {text}"));
    Some((l.t("reach-none").to_owned(), text))
}
