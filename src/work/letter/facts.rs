//! What a mail's words are made from, as kept with it. Mails that waited since before a fact was
//! kept are written without it.

use chrono_tz::Tz;
use serde::Deserialize;

use super::{
    Block,
    inert::{inert, one_line},
};
use crate::{
    domain::{
        AcceptanceId, ContactRequestId, Instant, Language, RelationshipId,
        contact_request::Start,
        directory::Size,
        membership::{MemberRole, Side},
        relationship::RelationshipType,
        role::AdminRole,
    },
    error::Error,
    web::locale::Locale,
    work::outbox::Waiting,
};

/// The facts, as written by whoever put the mail into the outbox.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Kept {
    partner_name: Option<String>,
    tenant_name: Option<String>,
    sender: Option<String>,
    #[serde(rename = "type")]
    relationship_type: Option<RelationshipType>,
    roles: Option<Vec<AdminRole>>,
    days: Option<i64>,
    until: Option<Instant>,
    at: Option<Instant>,
    message: Option<String>,
    reason: Option<String>,
    people: Vec<String>,
    zone: Option<String>,
    side: Option<Side>,
    title: Option<String>,
    dated: Option<String>,
    acceptance: Option<AcceptanceId>,
    staff_roles: Vec<MemberRole>,
    request: Option<ContactRequestId>,
    organization: Option<String>,
    size: Option<Size>,
    start: Option<Start>,
}

/// The facts, ready to be put into sentences.
#[derive(Debug)]
pub(super) struct Facts {
    /// The reader's language, and the zone of the tenant where it is known.
    pub(super) l: Locale,
    pub(super) partner: String,
    pub(super) tenant: String,
    pub(super) sender: Option<String>,
    pub(super) kind: Option<RelationshipType>,
    pub(super) roles: Option<Vec<AdminRole>>,
    pub(super) days: Option<i64>,
    pub(super) until: Option<Instant>,
    pub(super) at: Option<Instant>,
    pub(super) message: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) people: Vec<String>,
    /// The side that the reader is on.
    pub(super) side: Option<Side>,
    pub(super) relationship: Option<RelationshipId>,
    /// The agreement that was accepted, and the day that its version is known by.
    pub(super) document: Option<(String, String)>,
    pub(super) acceptance: Option<AcceptanceId>,
    /// The name of the file that goes with the mail.
    pub(super) attached: Option<String>,
    /// The roles among a partner's staff.
    pub(super) staff_roles: Vec<MemberRole>,
    pub(super) request: Option<ContactRequestId>,
    pub(super) organization: Option<String>,
    pub(super) size: Option<Size>,
    pub(super) start: Option<Start>,
}

/// A language, and a zone by its name.
pub(super) fn locale(language: Language, zone: Option<&str>) -> Locale {
    let zone = zone.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
    Locale { language, zone }
}

impl Facts {
    pub(super) fn read(waiting: &Waiting) -> Result<Self, Error> {
        let kept: Kept = serde_json::from_value(waiting.facts.clone())
            .map_err(|error| Error::internal(format!("facts of {}: {error}", waiting.id)))?;
        let name = |name: Option<String>| inert(&one_line(&name.unwrap_or_default()));
        Ok(Self {
            l: locale(waiting.language, kept.zone.as_deref()),
            partner: name(kept.partner_name),
            tenant: name(kept.tenant_name),
            sender: kept.sender,
            kind: kept.relationship_type,
            roles: kept.roles,
            days: kept.days,
            until: kept.until,
            at: kept.at,
            message: kept.message,
            reason: kept.reason,
            people: kept.people,
            side: kept.side,
            relationship: waiting.relationship,
            document: kept
                .title
                .map(|title| inert(&one_line(&title)))
                .zip(kept.dated),
            acceptance: kept.acceptance,
            attached: waiting.attached.as_ref().map(|file| file.name.clone()),
            staff_roles: kept.staff_roles,
            request: kept.request,
            organization: kept.organization,
            size: kept.size,
            start: kept.start,
        })
    }

    pub(super) fn is_for(&self, side: Side) -> bool {
        self.side == Some(side)
    }

    pub(super) fn has_full_control(&self) -> bool {
        let roles = self.roles.as_deref().unwrap_or_default();
        roles.iter().any(|role| role.full_control())
    }

    /// A message that names the partner and the customer.
    pub(super) fn both(&self, key: &str) -> String {
        self.l
            .t2(key, "partner", &self.partner, "tenant", &self.tenant)
    }

    pub(super) fn text(&self, key: &str) -> Block {
        Block::Text(self.both(key))
    }

    /// That full control is held, named with what it means.
    pub(super) fn risk(&self, key: &str) -> Block {
        Block::Risk(self.l.t("review-full-control-title").into(), self.both(key))
    }

    /// Whom and what it is about: as far as it is known, in the order of its names.
    pub(super) fn facts(&self) -> Block {
        let l = self.l;
        let mut facts = Vec::new();
        let mut fact = |key: &str, value: String| facts.push((l.t(key).to_owned(), value));
        if let Some(kind) = self.kind {
            fact("letter-type", l.word("type", kind.as_str()));
        }
        let roles = self.roles.as_deref().unwrap_or_default();
        if !roles.is_empty() {
            let names: Vec<String> = roles.iter().map(|role| role_name(l, *role)).collect();
            fact("letter-roles", names.join(", "));
        }
        if let Some(until) = self.until {
            fact("letter-roles-end", l.date(&until));
        }
        Block::Facts(facts)
    }

    /// Where the reader sees more of it.
    pub(super) fn see(&self) -> Block {
        let (key, path) = match (self.side, self.relationship) {
            (Some(Side::Tenant), Some(id)) => (
                "letter-see-partner",
                format!("/billing/partner-relationships/{id}"),
            ),
            (Some(Side::Tenant), None) => (
                "letter-see-partners",
                "/billing/partner-relationships".into(),
            ),
            (Some(Side::Partner), _) => ("letter-see-customers", "/partner".into()),
            _ => ("letter-open", "/".into()),
        };
        Block::Action(self.l.t(key).into(), Ok(path))
    }
}

/// A role by its name; one that gives full control never without saying so.
pub(super) fn role_name(l: Locale, role: AdminRole) -> String {
    let name = l.word("role-name", role.as_str());
    if role.full_control() {
        return l.t1("letter-role-full", "role", &name);
    }
    name
}
