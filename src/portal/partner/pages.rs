//! The partner's Home: invitations and relationships, to read.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::store::{self, Customer, Sent};
use crate::{
    access::{
        guards::{Guard, Staff},
        scope::PartnerScope,
    },
    db::{Db, DbConn},
    domain::{
        Instant,
        event::{EventGroup, EventKind},
        invitation::InvitationStatus,
        role::AdminRole,
    },
    error::Error,
    evidence::told::{self, Filter, Line, Told},
    web::{
        locale::Locale,
        now::Now,
        page::{Shell, page},
    },
};

/// How many events are told.
const RECENT: i64 = 8;

/// A badge: tone, icon, words.
struct Badge {
    tone: &'static str,
    icon: &'static str,
    words: String,
}

/// A role and what stands beneath it.
struct Role {
    bars: u8,
    name: String,
    ends: String,
}

struct SentRow {
    customer: String,
    kind: String,
    roles: Vec<Role>,
    by: String,
    made: (String, String),
    ends: (String, String),
    state: Badge,
    renewal: Option<String>,
}

struct CustomerRow {
    name: String,
    kind: String,
    roles: Vec<Role>,
    since: (String, String),
    state: Badge,
}

#[derive(Template)]
#[template(path = "partner/home.html")]
struct PartnerPage {
    shell: Shell,
    name: String,
    sent: Vec<SentRow>,
    customers: Vec<CustomerRow>,
    recent: Vec<Line>,
    most: i64,
}

impl PartnerPage {
    /// Whether a table may have left something out.
    fn is_cut(&self, shown: usize) -> bool {
        i64::try_from(shown).is_ok_and(|shown| shown >= self.most)
    }
}

/// `GET /partner`.
pub async fn home(
    req: HttpRequest,
    by: Staff,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let shell = by.shell(&req);
    let name = by.acting().organization().to_owned();
    let scope = by.scope();
    let facts = db.read(move |conn| facts(conn, scope, now.0)).await?;
    let (sent, customers, told) = facts;
    let l = shell.l;
    page(&PartnerPage {
        name,
        sent: sent.into_iter().map(|one| sent_row(l, one)).collect(),
        customers: customers
            .into_iter()
            .map(|one| customer_row(l, one, &now.0))
            .collect(),
        recent: told.iter().map(|one| line(l, one)).collect(),
        most: store::MOST,
        shell,
    })
}

type Facts = (Vec<Sent>, Vec<Customer>, Vec<Told>);

fn facts(conn: &mut DbConn, scope: PartnerScope, now: Instant) -> Result<Facts, Error> {
    let kinds = EventKind::ALL.iter().copied();
    let ours =
        kinds.filter(|kind| matches!(kind.group(), EventGroup::Invitations | EventGroup::Roles));
    let filter = Filter {
        kinds: Some(ours.collect()),
        ..Filter::newest(RECENT)
    };
    Ok((
        store::sent(conn, scope, now)?,
        store::customers(conn, scope, now)?,
        told::told_to_partner(conn, scope, &filter)?,
    ))
}

/// A line of the timeline. The customer is named only where it took part itself: whose an address
/// is, the sender of an invitation isn't told.
fn line(l: Locale, told: &Told) -> Line {
    let line = told::line(told, &l);
    let took_part = told.relationship.is_some() || told.kind.group() == EventGroup::Roles;
    match &told.tenant {
        Some(tenant) if took_part => Line {
            when: format!("{}, {tenant}", line.when),
            ..line
        },
        _ => line,
    }
}

fn kind(l: Locale, kind: crate::domain::relationship::RelationshipType) -> String {
    l.word("type", kind.as_str())
}

fn role(l: Locale, role: AdminRole, ends: String) -> Role {
    Role {
        bars: role.reach().bars(),
        name: l.word("role-name", role.as_str()),
        ends,
    }
}

fn when(l: Locale, at: &Instant) -> (String, String) {
    (l.machine(at), l.short_date(at))
}

fn sent_row(l: Locale, sent: Sent) -> SentRow {
    let (tone, icon) = match sent.status {
        InvitationStatus::Open => ("info", "clock"),
        InvitationStatus::Accepted => ("good", "check"),
        InvitationStatus::Declined => ("", "close"),
        InvitationStatus::Withdrawn | InvitationStatus::Expired => ("", "minus-circle"),
    };
    let renewal = sent.renewal_requested_at.as_ref();
    let roles = sent.roles.iter();
    SentRow {
        kind: kind(l, sent.relationship_type),
        roles: roles.map(|one| role(l, *one, String::new())).collect(),
        by: sent.sender.unwrap_or_else(|| l.t("told-erased").to_owned()),
        made: when(l, &sent.created_at),
        ends: when(l, &sent.expires_at),
        state: Badge {
            tone,
            icon,
            words: l.word("invitation-state", sent.status.as_str()),
        },
        renewal: renewal.map(|at| l.t1("partner-renewal", "date", l.short_date(at).as_str())),
        customer: sent.customer,
    }
}

fn customer_row(l: Locale, customer: Customer, now: &Instant) -> CustomerRow {
    let (tone, icon, word) = if customer.active {
        ("good", "check", "active")
    } else {
        ("", "minus-circle", "ended")
    };
    let ends = |end: &Instant| {
        let days = l.t1("in-days", "days", l.days_until(end, now));
        let date = l.short_date(end);
        l.t2(
            "partner-until",
            "date",
            date.as_str(),
            "when",
            days.as_str(),
        )
    };
    let roles = customer.roles.iter();
    CustomerRow {
        kind: kind(l, customer.relationship_type),
        roles: roles.map(|(one, end)| role(l, *one, ends(end))).collect(),
        since: when(l, &customer.since),
        state: Badge {
            tone,
            icon,
            words: l.word("relationship-state", word),
        },
        name: customer.name,
    }
}
