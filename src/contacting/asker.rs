//! Whoever wrote to a partner, as each of its pages says it.

use super::read::Request;
use crate::{
    domain::Instant,
    web::{locale::Locale, page::Avatar},
};

/// Where a partner's requests live.
pub const REQUESTS: &str = "/partner/requests";

/// Whoever wrote, and what.
#[derive(Debug, Clone)]
pub struct Asker {
    /// The request's page.
    pub href: String,
    /// The organization.
    pub organization: String,
    /// Its avatar.
    pub avatar: Avatar,
    /// Whether an administrator wrote for a tenant, rather than somebody unknown.
    pub known: bool,
    /// Who wrote.
    pub name: String,
    /// Where replies go.
    pub email: String,
    /// A number to call.
    pub phone: Option<String>,
    /// How many people the organization has.
    pub size: String,
    /// When to start.
    pub start: String,
    /// What is needed, line by line.
    pub need: Vec<String>,
    /// The language that it is written in.
    pub language: &'static str,
    /// When it was sent, for machines and for people.
    pub sent: (String, String),
}

impl Asker {
    /// Whoever wrote a request, in the reader's language.
    #[must_use]
    pub fn of(l: Locale, request: &Request) -> Self {
        let written = &request.written;
        let erased = || l.t("told-erased").to_owned();
        let organization = request.organization().map_or_else(erased, str::to_owned);
        let need = written.need.clone().unwrap_or_else(erased);
        Self {
            href: format!("{REQUESTS}/{}", request.id),
            avatar: Avatar::company(&organization),
            organization,
            known: written.tenant.is_some(),
            name: written.name.clone().unwrap_or_else(erased),
            email: written.email.clone().unwrap_or_else(erased),
            phone: written.phone.clone(),
            size: l.word("size", written.size.as_str()),
            start: l.word("contact-start", written.start.as_str()),
            need: need.lines().map(str::to_owned).collect(),
            language: written.language.as_str(),
            sent: when(l, &request.created_at),
        }
    }
}

/// A time, for machines and for people.
#[must_use]
pub fn when(l: Locale, at: &Instant) -> (String, String) {
    (l.machine(at), l.short_date(at))
}
