//! One customer: what the partner can do there, on which terms, and what happened.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        claim::is_open,
        customer::{self, Found, Granted},
    },
    claim, path,
    words::{authorized_words, gone_words, over, reach},
};
use crate::{
    access::guards::{AdminAgent, Guard, Staff},
    db::Db,
    domain::{
        Instant, RelationshipId, claim::ClaimState, relationship::RelationshipType, role::AdminRole,
    },
    error::Error,
    evidence::{
        agreed_words::Agreement,
        relationship::Other,
        told::{self, Line},
    },
    web::{
        form::query,
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
        standing::{Badge, Bars, End, until},
    },
};

/// The query of the page: what was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    returned: Option<String>,
    ended: Option<String>,
    claimed: Option<String>,
}

/// What was done a moment ago, besides giving a role back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Just {
    Ended,
    Claimed,
}

/// A role in force.
struct Held {
    role: AdminRole,
    since: String,
    until: String,
    authorized: String,
    give_back: String,
}

/// A role that was in force.
struct Closed {
    name: String,
    starts: Instant,
    ended: Instant,
    how: String,
    authorized: String,
}

/// Another relationship with the same customer.
struct Also {
    href: String,
    kind: String,
    ended: bool,
}

#[derive(Template)]
#[template(path = "partner/customers/customer.html")]
struct CustomerPage {
    shell: Shell,
    name: String,
    country: String,
    avatar: Avatar,
    relationship_type: RelationshipType,
    kind: String,
    badge: Badge,
    reach: Bars,
    since: Instant,
    end: End,
    said: Option<(String, String)>,
    gone: Option<(String, String)>,
    held: Vec<Held>,
    closed: Vec<Closed>,
    others: Vec<Also>,
    authorized: String,
    consent: String,
    agreement: Option<Agreement>,
    activity: Vec<Line>,
    /// How what was said of an acceptance elsewhere stands.
    claim: Option<String>,
    /// Where it is said, for those who may, where there is something to say.
    claim_it: Option<String>,
    /// Where all that happened is told.
    history: String,
    /// Where the relationship is ended, for those who may.
    end_it: Option<String>,
    is_over: bool,
}

/// `GET /partner/customers/{relationship}`
pub async fn customer(
    req: HttpRequest,
    by: Staff,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let returned = asked.returned.and_then(|number| number.parse().ok());
    let (scope, id) = (by.scope(), id.into_inner());
    let found = db
        .read(move |conn| customer::find(conn, scope, id, returned, now.0))
        .await?;
    let may = by.acting().holds(AdminAgent::ROLES);
    let just = match (asked.ended, asked.claimed) {
        (Some(_), _) => Some(Just::Ended),
        (None, Some(_)) => Some(Just::Claimed),
        (None, None) => None,
    };
    page(&CustomerPage::new(
        by.shell(&req),
        found,
        (may, just),
        now.0,
    ))
}

impl CustomerPage {
    fn new(shell: Shell, found: Found, (may, just): (bool, Option<Just>), now: Instant) -> Self {
        let (l, of) = (shell.l, &found.relationship);
        let standing = of.kept.standing(now);
        let (name, kind) = (of.customer.name.clone(), of.kind);
        let is_over = of.kept.ended_at.is_some();
        let live = found
            .grants
            .iter()
            .filter(|one| one.gone.is_none() && !is_over);
        Self {
            avatar: Avatar::company(&name),
            country: l.country(&of.customer.country),
            relationship_type: kind,
            kind: l.word("type", kind.as_str()),
            badge: Badge::dated(l, standing, now),
            reach: reach(l, of.kept.reach(kind, now)),
            since: of.since,
            end: End::of(l, standing, now),
            said: said(l, &found, just, now),
            gone: over(l, &found, now),
            held: live.map(|one| held(l, of.id, one, now)).collect(),
            closed: found
                .grants
                .iter()
                .filter_map(|one| closed(l, one))
                .collect(),
            others: found.others.iter().map(|other| also(l, other)).collect(),
            authorized: authorized_words(l, found.authorized.as_ref()),
            consent: l.word("customers-consent", found.consent.as_str()),
            activity: found
                .activity
                .iter()
                .map(|one| told::placed(one, &l))
                .collect(),
            claim: found.claim.as_ref().map(|one| claim::words(l, one)),
            claim_it: (may && !is_over && is_open(found.consent, found.claim.as_ref()))
                .then(|| format!("{}/agreement-claim", path(of.id))),
            history: format!("{}/history", path(of.id)),
            end_it: (may && !is_over).then(|| format!("{}/end", path(of.id))),
            agreement: found.agreed.map(|agreed| Agreement::of(l, agreed)),
            is_over,
            name,
            shell,
        }
    }

    /// Whether the type lets the partner do something besides its roles.
    fn works_by_itself(&self) -> bool {
        !self.is_over && self.relationship_type.works_without_roles()
    }
}

/// What was done a moment ago, where what is stored says so.
fn said(l: Locale, found: &Found, just: Option<Just>, now: Instant) -> Option<(String, String)> {
    let of = &found.relationship;
    let customer = &of.customer.name;
    if just == Some(Just::Claimed) {
        let claim = found.claim.as_ref();
        let waits = claim.is_some_and(|claim| claim.state == ClaimState::New);
        let text = l.t1("customers-claimed-text", "customer", customer);
        return waits.then(|| (l.t("customers-claimed-title").to_owned(), text));
    }
    if just == Some(Just::Ended) && of.kept.ended_at.is_some() {
        let text = l.t1("customers-ended-text", "customer", customer);
        return Some((l.t("customers-ended-title").to_owned(), text));
    }
    let role = found.given_back.first()?;
    let held = found
        .grants
        .iter()
        .any(|one| one.grant.role == *role && one.grant.is_live(now));
    let name = l.word("role-name", role.as_str());
    let text = l.t2(
        "customers-given-back-text",
        "role",
        &name,
        "customer",
        customer,
    );
    (!held).then(|| (l.t("customers-given-back-title").to_owned(), text))
}

fn held(l: Locale, id: RelationshipId, one: &Granted, now: Instant) -> Held {
    let role = one.grant.role;
    Held {
        role,
        since: l.t1("customers-from", "date", &l.date(&one.grant.starts_at)),
        until: until(l, one.grant.ends_at, now),
        authorized: authorized_words(l, one.authorized.as_ref()),
        give_back: format!("{}/roles/{role}/return", path(id)),
    }
}

fn closed(l: Locale, one: &Granted) -> Option<Closed> {
    let (ended, how) = one.gone.as_ref()?;
    Some(Closed {
        name: l.word("role-name", one.grant.role.as_str()),
        starts: one.grant.starts_at,
        ended: *ended,
        how: gone_words(l, how),
        authorized: authorized_words(l, one.authorized.as_ref()),
    })
}

fn also(l: Locale, other: &Other) -> Also {
    Also {
        href: path(other.id),
        kind: l.word("type", other.kind.as_str()),
        ended: other.ended,
    }
}
