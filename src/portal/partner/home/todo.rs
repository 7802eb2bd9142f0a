//! What needs an answer of the partner.

use super::{
    super::invitations::pages::PATH,
    store::{Customer, Sent},
};
use crate::{contacting::asker::Asker, domain::Instant, web::locale::Locale};

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Todo {
    /// info, warn, or none.
    pub tone: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// What it is.
    pub title: String,
    /// What more there is to say.
    pub text: String,
    /// Where it is done; none where nothing but talking helps.
    pub href: Option<String>,
    /// The key of the button's words.
    pub button: &'static str,
}

/// What waits, the customers' requests and wishes first.
#[must_use]
pub fn todos(l: Locale, sent: Option<&Sent>, ending: &[Customer], now: Instant) -> Vec<Todo> {
    let requests = sent.iter().flat_map(|sent| &sent.requests).map(|request| {
        let asker = Asker::of(l, request);
        let title = l.t1("partner-request-title", "customer", &asker.organization);
        let until = l.date(&request.expires_at);
        Todo {
            tone: "info",
            icon: "chat",
            title,
            text: l.t2(
                "partner-request-text",
                "person",
                &asker.name,
                "date",
                &until,
            ),
            href: Some(asker.href),
            button: "partner-request-button",
        }
    });
    let asked = sent.iter().flat_map(|sent| &sent.asked).map(|row| Todo {
        tone: "warn",
        icon: "mail",
        title: l.t1("partner-asked-title", "customer", &row.written),
        text: row.renewal.map_or_else(String::new, |at| {
            let kind = l.word("type", row.kind.as_str());
            l.t2("partner-asked-text", "type", &kind, "date", &l.date(&at))
        }),
        href: Some(format!("{PATH}/new?from={}", row.id)),
        button: "partner-asked-button",
    });
    let ends = ending.iter().map(|customer| {
        let first = customer.roles.iter().map(|(_, end)| *end).min();
        let end = first.unwrap_or(now);
        let when = l.t1("in-days", "days", l.days_until(&end, &now));
        let names = customer
            .roles
            .iter()
            .map(|(role, _)| l.word("role-name", role.as_str()));
        let names = names.collect::<Vec<_>>().join(", ");
        Todo {
            tone: "",
            icon: "clock",
            title: l.t2(
                "partner-ending-title",
                "customer",
                &customer.name,
                "when",
                &when,
            ),
            text: l.t2(
                "partner-ending-text",
                "roles",
                &names,
                "date",
                &l.date(&end),
            ),
            href: None,
            button: "",
        }
    });
    requests.chain(asked).chain(ends).collect()
}
