//! One partner: what it can do, on which terms, and what happened.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        activity::{self, Happened},
        partner::{self, Agreed, Left, Other, Relationship},
    },
    PATH,
    blocks::Block,
    happened::Told,
    removal::Question,
    view::{Badge, Bars, End, when},
};
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        nav::role_key,
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::{Instant, PartnerId, RelationshipId, standing::Standing},
    error::Error,
    evidence::grants::{self, Given},
    web::{
        form::query,
        locale::Locale,
        now::Now,
        page::{Avatar, Shell, page},
    },
};

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
    activity: Vec<Happened>,
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
    let relationship = partner::find(conn, scope, id)?;
    let of: PartnerId = relationship.partner.id;
    let live = grants::live(conn, scope, of, now, false)?;
    let removed = match removed {
        Some(number) => activity::removal_of(conn, scope, of, number)?.is_some(),
        None => false,
    };
    let left = match relationship.kept.standing(now) {
        Standing::RolesRemoved(_) | Standing::RolesEnded(_) => partner::left(conn, scope, id, now)?,
        _ => None,
    };
    let ended_by = match relationship.ended_by {
        Some(member) => partner::member_name(conn, member)?,
        None => None,
    };
    Ok(Found {
        others: partner::others(conn, scope, &relationship)?,
        agreed: partner::agreed(conn, scope, id)?,
        activity: activity::activity(conn, scope, of)?,
        removed: removed && live.is_empty(),
        live,
        left,
        ended_by,
        relationship,
    })
}

/// Roles that are gone, or a relationship that is over.
struct Gone {
    heading: String,
    text: String,
}

/// Another relationship of the same partner.
struct Also {
    href: String,
    kind: String,
    ended: bool,
}

/// What was accepted, as the page says it.
struct Agreement {
    document: String,
    by: String,
    at: Instant,
    short: String,
    sha256: String,
    href: String,
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
    blocks: Vec<Block>,
    gone: Option<Gone>,
    others: Vec<Also>,
    agreement: Option<Agreement>,
    activity: Vec<Told>,
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
        let gone = gone(l, &relationship, found.left.as_ref(), found.ended_by, now);
        let mut blocks: Vec<Block> = own.iter().map(|given| Block::role(l, given, now)).collect();
        if gone.is_none() {
            blocks.extend(Block::kind(l, kind));
        }
        let question = (!found.live.is_empty())
            .then(|| Question::of(l, &relationship, &found.others, &found.live, now));
        Self {
            avatar: Avatar::company(name),
            kind: l.word("type", kind.as_str()),
            badge: badge(l, standing, now),
            reach: Bars::of(l, relationship.kept.reach(kind, now)),
            end: End::of(l, standing, now),
            said: found.removed.then(|| removed(l, name)),
            note: note(l, name, standing, &own),
            others: found.others.iter().map(|other| also(l, other)).collect(),
            agreement: found.agreed.map(|agreed| agreement(l, agreed)),
            activity: found
                .activity
                .iter()
                .map(|happened| Told::of(l, happened, name))
                .collect(),
            blocks,
            gone,
            question,
            relationship,
            shell,
        }
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

fn badge(l: Locale, standing: Standing, now: Instant) -> Badge {
    let badge = Badge::of(l, standing);
    match standing {
        Standing::EndsSoon(at) => Badge {
            words: l.t1("relationships-badge-ends", "when", &when(l, at, now)),
            ..badge
        },
        _ => badge,
    }
}

/// What stands on top where roles end soon, or have run out.
fn note(l: Locale, name: &str, standing: Standing, own: &[&Given]) -> Option<(String, String)> {
    match standing {
        Standing::EndsSoon(at) => {
            let together = own.iter().all(|given| given.grant.ends_at == at);
            let key = if together && own.len() > 1 {
                "relationships-note-ends"
            } else if together {
                "relationships-note-ends-only"
            } else {
                "relationships-note-ends-one"
            };
            let text = l.t1("relationships-note-ends-text", "partner", name);
            Some((l.t1(key, "date", &l.date(&at)), text))
        }
        Standing::RolesEnded(Some(at)) => {
            let text = l.t1("relationships-note-ended-text", "partner", name);
            Some((l.t1("relationships-note-ended", "date", &l.date(&at)), text))
        }
        _ => None,
    }
}

/// What is said in place of roles: that there are none, how they went, and what remains.
fn gone(
    l: Locale,
    relationship: &Relationship,
    left: Option<&Left>,
    ended_by: Option<String>,
    now: Instant,
) -> Option<Gone> {
    let name = &relationship.partner.name;
    let standing = relationship.kept.standing(now);
    let nobody = || l.t("relationships-erased-person").to_owned();
    if let Standing::Ended(at) = standing {
        let by = ended_by.unwrap_or_else(nobody);
        let args = [("partner", name.into()), ("person", (&by).into())];
        let date = l.date(&at);
        let args = [args.as_slice(), &[("date", (&date).into())]].concat();
        return Some(Gone {
            heading: l.t("relationships-over-title").to_owned(),
            text: l.with("relationships-over-text", &args),
        });
    }
    let about_roles = Block::kind(l, relationship.kind).is_none();
    if standing.works() && (relationship.kept.had_roles || !about_roles) {
        return None;
    }
    let how = left.map(|left| {
        let date = l.date(&left.at);
        let by = left.by.clone().unwrap_or_else(nobody);
        match left.removed {
            true => l.t2("relationships-gone-removed", "date", &date, "person", &by),
            false => l.t1("relationships-gone-ended", "date", &date),
        }
    });
    let key = if relationship.kind.sells() {
        "relationships-gone-sells"
    } else {
        "relationships-gone-text"
    };
    let text = l.t1(key, "partner", name);
    Some(Gone {
        heading: l.t("reach-none").to_owned(),
        text: how.map_or_else(|| text.clone(), |how| format!("{how} {text}")),
    })
}

fn also(l: Locale, other: &Other) -> Also {
    Also {
        href: format!("{PATH}/{}", other.id),
        kind: l.word("type", other.kind.as_str()),
        ended: other.ended,
    }
}

fn agreement(l: Locale, agreed: Agreed) -> Agreement {
    let dated = l.dated(&agreed.dated);
    let erased = || l.t("relationships-erased-person").to_owned();
    let by = agreed.by.unwrap_or_else(erased);
    let by = match agreed.role {
        Some(role) => format!("{by}, {}", l.t(role_key(Some(role))).to_lowercase()),
        None => by,
    };
    Agreement {
        document: l.t2(
            "relationships-document",
            "title",
            &agreed.title,
            "date",
            &dated,
        ),
        by,
        at: agreed.at,
        short: short(&agreed.sha256),
        href: format!("/agreements/{}", agreed.version),
        sha256: agreed.sha256,
    }
}

/// A fingerprint as people compare it: its first twelve digits in groups, and its last four.
fn short(sha256: &str) -> String {
    let digits: Vec<char> = sha256.chars().collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    match groups.as_slice() {
        [one, two, three, .., last] => format!("{one} {two} {three} … {last}"),
        _ => sha256.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_shortened_in_groups() {
        let whole = "9f2c41d70be8".to_owned() + &"0".repeat(48) + "77a3";
        assert_eq!(short(&whole), "9f2c 41d7 0be8 … 77a3");
        assert_eq!(short(""), "");
    }
}
