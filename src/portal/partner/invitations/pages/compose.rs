//! Making an invitation: the form, its preview, and the step.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        change::{self, Making},
        one,
        staff::staff,
    },
    PATH, Tools,
    choices::{RoleChoice, roles},
    made,
    mail::{From, Mail},
    typed::{Meant, Typed},
};
use crate::{
    access::guards::{Guard, Inviter},
    db::Db,
    domain::{
        Instant, InvitationId, Language, PersonId, grant::GrantDuration, invitation::LIVES_DAYS,
        membership::may_invite, relationship::RelationshipType,
    },
    error::Error,
    inviting::quota::Spent,
    web::{
        form::{Form, Mistakes, query},
        list::{Choice, choices},
        locale::Locale,
        now::Now,
        page::{Shell, page_with},
    },
    work::letter::Block,
};

/// What is in the way, though nothing on the form is wrong.
struct Stop {
    heading: String,
    text: String,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "partner/invitations/compose.html")]
struct ComposePage {
    shell: Shell,
    typed: Typed,
    kinds: Vec<(RelationshipType, bool)>,
    roles: Vec<RoleChoice>,
    people: Vec<(Choice, String)>,
    days: Vec<Choice>,
    lives: Vec<Choice>,
    languages: Vec<Choice>,
    mistakes: Mistakes,
    stop: Option<Stop>,
    mail: Option<Mail>,
    by_hand: bool,
}

/// An earlier invitation whose terms fill the form in.
#[derive(Debug, Deserialize)]
struct Like {
    from: Option<String>,
}

type Staff = Vec<(PersonId, String, String)>;

/// `GET /partner/invitations/new`.
pub async fn form(
    req: HttpRequest,
    by: Inviter,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let like: Like = query(&req)?;
    let from: Option<InvitationId> = like.from.and_then(|id| id.parse().ok());
    let scope = by.scope();
    let read = db.read(move |conn| {
        let like = match from {
            Some(id) => Some(one::find(conn, scope, id, now.0)?),
            None => None,
        };
        Ok((like, staff(conn, scope)?))
    });
    let (like, staff) = read.await?;
    let shell = by.shell(&req);
    let typed = match &like {
        Some(one) => Typed::like(one),
        None => Typed::empty(shell.l.language),
    };
    let mut meant = typed.meant(&by.acting().roles, &ids(&staff))?;
    meant.mistakes = Mistakes::none();
    page_with(
        StatusCode::OK,
        &ComposePage::new(&by, shell, (typed, meant), &staff, now.0),
    )
}

/// `POST /partner/invitations/new`: makes the invitation, or shows the mail that it would send.
pub async fn create(
    req: HttpRequest,
    by: Inviter,
    form: Form<Vec<(String, String)>>,
    db: Data<Db>,
    tools: Tools,
) -> Result<HttpResponse, Error> {
    let (typed, scope) = (Typed::read(form.0)?, by.scope());
    let staff = db.read(move |conn| staff(conn, scope)).await?;
    let meant = typed.meant(&by.acting().roles, &ids(&staff))?;
    let Some(wish) = meant.wish().filter(|_| !typed.preview) else {
        return again(&req, &by, (typed, meant, staff), tools.clock.now());
    };
    let own = tools.clone();
    let making = db.write(&by, move |conn, by| {
        change::create(conn, by, &wish, own.pair(), &own.clock)
    });
    match making.await? {
        Making::Made(created) => made::page(&req, &by, &db, created, &tools).await,
        stopped => refused(
            &req,
            &by,
            &stopped,
            (typed, meant, staff),
            tools.clock.now(),
        ),
    }
}

/// The form again with everything that was typed: beside its mail, or with what is wrong with it.
fn again(
    req: &HttpRequest,
    by: &Inviter,
    (typed, mut meant, staff): (Typed, Meant, Staff),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let status = if typed.preview {
        meant.mistakes = Mistakes::none();
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ComposePage::new(by, by.shell(req), (typed, meant), &staff, now);
    page_with(status, &page)
}

/// The form again with everything that was typed, and what is in the way.
fn refused(
    req: &HttpRequest,
    by: &Inviter,
    stopped: &Making,
    (typed, meant, staff): (Typed, Meant, Staff),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let shell = by.shell(req);
    let l = shell.l;
    let mut page = ComposePage::new(by, shell, (typed, meant), &staff, now);
    match stopped {
        Making::Spent(spent) => {
            page.stop = Some(Stop {
                heading: l.t("compose-spent-title").to_owned(),
                text: spent_words(l, spent),
                link: None,
            });
            let mut answer = page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, spent.seconds.into());
            Ok(answer)
        }
        Making::AlreadyOpen(id) => {
            page.stop = Some(Stop {
                heading: l.t("compose-open-title").to_owned(),
                text: l.t("compose-open-text").to_owned(),
                link: Some(format!("{PATH}/{id}")),
            });
            page_with(StatusCode::CONFLICT, &page)
        }
        Making::Made(_) => Err(Error::internal("nothing is in the way")),
    }
}

/// Which limit is reached, and when the next link may be made.
#[must_use]
pub fn spent_words(l: Locale, spent: &Spent) -> String {
    l.with(
        &format!("compose-spent-{}", spent.quota),
        &[
            ("limit", spent.quota.limit().into()),
            ("when", l.date_time(&spent.until).as_str().into()),
        ],
    )
}

fn ids(staff: &[(PersonId, String, String)]) -> Vec<PersonId> {
    staff.iter().map(|(id, ..)| *id).collect()
}

impl ComposePage {
    fn new(
        by: &Inviter,
        mut shell: Shell,
        (typed, meant): (Typed, Meant),
        staff: &[(PersonId, String, String)],
        now: Instant,
    ) -> Self {
        let (l, acting) = (shell.l, by.acting());
        shell = shell.mistaken(!meant.mistakes.is_empty());
        let offered = RelationshipType::ALL.iter().copied();
        let offered: Vec<_> = offered
            .filter(|kind| may_invite(&acting.roles, *kind))
            .collect();
        let in_days = |days: i64| l.t1("days-long", "days", days);
        let person = |(id, name, email): &(PersonId, String, String)| {
            let choice = Choice {
                value: id.to_string(),
                words: name.clone(),
                chosen: typed.people.contains(&id.to_string()),
            };
            (choice, email.clone())
        };
        let from = From {
            partner: acting.organization(),
            sender: Some(&acting.name),
            staff,
        };
        Self {
            roles: roles(l, &offered, &typed),
            people: staff.iter().map(person).collect(),
            days: choices(
                GrantDuration::CHOICES,
                typed.days.parse().ok().as_ref(),
                |days| in_days(i64::from(*days)),
            ),
            lives: choices(LIVES_DAYS, typed.life.parse().ok().as_ref(), |days| {
                in_days(*days)
            }),
            languages: choices(
                Language::ALL.iter().copied(),
                Language::parse(&typed.language).as_ref(),
                |one| l.word("language", one.as_str()),
            ),
            mail: Mail::of_form(from, &meant, now),
            by_hand: matches!(meant.whom, Some(change::Whom::PublicId(_))),
            kinds: offered
                .into_iter()
                .map(|kind| (kind, kind.as_str() == typed.kind))
                .collect(),
            mistakes: meant.mistakes,
            stop: None,
            typed,
            shell,
        }
    }
}
