//! Asking somebody to join the staff: the form, the link where it is shown, and taking it back.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        invite::{self, Asking, Wish},
        waiting::{self, Waiting},
    },
    PATH,
    roles::{Offered, chosen, offered},
};
use crate::{
    access::guards::{AdminAgent, Guard},
    db::Db,
    domain::{
        StaffInvitationId, email::Email, membership::MemberRole, name::Name,
        staff_invitation::StaffLimit,
    },
    error::Error,
    portal::partner::invitations::pages::Tools,
    web::{
        form::{Form, Mistakes, Nothing},
        locale::Locale,
        now::Clock,
        page::{Shell, page_with},
        redirect::see_other,
    },
};

/// The form. No role is ticked beforehand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Typed {
    name: String,
    email: String,
    admin_agent: Option<String>,
    sales_agent: Option<String>,
    helpdesk_agent: Option<String>,
}

#[derive(Template)]
#[template(path = "partner/staff/new.html")]
struct NewPage {
    shell: Shell,
    typed: Typed,
    offered: Vec<Offered>,
    mistakes: Mistakes,
    /// The limit that is reached: a heading and a sentence.
    stop: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "partner/staff/made.html")]
struct MadePage {
    shell: Shell,
    name: String,
    email: String,
    link: String,
}

impl Typed {
    fn roles(&self) -> Vec<MemberRole> {
        chosen([&self.admin_agent, &self.sales_agent, &self.helpdesk_agent])
    }

    /// What is meant, or what is wrong.
    fn wish(&self, l: Locale) -> Result<Wish, Mistakes> {
        let mut mistakes = Mistakes::none();
        let name = Name::parse(&self.name).map_err(|refused| mistakes.add("name", refused.key()));
        let email = Email::parse(&self.email).map_err(|_| mistakes.add("email", "email-invalid"));
        let roles = self.roles();
        if roles.is_empty() {
            mistakes.add("admin_agent", "staff-no-role");
        }
        match (name, email) {
            (Ok(name), Ok(email)) if !roles.is_empty() => Ok(Wish {
                name,
                email,
                roles,
                language: l.language,
            }),
            _ => Err(mistakes),
        }
    }
}

impl NewPage {
    fn new(shell: Shell, typed: Typed, mistakes: Mistakes) -> Self {
        Self {
            offered: offered(shell.l, &typed.roles()),
            shell: shell.mistaken(!mistakes.is_empty()),
            typed,
            mistakes,
            stop: None,
        }
    }
}

/// `GET /partner/staff/new`
pub async fn form(req: HttpRequest, by: AdminAgent) -> Result<HttpResponse, Error> {
    let page = NewPage::new(by.shell(&req), Typed::default(), Mistakes::none());
    page_with(StatusCode::OK, &page)
}

/// `POST /partner/staff/new`. The answer is the same whether or not the address has an account.
pub async fn create(
    req: HttpRequest,
    by: AdminAgent,
    form: Form<Typed>,
    db: Data<Db>,
    tools: Tools,
) -> Result<HttpResponse, Error> {
    let (typed, shell) = (form.0, by.shell(&req));
    let wish = match typed.wish(shell.l) {
        Ok(wish) => wish,
        Err(mistakes) => {
            let page = NewPage::new(shell, typed, mistakes);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let asking = db.write(&by, move |conn, by| {
        invite::invite(conn, by, &wish, tools.pair(), &tools.clock)
    });
    let asking = asking.await?;
    finish((&req, &by, &db), asking, typed).await
}

/// `POST /partner/staff/invitations/{id}/resend`: a new link; the old one is dead.
pub async fn again(
    req: HttpRequest,
    by: AdminAgent,
    (id, _form): (Path<StaffInvitationId>, Form<Nothing>),
    db: Data<Db>,
    tools: Tools,
) -> Result<HttpResponse, Error> {
    let (id, scope) = (id.into_inner(), by.scope());
    let whom = (id, by.shell(&req).l.language);
    let old = db.read(move |conn| waiting::open(conn, scope, id)).await?;
    let asking = db.write(&by, move |conn, by| {
        invite::again(conn, by, whom, tools.pair(), &tools.clock)
    });
    let asking = asking.await?;
    finish((&req, &by, &db), asking, typed_like(old)).await
}

/// What the form holds for somebody who was asked before.
fn typed_like(old: Waiting) -> Typed {
    let ticked = |role| old.roles.contains(&role).then(|| "yes".to_owned());
    Typed {
        admin_agent: ticked(MemberRole::AdminAgent),
        sales_agent: ticked(MemberRole::SalesAgent),
        helpdesk_agent: ticked(MemberRole::HelpdeskAgent),
        name: old.name,
        email: old.email,
    }
}

/// Goes on to the list where the link is mailed, shows it where it isn't, or says what is in the
/// way.
async fn finish(
    (req, by, db): (&HttpRequest, &AdminAgent, &Db),
    asking: Asking,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let mut mistakes = Mistakes::none();
    match asking {
        Asking::Mailed(id) => return Ok(see_other(&format!("{PATH}?invited={id}"))),
        Asking::Shown(id, link) => {
            let scope = by.scope();
            let one = db.read(move |conn| waiting::open(conn, scope, id)).await?;
            return made(by.shell(req), one, link);
        }
        Asking::Member => mistakes.add("email", "staff-new-already"),
        Asking::Open => mistakes.add("email", "staff-new-open"),
        Asking::Spent(limit, until) => {
            let shell = by.shell(req);
            let words = spent_words(shell.l, limit, until);
            let mut page = NewPage::new(shell, typed, mistakes);
            page.stop = Some((page.shell.t("staff-spent-title").to_owned(), words));
            return page_with(StatusCode::TOO_MANY_REQUESTS, &page);
        }
    }
    let page = NewPage::new(by.shell(req), typed, mistakes);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The one page that shows a link, where none is mailed.
fn made(mut shell: Shell, one: Waiting, link: String) -> Result<HttpResponse, Error> {
    // Whoever changes the language from here comes to the list, not to a step.
    PATH.clone_into(&mut shell.path);
    shell.query = String::new();
    let page = MadePage {
        shell,
        name: one.name,
        email: one.email,
        link,
    };
    let mut answer = page_with(StatusCode::CREATED, &page)?;
    let location = header::HeaderValue::from_static(PATH);
    answer.headers_mut().insert(header::LOCATION, location);
    Ok(answer)
}

fn spent_words(l: Locale, limit: StaffLimit, until: Option<crate::domain::Instant>) -> String {
    let when = until.map(|until| l.date_time(&until)).unwrap_or_default();
    l.with(
        &format!("staff-spent-{limit}"),
        &[
            ("limit", limit.limit().into()),
            ("when", when.as_str().into()),
        ],
    )
}

/// `POST /partner/staff/invitations/{id}/withdrawal`. Asking again changes nothing and is no error.
pub async fn withdraw(
    by: AdminAgent,
    id: Path<StaffInvitationId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let (id, clock) = (id.into_inner(), clock.into_inner());
    db.write(&by, move |conn, by| invite::withdraw(conn, by, id, &clock))
        .await?;
    Ok(see_other(&format!("{PATH}?withdrawn={id}")))
}
