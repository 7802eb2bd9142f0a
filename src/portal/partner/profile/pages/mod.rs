//! `/partner/profile`: what customers read of a partner, for its Admin agents.

pub mod typed;
mod view;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use serde::Deserialize;

use self::{
    typed::{Step, Typed, missing},
    view::{Kept, ProfilePage, Shown},
};
use crate::{
    access::guards::{AdminAgent, Guard},
    db::Db,
    directory::{self, Refused},
    domain::{directory::ProfileState, profile::Profile},
    error::Error,
    web::{
        form::{Form, query},
        now::Clock,
        page::{page, page_with},
        redirect::see_other,
    },
};

/// Where the form is.
pub const PATH: &str = "/partner/profile";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// Whether customers are to find the profile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    state: ProfileState,
}

/// What is kept, and how it came to be so.
async fn kept(by: &AdminAgent, db: &Db) -> Result<Kept, Error> {
    let scope = by.scope();
    db.read(move |conn| {
        Ok(Kept {
            own: directory::own(conn, scope)?,
            history: directory::history(conn, scope)?,
        })
    })
    .await
}

/// `GET /partner/profile`
pub async fn form(req: HttpRequest, by: AdminAgent, db: Data<Db>) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let shown = Shown::kept(kept(&by, &db).await?);
    page(&ProfilePage::new(by.shell(&req), shown).saying(&asked.done))
}

/// `POST /partner/profile`: saves, saves and publishes, or shows the form again with its preview.
pub async fn save(
    req: HttpRequest,
    by: AdminAgent,
    form: Form<Vec<(String, String)>>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let typed = Typed::read(form.0)?;
    let (profile, mut mistakes) = typed.meant()?;
    if typed.step.keeps() && mistakes.is_empty() {
        match keep(&by, &profile, typed.step, (&db, &clock)).await? {
            Ok(()) => return Ok(see_other(&format!("{PATH}?done=saved"))),
            Err(Refused(parts)) => mistakes = missing(&parts),
        }
    }
    let shown = Shown {
        kept: kept(&by, &db).await?,
        profile,
        mistakes: typed.step.told(mistakes),
        typed,
    };
    again(&req, &by, shown)
}

/// The form again: with what is wrong, where something is.
fn again(req: &HttpRequest, by: &AdminAgent, shown: Shown) -> Result<HttpResponse, Error> {
    let status = if shown.mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(status, &ProfilePage::new(by.shell(req), shown))
}

/// Saves a profile, and publishes it where that is asked for: both or neither.
async fn keep(
    by: &AdminAgent,
    profile: &Profile,
    step: Step,
    (db, clock): (&Db, &Data<Clock>),
) -> Result<Result<(), Refused>, Error> {
    let parts = profile.missing();
    if step == Step::Publish && !parts.is_empty() {
        return Ok(Err(Refused(parts)));
    }
    let (profile, clock) = (profile.clone(), Data::clone(clock));
    db.write(by, move |conn, by| {
        let saved = directory::save(conn, by, &profile, &clock)?;
        if saved.is_ok() && step == Step::Publish {
            return directory::set_state(conn, by, ProfileState::Published, &clock);
        }
        Ok(saved)
    })
    .await
}

/// `POST /partner/profile/publication`: publishes what is saved, or hides it. Asking again changes
/// nothing and is no error.
pub async fn publication(
    req: HttpRequest,
    by: AdminAgent,
    form: Form<Publication>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, Error> {
    let (state, clock) = (form.0.state, clock.into_inner());
    let done = db
        .write(&by, move |conn, by| {
            directory::set_state(conn, by, state, &clock)
        })
        .await?;
    if let Err(Refused(parts)) = done {
        let shown = Shown {
            mistakes: missing(&parts),
            ..Shown::kept(kept(&by, &db).await?)
        };
        return again(&req, &by, shown);
    }
    Ok(see_other(&format!("{PATH}?done={state}")))
}
