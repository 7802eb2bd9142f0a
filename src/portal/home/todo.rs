//! What needs an answer, in words.

use super::store::{Ending, LISTED, Numbers, SOON_DAYS, Waiting};
use crate::{
    domain::{Instant, agreement::Renewal, role::AdminRole},
    evidence::{agreement::Standing, claims::Claim},
    web::{locale::Locale, paginate::counted},
};

/// One thing that needs an answer, and where to give it.
#[derive(Debug, Clone)]
pub struct Todo {
    /// The tile's tone.
    pub tone: &'static str,
    /// The tile's icon.
    pub icon: &'static str,
    /// What it is.
    pub title: String,
    /// What to know about it.
    pub text: String,
    /// Where to answer.
    pub href: String,
    /// The key of the button's words.
    pub button: &'static str,
}

/// An invitation that waits.
#[must_use]
pub fn invitation(l: &Locale, waiting: &Waiting) -> Todo {
    let deadline = l.date(&waiting.expires_at);
    let long = l.t1("days-long", "days", waiting.days.unwrap_or_default());
    let key = match waiting.roles.as_slice() {
        [] => "home-asks-nothing",
        roles if roles.iter().any(|role| role.full_control()) => "home-asks-full",
        _ => "home-asks-support",
    };
    let kind = waiting.relationship_type.as_str().replace('_', "-");
    let text = l.with(
        key,
        &[
            ("long", long.as_str().into()),
            ("type", l.t(&format!("told-type-{kind}")).into()),
            ("date", deadline.as_str().into()),
        ],
    );
    let full = waiting.roles.contains(&AdminRole::GlobalAdministrator);
    Todo {
        tone: if full { "risk" } else { "info" },
        icon: "mail",
        title: l.t1("home-invited", "partner", waiting.partner.as_str()),
        text,
        href: format!("/billing/invitations/{}", waiting.id),
        button: "home-review-invitation",
    }
}

/// Roles that end soon.
#[must_use]
pub fn ending(l: &Locale, ending: &Ending, now: &Instant) -> Todo {
    let key = if ending.all {
        "home-ends-all"
    } else {
        "home-ends-one"
    };
    let days = l.days_until(&ending.first, now);
    Todo {
        tone: "warn",
        icon: "clock",
        title: l.t2(key, "partner", ending.partner.as_str(), "days", days),
        text: l.t1("home-ends-text", "date", l.date(&ending.first).as_str()),
        href: format!("/billing/partner-relationships/{}", ending.id),
        button: "home-review-partner",
    }
}

/// What isn't listed one by one.
fn further(key: &str, l: Locale, total: i64, href: &str, icon: &'static str) -> Option<Todo> {
    let listed = i64::try_from(LISTED).unwrap_or_default();
    (total > listed).then(|| Todo {
        tone: "",
        icon,
        title: l.t1(key, "count", total - listed),
        text: String::new(),
        href: href.to_owned(),
        button: "home-see-all",
    })
}

/// The agreement, where it isn't accepted or a newer version asks for it.
#[must_use]
pub fn agreement(l: &Locale, standing: &Standing) -> Option<Todo> {
    let dated = l.dated(&standing.version.dated);
    let (title, text) = match &standing.accepted {
        None => ("home-agreement-open", "home-agreement-open-text"),
        Some(_) if standing.renewal == Renewal::NotAsked => return None,
        Some(_) if standing.suffices => ("home-agreement-newer", "home-agreement-until"),
        Some(_) => ("home-agreement-newer", "home-agreement-newer-text"),
    };
    let until = match standing.renewal {
        Renewal::Until(until) => Some(l.long_date_time(&until)),
        Renewal::NotAsked | Renewal::Due => None,
    };
    Some(Todo {
        tone: "warn",
        icon: "document",
        title: l.t(title).to_owned(),
        text: l.t2(
            text,
            "dated",
            dated.as_str(),
            "until",
            until.as_deref().unwrap_or_default(),
        ),
        href: "/billing/agreement".to_owned(),
        button: "home-review-agreement",
    })
}

/// What a partner says of an acceptance elsewhere.
#[must_use]
pub fn claim(l: &Locale, claim: &Claim) -> Todo {
    let person = claim.name.as_deref();
    let person = person.unwrap_or_else(|| l.t("claim-somebody"));
    let (day, dated) = (l.dated(&claim.accepted_on), l.dated(&claim.dated));
    let when = l.t2("claim-told-when", "date", &day, "dated", &dated);
    Todo {
        tone: "info",
        icon: "chat",
        title: l.t2("claim-told", "partner", &claim.partner.1, "person", person),
        text: format!("{when} {}", l.t("claim-told-nothing")),
        href: "/billing/agreement".to_owned(),
        button: "home-review-agreement",
    }
}

/// Everything that needs an answer, in the order of urgency.
#[must_use]
pub fn todos(
    l: &Locale,
    now: &Instant,
    (invitations, waiting): (&[Waiting], i64),
    ends: &[Ending],
    numbers: Numbers,
    (standing, claims): (Option<&Standing>, &[Claim]),
) -> Vec<Todo> {
    let mut todos: Vec<Todo> = invitations.iter().map(|one| invitation(l, one)).collect();
    let all = "/billing/invitations";
    todos.extend(further("home-invited-more", *l, waiting, all, "mail"));
    todos.extend(standing.and_then(|standing| agreement(l, standing)));
    todos.extend(claims.iter().take(LISTED).map(|one| claim(l, one)));
    todos.extend(ends.iter().take(LISTED).map(|one| ending(l, one, now)));
    let count = i64::try_from(ends.len()).unwrap_or_default();
    let soon = format!("/billing/partner-relationships?ends={SOON_DAYS}");
    todos.extend(further("home-ends-more", *l, count, &soon, "clock"));
    if numbers.full > 0 {
        let words = counted(l, numbers.full);
        todos.push(Todo {
            tone: "risk",
            icon: "shield",
            title: l.t2("home-full", "count", numbers.full, "words", words.as_str()),
            text: l.t1("home-full-text", "count", numbers.full),
            href: "/billing/partner-relationships?reach=full".to_owned(),
            button: "home-check-access",
        });
    }
    todos
}
