//! Writing to partners: the form, and sending it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use askama::Template;
use url::form_urlencoded::Serializer;

use super::{DIRECTORY, sent, typed::Typed};
use crate::{
    access::{enquirer::Enquirer, guards::Guard},
    contacting::{
        message::{Message, Writer},
        send::{Sending, send},
        ticket::{self, Ticket},
    },
    db::Db,
    directory::{Listed, listed},
    domain::{
        contact_request::Start,
        directory::{MOST_CHOSEN, Size},
    },
    error::Error,
    id::Id,
    secret::Secret,
    web::{
        form::{Form, Mistakes, query},
        locale::Locale,
        now::Clock,
        page::{Avatar, Shell, page_with},
        request::Origin,
    },
};

/// A partner that the message goes to.
struct To {
    number: String,
    name: String,
    place: String,
    avatar: Avatar,
}

#[derive(Template)]
#[template(path = "contact/form.html")]
struct FormPage {
    shell: Shell,
    typed: Typed,
    to: Vec<To>,
    tenant: Option<String>,
    mistakes: Mistakes,
    stop: Option<Stop>,
}

impl To {
    fn of(l: Locale, one: Listed) -> Self {
        let place = one.place.map(|(country, city)| {
            let country = l.country(&country);
            format!("{city}, {country}")
        });
        Self {
            avatar: Avatar::company(&one.name),
            place: place.unwrap_or_default(),
            number: one.number,
            name: one.name,
        }
    }
}

impl FormPage {
    fn sizes(&self) -> impl Iterator<Item = (&'static Size, String, bool)> {
        Size::ALL.iter().map(|size| {
            let words = self.shell.l.word("size", size.as_str());
            (size, words, self.typed.size == size.as_str())
        })
    }

    fn starts(&self) -> impl Iterator<Item = (&'static Start, String, bool)> {
        Start::ALL.iter().map(|start| {
            let words = self.shell.l.word("contact-start", start.as_str());
            (start, words, self.typed.start == start.as_str())
        })
    }

    /// The directory, with these partners chosen.
    fn change(&self) -> String {
        let mut query = Serializer::new(String::new());
        for to in &self.to {
            query.append_pair("partner", &to.number);
        }
        format!("{DIRECTORY}?{}", query.finish())
    }

    /// Whom it goes to, in words.
    fn lead(&self) -> String {
        let l = self.shell.l;
        let first = self.to.first().map_or("", |to| to.name.as_str());
        l.t2("contact-lead", "count", self.to.len(), "partner", first)
    }

    /// Nothing was chosen, and nothing typed that could be lost.
    fn is_blank(&self) -> bool {
        self.to.is_empty() && self.mistakes.is_empty()
    }
}

/// What is in the way, though nothing on the form is wrong: the keys of a heading and a sentence.
type Stop = (&'static str, &'static str);

const FIRST: Stop = ("contact-first", "contact-first-text");
const SOON: Stop = ("contact-soon", "contact-soon-text");
const STALE: Stop = ("contact-stale", "contact-stale-text");
const USED: Stop = ("contact-used", "contact-used-text");
const SPENT: Stop = ("contact-spent", "contact-spent-text");

/// How the form is shown: the status, what is wrong, and what is in the way.
struct Shown {
    status: StatusCode,
    mistakes: Mistakes,
    stop: Option<Stop>,
}

impl Shown {
    fn of(status: StatusCode, stop: Option<Stop>) -> Self {
        Self {
            status,
            mistakes: Mistakes::none(),
            stop,
        }
    }

    fn mistaken(mistakes: Mistakes) -> Self {
        Self {
            mistakes,
            ..Self::of(StatusCode::UNPROCESSABLE_ENTITY, None)
        }
    }
}

/// Where messages are taken: a request, with what it takes to answer it.
struct Desk {
    req: HttpRequest,
    who: Enquirer,
    db: Data<Db>,
    secret: Data<Secret>,
    clock: Data<Clock>,
}

