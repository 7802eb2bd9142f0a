//! The form of a draft: a new one, which begins with the version in force, or one that is kept.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::store::{
        drafting,
        drafts::{self, DraftRefused},
        list,
        publish::NewVersion,
    },
    DRAFTS, PATH,
    typed::{LONGEST_NOTE, Typed, TypedText, field, fields_of},
    words::which,
};
use crate::{
    access::guards::{Guard, Operator},
    db::{Db, DbConn},
    domain::{
        DraftId, Instant, Language,
        agreement::{AgreementKind, Which},
        country::Country,
        text::FreeText,
    },
    error::Error,
    evidence::{agreement, chain::EventActor},
    web::{
        form::{Form, Mistakes, query},
        list::{Choice, choices},
        now::{Clock, Now},
        page::{Shell, page_with},
        redirect::see_other,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    country: String,
}

impl Asked {
    /// The agreement that is asked for; without one, the customer agreement of all.
    fn which(&self) -> Which {
        Which {
            kind: AgreementKind::parse(&self.kind).unwrap_or(AgreementKind::Customer),
            country: Country::parse(&self.country).ok(),
        }
    }
}

/// The fields of a language.
struct Fields {
    name: String,
    text: &'static str,
    changes: &'static str,
    /// The id of the hint beside the text.
    hint: String,
    typed: TypedText,
}

#[derive(Template)]
#[template(path = "operator/draft_form.html")]
struct FormPage {
    shell: Shell,
    /// The draft that is changed; none for a new one.
    draft: Option<DraftId>,
    action: String,
    back: String,
    /// Whose agreement it is, where that is settled.
    whose: Option<String>,
    kinds: Vec<Choice>,
    countries: Vec<(String, String)>,
    typed: Typed,
    fields: Vec<Fields>,
    mistakes: Mistakes,
    /// What stands in the way, and where to go.
    stop: Option<(String, String, String)>,
}

/// What the form shows beside what was typed.
struct Beside {
    draft: Option<DraftId>,
    mistakes: Mistakes,
    stop: Option<(&'static str, &'static str, DraftId)>,
}

impl Beside {
    fn nothing(draft: Option<DraftId>) -> Self {
        Self {
            draft,
            mistakes: Mistakes::none(),
            stop: None,
        }
    }
}

fn answer(
    req: &HttpRequest,
    by: &Operator,
    typed: Typed,
    beside: Beside,
) -> Result<HttpResponse, Error> {
    let mut shell = by.shell(req).mistaken(!beside.mistakes.is_empty());
    let l = shell.l;
    let status = match (&beside.stop, beside.mistakes.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let draft = beside.draft;
    let back = draft.map_or(PATH.to_owned(), |id| format!("{DRAFTS}/{id}"));
    let action = draft.map_or(format!("{PATH}/new"), |id| format!("{DRAFTS}/{id}/edit"));
    shell.path.clone_from(&action);
    let fields = typed.texts.iter().map(|text| {
        let (text_field, changes) = fields_of(text.language);
        Fields {
            name: l.word("language", text.language.as_str()),
            text: text_field,
            changes,
            hint: format!("{text_field}-hint"),
            typed: text.clone(),
        }
    });
    let country = Some(typed.country.as_str()).filter(|code| !code.is_empty());
    let kind = AgreementKind::parse(&typed.kind).unwrap_or(AgreementKind::Customer);
    let stop = beside.stop.map(|(heading, text, id)| {
        let there = format!("{DRAFTS}/{id}");
        (l.t(heading).to_owned(), l.t(text).to_owned(), there)
    });
    let page = FormPage {
        whose: draft.map(|_| which(l, kind, country)),
        kinds: choices(AgreementKind::ALL.iter().copied(), Some(&kind), |kind| {
            l.word("agreement-kind", kind.as_str())
        }),
        countries: l.countries(),
        fields: fields.collect(),
        mistakes: beside.mistakes,
        draft,
        action,
        back,
        stop,
        typed,
        shell,
    };
    page_with(status, &page)
}

/// A new draft begins with what is in force: its texts, and today's date.
fn begun(conn: &mut DbConn, which: &Which, now: Instant) -> Result<Typed, Error> {
    let in_force = list::counts(conn, which)?;
    let texts = match &in_force {
        Some(version) => agreement::sources(conn, version.id)?,
        None => Vec::new(),
    };
    let text = |language: &Language| {
        let source = texts.iter().find(|(of, _)| of == language);
        TypedText {
            language: *language,
            source: source.map(|(_, source)| source.clone()).unwrap_or_default(),
            changes: String::new(),
        }
    };
    Ok(Typed {
        kind: which.kind.to_string(),
        country: which.code().unwrap_or_default().to_owned(),
        dated: now.date_naive().to_string(),
        texts: Language::ALL.iter().map(text).collect(),
        ..Typed::default()
    })
}

/// `GET /operator/agreements/new`. Where there is a draft already, it leads there.
pub async fn new(
    req: HttpRequest,
    by: Operator,
    (db, now): (Data<Db>, Now),
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let which = asked.which();
    let (there, typed) = db
        .read(move |conn| Ok((drafts::of(conn, &which)?, begun(conn, &which, now.0)?)))
        .await?;
    if let Some(id) = there {
        return Ok(see_other(&format!("{DRAFTS}/{id}/edit")));
    }
    answer(&req, &by, typed, Beside::nothing(None))
}

/// `POST /operator/agreements/new`
pub async fn add(
    req: HttpRequest,
    by: Operator,
    form: Form<Vec<(String, String)>>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let typed = Typed::read(form.0)?;
    let meant = match typed.meant(clock.now())? {
        Ok(meant) => meant,
        Err(mistakes) => return wrong(&req, &by, (typed, None), mistakes),
    };
    let added = db
        .write(&by, move |conn, by| {
            drafting::add(conn, &EventActor::of(by.acting()), &meant, clock.now())
        })
        .await?;
    match added {
        Ok(id) => Ok(see_other(&format!("{DRAFTS}/{id}"))),
        Err(refused) => refuse(&req, &by, (typed, None), refused),
    }
}

/// `GET /operator/agreements/drafts/{draft}/edit`
pub async fn edit(
    req: HttpRequest,
    by: Operator,
    id: Path<DraftId>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let draft = db.read(move |conn| drafts::one(conn, id)).await?;
    answer(&req, &by, Typed::of(&draft), Beside::nothing(Some(id)))
}

/// `POST /operator/agreements/drafts/{draft}/edit`: what was changed meanwhile isn't written over.
pub async fn change(
    req: HttpRequest,
    by: Operator,
    (id, form): (Path<DraftId>, Form<Vec<(String, String)>>),
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let (id, typed) = (id.into_inner(), Typed::read(form.0)?);
    let meant: NewVersion = match typed.meant(clock.now())? {
        Ok(meant) => meant,
        Err(mistakes) => return wrong(&req, &by, (typed, Some(id)), mistakes),
    };
    let what = (id, typed.revision);
    let changed = db
        .write(&by, move |conn, by| {
            drafting::change(
                conn,
                &EventActor::of(by.acting()),
                what,
                &meant,
                clock.now(),
            )
        })
        .await?;
    match changed {
        Ok(()) => Ok(see_other(&format!("{DRAFTS}/{id}"))),
        Err(refused) => refuse(&req, &by, (typed, Some(id)), refused),
    }
}

fn wrong(
    req: &HttpRequest,
    by: &Operator,
    (typed, draft): (Typed, Option<DraftId>),
    mistakes: Mistakes,
) -> Result<HttpResponse, Error> {
    let beside = Beside {
        mistakes,
        ..Beside::nothing(draft)
    };
    answer(req, by, typed, beside)
}

fn refuse(
    req: &HttpRequest,
    by: &Operator,
    (typed, draft): (Typed, Option<DraftId>),
    refused: DraftRefused,
) -> Result<HttpResponse, Error> {
    let stop = match (refused, draft) {
        (DraftRefused::Taken(there), _) => {
            ("agreements-taken-title", "agreements-taken-text", there)
        }
        (DraftRefused::Changed, Some(id)) => {
            ("agreements-changed-title", "agreements-changed-text", id)
        }
        (DraftRefused::Changed, None) => return Err(Error::Conflict(refused.to_string())),
        (DraftRefused::Terms(refused), _) => {
            let mut mistakes = Mistakes::none();
            mistakes.add(field(refused), refused.key());
            return wrong(req, by, (typed, draft), mistakes);
        }
    };
    let beside = Beside {
        stop: Some(stop),
        ..Beside::nothing(draft)
    };
    answer(req, by, typed, beside)
}
