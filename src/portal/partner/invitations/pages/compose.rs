//! Making an invitation: the form, its preview, and the step.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        change::{self, Making},
        one,
    },
    PATH, Tools,
    choices::{RoleChoice, roles},
    known::{Known, known},
    made,
    mail::{From, Mail},
    typed::{Meant, Typed},
};
use crate::{
    access::guards::{Guard, Inviter},
    contacting::asker::{Asker, REQUESTS},
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
        redirect::see_other,
    },
    work::letter::Block,
};

/// What is in the way, though nothing on the form is wrong.
struct Stop {
    heading: String,
    text: String,
    link: Option<(String, &'static str)>,
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
    asker: Option<Asker>,
}

/// What fills the form in: an earlier invitation, or a contact request.
#[derive(Debug, Deserialize)]
struct Like {
    from: Option<String>,
    request: Option<String>,
}

/// `GET /partner/invitations/new`.
pub async fn form(
    req: HttpRequest,
    by: Inviter,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let like: Like = query(&req)?;
    let from: Option<InvitationId> = like.from.and_then(|id| id.parse().ok());
    let request = like.request.and_then(|id| id.parse().ok());
    let scope = by.scope();
    let read = db.read(move |conn| {
        let like = match from {
            Some(id) => Some(one::find(conn, scope, id, now.0)?),
            None => None,
        };
        Ok((like, known(conn, scope, request, now.0)?))
    });
    let (like, known) = read.await?;
    if let Some(request) = known.request.as_ref().filter(|one| !one.waits()) {
        return Ok(see_other(&format!("{REQUESTS}/{}", request.id)));
    }
    let shell = by.shell(&req);
    let typed = match (&known.request, &like) {
        (Some(request), _) => Typed::answering(request),
        (None, Some(one)) => Typed::like(one),
        (None, None) => Typed::empty(shell.l.language),
    };
    let mut meant = typed.meant(&by.acting().roles, &known.ids())?;
    meant.mistakes = Mistakes::none();
    let page = ComposePage::new(&by, shell, (typed, meant), &known, now.0);
    page_with(StatusCode::OK, &page)
}

/// `POST /partner/invitations/new`: makes the invitation, or shows the mail that it would send.
pub async fn create(
    req: HttpRequest,
    by: Inviter,
    form: Form<Vec<(String, String)>>,
    db: Data<Db>,
    tools: Tools,
) -> Result<HttpResponse, Error> {
    let (typed, scope, now) = (Typed::read(form.0)?, by.scope(), tools.clock.now());
    let request = typed.answers()?;
    let read = db.read(move |conn| known(conn, scope, request, now));
    let known = read.await?;
    let meant = typed.meant(&by.acting().roles, &known.ids())?;
    let Some(wish) = meant.wish().filter(|_| !typed.preview) else {
        return again(&req, &by, (typed, meant, known), now);
    };
    let own = tools.clone();
    let making = db.write(&by, move |conn, by| {
        change::create(conn, by, &wish, own.pair(), &own.clock)
    });
    match making.await? {
        Making::Made(created) => made::page(&req, &by, &db, created, &tools).await,
        stopped => refused(&req, &by, &stopped, (typed, meant, known), now),
    }
}

/// The form again with everything that was typed: beside its mail, or with what is wrong with it.
fn again(
    req: &HttpRequest,
    by: &Inviter,
    (typed, mut meant, known): (Typed, Meant, Known),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let status = if typed.preview {
        meant.mistakes = Mistakes::none();
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ComposePage::new(by, by.shell(req), (typed, meant), &known, now);
    page_with(status, &page)
}

/// The form again with everything that was typed, and what is in the way.
fn refused(
    req: &HttpRequest,
    by: &Inviter,
    stopped: &Making,
    (typed, meant, known): (Typed, Meant, Known),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let shell = by.shell(req);
    let l = shell.l;
    let mut page = ComposePage::new(by, shell, (typed, meant), &known, now);
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
                link: Some((format!("{PATH}/{id}"), "compose-open-link")),
            });
            page_with(StatusCode::CONFLICT, &page)
        }
        Making::Over(_) => {
            let request = known.request.as_ref();
            page.stop = Some(Stop {
                heading: l.t("request-over-title").to_owned(),
                text: l.t("request-over-text").to_owned(),
                link: request.map(|one| (format!("{REQUESTS}/{}", one.id), "request-see")),
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

impl ComposePage {
    fn new(
        by: &Inviter,
        mut shell: Shell,
        (typed, meant): (Typed, Meant),
        known: &Known,
        now: Instant,
    ) -> Self {
        let (l, acting) = (shell.l, by.acting());
        shell = shell.mistaken(!meant.mistakes.is_empty());
        let offered = RelationshipType::ALL.iter().copied();
        let offered: Vec<_> = offered
            .filter(|kind| may_invite(&acting.roles, *kind))
            .collect();
        let in_days = |days: i64| l.t1("days-long", "days", days);
        let request = known.request.as_ref();
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
            staff: &known.staff,
            asker: request.and_then(|one| one.written.email.as_deref()),
        };
        Self {
            roles: roles(l, &offered, &typed),
            asker: request.map(|one| Asker::of(l, one)),
            people: known.staff.iter().map(person).collect(),
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
