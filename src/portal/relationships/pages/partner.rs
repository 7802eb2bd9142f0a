//! One partner: what it can do, on which terms, and what happened.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{super::store::removal::removal_of, PATH, gone::Gone, removal::Question};
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::{Instant, PartnerId, RelationshipId, role::AdminRole, standing::Standing},
    error::Error,
    evidence::{
        agreed::{self, Agreed},
        agreed_words::Agreement,
        gone::{self, Left},
        grants::{self, Given},
        member::member_name,
        relationship::{self, Other, Relationship},
        told::{self, Filter, Line, Told},
    },
    web::{
        form::query,
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
        standing::{Badge, Bars, End, until},
    },
};

/// The most lines of activity that the page shows.
const SHOWN: i64 = 10;

/// The query of the page: the event that tells of the removal a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    removed: Option<String>,
}

/// Everything that the page shows, read together.
struct Found {
    relationship: Relationship,
    live: Vec<Given>,
    others: Vec<Other>,
    left: Option<Left>,
    ended_by: Option<String>,
    agreed: Option<Agreed>,
    activity: Vec<Told>,
    removed: bool,
}

/// `GET /billing/partner-relationships/{id}`
pub async fn partner(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<RelationshipId>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let removed = asked.removed.and_then(|number| number.parse().ok());
    let (scope, id) = (by.scope(), id.into_inner());
    let found = db
        .read(move |conn| find(conn, scope, id, removed, now.0))
        .await?;
    page(&PartnerPage::new(by.shell(&req), found, now.0))
}

fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    id: RelationshipId,
    removed: Option<i64>,
    now: Instant,
) -> Result<Found, Error> {
    let relationship = relationship::of_tenant(conn, scope, id)?;
    let of: PartnerId = relationship.partner.id;
    let live = grants::live(conn, relationship.between, now)?;
    let removed = match removed {
        Some(number) => removal_of(conn, scope, of, number)?.is_some(),
        None => false,
    };
    let left = match relationship.kept.standing(now) {
        Standing::RolesRemoved(_) | Standing::RolesEnded(_) => {
            gone::left(conn, &relationship, now)?
        }
        _ => None,
    };
    let ended_by = match relationship.ended_by {
        Some(member) => member_name(conn, member)?,
        None => None,
    };
    Ok(Found {
        others: relationship::others(conn, &relationship)?,
        agreed: agreed::agreed(conn, relationship.between, id)?,
        activity: told::told(
            conn,
            scope,
            &Filter {
                partner: Some(of),
                ..Filter::newest(SHOWN)
            },
        )?,
        removed: removed && live.is_empty(),
        live,
        left,
        ended_by,
        relationship,
    })
}

/// Another relationship of the same partner.
struct Also {
    href: String,
    kind: String,
    ended: bool,
}

#[derive(Template)]
#[template(path = "relationships/partner.html")]
struct PartnerPage {
    shell: Shell,
    relationship: Relationship,
    avatar: Avatar,
    kind: String,
    badge: Badge,
    reach: Bars,
    end: End,
    said: Option<(String, String)>,
    note: Option<(String, String)>,
    roles: Vec<(AdminRole, String)>,
    gone: Option<Gone>,
    others: Vec<Also>,
    agreement: Option<Agreement>,
    activity: Vec<Line>,
    question: Option<Question>,
}

impl PartnerPage {
    fn new(shell: Shell, found: Found, now: Instant) -> Self {
        let (l, relationship) = (shell.l, found.relationship);
        let standing = relationship.kept.standing(now);
        let (name, kind) = (&relationship.partner.name, relationship.kind);
        let own: Vec<&Given> = found
            .live
            .iter()
            .filter(|given| given.relationship == relationship.id)
            .collect();
        let gone = Gone::of(l, &relationship, found.left.as_ref(), found.ended_by, now);
        let role = |given: &&Given| (given.grant.role, until(l, given.grant.ends_at, now));
        let question = (!found.live.is_empty())
            .then(|| Question::of(l, &relationship, &found.others, &found.live, now));
        Self {
            avatar: Avatar::company(name),
            kind: l.word("type", kind.as_str()),
            badge: Badge::dated(l, standing, now),
            reach: Bars::of(l, relationship.kept.reach(kind, now)),
            end: End::of(l, standing, now),
            said: found.removed.then(|| removed(l, name)),
            note: note(l, name, standing, &own),
            others: found.others.iter().map(|other| also(l, other)).collect(),
            agreement: found.agreed.map(|agreed| Agreement::of(l, agreed)),
            activity: found
                .activity
                .iter()
                .map(|one| told::placed(one, &l))
                .collect(),
            roles: own.iter().map(role).collect(),
            gone,
            question,
            relationship,
            shell,
        }
    }

    /// Whether the type lets the partner do something besides its roles.
    fn works_by_itself(&self) -> bool {
        let ended = self.relationship.kept.ended_at.is_some();
        !ended && self.relationship.kind.works_without_roles()
    }

    /// The telephone number as a link takes it.
    fn phone(&self) -> Option<String> {
        let phone = self.relationship.partner.contact_phone.as_deref()?;
        let digits = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        Some(digits.collect())
    }
}

fn removed(l: Locale, name: &str) -> (String, String) {
    let text = l.t1("relationships-removed-text", "partner", name);
    (l.t("relationships-removed-title").to_owned(), text)
}

/// What stands on top where roles end soon.
fn note(l: Locale, name: &str, standing: Standing, own: &[&Given]) -> Option<(String, String)> {
    let Standing::EndsSoon(at) = standing else {
        return None;
    };
    let together = own.iter().all(|given| given.grant.ends_at == at);
    let key = match (together, own.len()) {
        (true, 1) => "relationships-note-ends-only",
        (true, _) => "relationships-note-ends",
        (false, _) => "relationships-note-ends-one",
    };
    let text = l.t1("relationships-note-ends-text", "partner", name);
    Some((l.t1(key, "date", &l.date(&at)), text))
}

fn also(l: Locale, other: &Other) -> Also {
    Also {
        href: format!("{PATH}/{}", other.id),
        kind: l.word("type", other.kind.as_str()),
        ended: other.ended,
    }
}
