//! The list of a partner's invitations.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    super::store::list::{self, Found},
    asked::{Asked, Chip, Wanted},
    view::Line,
};
use crate::{
    access::guards::{Guard, Inviter},
    db::Db,
    domain::{MembershipId, invitation::InvitationStatus, relationship::RelationshipType},
    error::Error,
    web::{
        form::query,
        locale::Locale,
        now::Now,
        page::{Shell, page},
        paginate::counted,
    },
};

#[derive(Template)]
#[template(path = "partner/invitations/list.html")]
struct ListPage {
    shell: Shell,
    wanted: Wanted,
    makers: Vec<(MembershipId, String)>,
    count: (String, String),
    chips: Vec<Chip>,
    lines: Vec<Line>,
    shown: String,
    next: Option<String>,
    none_yet: bool,
}

/// `GET /partner/invitations`.
pub async fn list(
    req: HttpRequest,
    by: Inviter,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let (wanted, scope) = (query::<Asked>(&req)?.wanted()?, by.scope());
    let (filter, after) = (wanted.filter(), wanted.after.clone());
    let read = move |conn: &mut _| list::find(conn, scope, &filter, after.as_ref(), now.0);
    let found = db.read(read).await?;
    page(&ListPage::new(by.shell(&req), wanted, found))
}

impl ListPage {
    fn new(shell: Shell, wanted: Wanted, found: Found) -> Self {
        let l = shell.l;
        Self {
            count: summary(l, &wanted, &found),
            chips: wanted.chips(l, &found.makers),
            shown: l.t1("sent-shown", "count", found.rows.len()),
            next: found.next.as_ref().map(|place| wanted.next(place)),
            none_yet: found.total == 0 && wanted.filter().is_empty(),
            lines: found.rows.iter().map(|row| Line::of(l, row)).collect(),
            makers: found.makers,
            wanted,
            shell,
        }
    }

    fn statuses(&self) -> impl Iterator<Item = (&'static InvitationStatus, String, bool)> {
        InvitationStatus::ALL.iter().map(|status| {
            let words = self.shell.l.word("invitation-state", status.as_str());
            (status, words, self.wanted.is_status(status))
        })
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static RelationshipType, String, bool)> {
        RelationshipType::ALL.iter().map(|kind| {
            let words = self.shell.l.word("type", kind.as_str());
            (kind, words, self.wanted.is_kind(kind))
        })
    }
}

/// How many there are, in words: the number, and what is said of it.
fn summary(l: Locale, wanted: &Wanted, found: &Found) -> (String, String) {
    let number = |count: i64| {
        let words = counted(&l, count);
        l.t2("sent-count", "count", count, "number", &words)
    };
    if wanted.filter().is_empty() {
        return (number(found.total), String::new());
    }
    let total = counted(&l, found.total);
    let rest = l.t2("sent-count-match", "count", found.matching, "total", &total);
    (number(found.matching), rest)
}