/// `GET /partners/contact`. Of more partners than a message goes to, the first are taken.
pub async fn form(
    req: HttpRequest,
    who: Enquirer,
    db: Data<Db>,
    (secret, clock): (Data<Secret>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let mut typed = Typed {
        start: Start::Soon.to_string(),
        ..Typed::default()
    };
    if let Some(by) = who.administrator() {
        typed.name.clone_from(&by.acting().name);
        typed.email.clone_from(&by.acting().email);
    }
    for (name, value) in query::<Vec<(String, String)>>(&req)? {
        if name == "partner" {
            typed.choose(value);
        }
    }
    let stop = (typed.partners.len() > MOST_CHOSEN).then_some(FIRST);
    typed.partners.truncate(MOST_CHOSEN);
    let desk = Desk {
        req,
        who,
        db,
        secret,
        clock,
    };
    desk.show(typed, Shown::of(StatusCode::OK, stop)).await
}

/// `POST /partners/contact`.
pub async fn post(
    req: HttpRequest,
    who: Enquirer,
    form: Form<Vec<(String, String)>>,
    db: Data<Db>,
    (secret, clock): (Data<Secret>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let desk = Desk {
        req,
        who,
        db,
        secret,
        clock,
    };
    desk.take(Typed::read(form.0)?).await
}

impl Desk {
    /// Takes a form. One in which the field is filled in that nobody sees is answered like success.
    async fn take(&self, typed: Typed) -> Result<HttpResponse, Error> {
        let now = self.clock.now();
        let id = ticket::id(&self.secret, &typed.ticket).unwrap_or_else(|| Id::at(now));
        if !typed.website.is_empty() {
            return Ok(sent::see(&self.who, id));
        }
        let language = self.who.shell(&self.req).l.language;
        let signed_in = self.who.administrator().is_some();
        let message = match typed.meant(signed_in, (id, language))? {
            Ok(message) => message,
            Err(mistakes) => return self.show(typed, Shown::mistaken(mistakes)).await,
        };
        match ticket::read(&self.secret, &typed.ticket, now) {
            Ticket::Good(_) => self.deliver(typed, message).await,
            Ticket::TooSoon => self.again(typed, SOON).await,
            Ticket::Stale => self.again(typed, STALE).await,
        }
    }

    async fn again(&self, typed: Typed, stop: Stop) -> Result<HttpResponse, Error> {
        let shown = Shown::of(StatusCode::UNPROCESSABLE_ENTITY, Some(stop));
        self.show(typed, shown).await
    }

    async fn deliver(&self, mut typed: Typed, message: Message) -> Result<HttpResponse, Error> {
        let id = message.id;
        match self.send(message).await {
            Ok(Sending::Sent) => Ok(sent::see(&self.who, id)),
            Ok(Sending::UsedBefore) => {
                typed.ticket.clear();
                let shown = Shown::of(StatusCode::CONFLICT, Some(USED));
                self.show(typed, shown).await
            }
            Ok(Sending::ToNobody) => {
                let mut mistakes = Mistakes::none();
                mistakes.add("to", "contact-to-missing");
                self.show(typed, Shown::mistaken(mistakes)).await
            }
            Err(Error::TooMany(seconds)) => {
                let shown = Shown::of(StatusCode::TOO_MANY_REQUESTS, Some(SPENT));
                let mut answer = self.show(typed, shown).await?;
                let headers = answer.headers_mut();
                headers.insert(header::RETRY_AFTER, seconds.into());
                Ok(answer)
            }
            Err(error) => Err(error),
        }
    }

    async fn send(&self, message: Message) -> Result<Sending, Error> {
        let clock = self.clock.clone().into_inner();
        if let Some(by) = self.who.administrator() {
            let sending = self.db.write(by, move |conn, by| {
                let writer = Writer::Administrator(Box::new(by.acting().clone()));
                send(conn, &writer, &message, &clock)
            });
            return sending.await;
        }
        let writer = Writer::Visitor(Origin::noted(&self.req));
        let sending = move |conn: &mut _| send(conn, &writer, &message, &clock);
        self.db.write_unattended(sending).await
    }

    async fn show(&self, mut typed: Typed, shown: Shown) -> Result<HttpResponse, Error> {
        let now = self.clock.now();
        if ticket::read(&self.secret, &typed.ticket, now) == Ticket::Stale {
            typed.ticket = ticket::issue(&self.secret, now)?;
        }
        let numbers = typed.partners.clone();
        let listed = self.db.read(move |conn| listed(conn, &numbers)).await?;
        let shell = self.who.shell(&self.req);
        let shell = shell.mistaken(shown.status != StatusCode::OK);
        let by = self.who.administrator();
        let page = FormPage {
            to: listed.into_iter().map(|one| To::of(shell.l, one)).collect(),
            tenant: by.map(|by| by.acting().organization().to_owned()),
            stop: shown.stop,
            mistakes: shown.mistakes,
            typed,
            shell,
        };
        page_with(shown.status, &page)
    }
}
