//! The list of a partner's invitations.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    super::store::list::{self as kept, Found},
    asked::{Asked, Wanted},
    view::Line,
};
use crate::{
    access::guards::{Guard, Inviter},
    db::Db,
    domain::{invitation::InvitationStatus, relationship::RelationshipType},
    error::Error,
    web::{
        form::query,
        list::{self, Asks, Chip, Choice, choices},
        locale::Locale,
        now::Now,
        page::{Shell, page},
        paginate::counted,
    },
    work::delivery::Stage,
};

#[derive(Template)]
#[template(path = "partner/invitations/list.html")]
struct ListPage {
    shell: Shell,
    wanted: Wanted,
    makers: Vec<Choice>,
    count: String,
    rest: String,
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
    let shell = by.shell(&req);
    let (filter, after) = (wanted.filter(shell.l), wanted.after.clone());
    let read = move |conn: &mut _| kept::find(conn, scope, &filter, after.as_ref(), now.0);
    let found = db.read(read).await?;
    page(&ListPage::new(shell, wanted, &found))
}

impl ListPage {
    fn new(shell: Shell, wanted: Wanted, found: &Found) -> Self {
        let l = shell.l;
        let (count, rest) = summary(l, &wanted, found);
        Self {
            count,
            rest,
            chips: wanted.chips(l, &found.makers),
            shown: l.t1("sent-shown", "count", found.rows.len()),
            next: found.next.as_ref().map(|place| wanted.next(place)),
            none_yet: found.total == 0 && wanted.filter(l).is_empty(),
            lines: found.rows.iter().map(|row| Line::of(&shell, row)).collect(),
            makers: list::named(&found.makers, wanted.by),
            wanted,
            shell,
        }
    }

    fn statuses(&self) -> Vec<Choice> {
        let l = self.shell.l;
        let words = |status: &InvitationStatus| l.word("invitation-state", status.as_str());
        let statuses = InvitationStatus::ALL.iter().copied();
        choices(statuses, self.wanted.status.as_ref(), words)
    }

    fn stages(&self) -> Vec<Choice> {
        let l = self.shell.l;
        let words = |stage: &Stage| l.word("sent-mail", stage.as_str());
        choices(Stage::ALL.iter().copied(), self.wanted.mail.as_ref(), words)
    }

    fn kinds(&self) -> Vec<Choice> {
        let kinds = RelationshipType::ALL.iter().copied();
        let words = |kind: &RelationshipType| self.shell.l.word("type", kind.as_str());
        choices(kinds, self.wanted.kind.as_ref(), words)
    }
}

/// How many there are, in words: the number, and what is said of it.
fn summary(l: Locale, wanted: &Wanted, found: &Found) -> (String, String) {
    let number = |count: i64| {
        let words = counted(&l, count);
        l.t2("sent-count", "count", count, "number", &words)
    };
    if wanted.filter(l).is_empty() {
        return (number(found.total), String::new());
    }
    let total = counted(&l, found.total);
    let rest = l.t2("sent-count-match", "count", found.matching, "total", &total);
    (number(found.matching), rest)
}
