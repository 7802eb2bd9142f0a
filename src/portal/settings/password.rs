//! Changing one's own password.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde::Deserialize;
use validator::Validate;

use super::{pages::answer, store::secrets};
use crate::{
    access::{
        guards::{Guard, SignedIn},
        known_browser, password,
        session::Door,
    },
    db::Db,
    domain::{Instant, Language, SessionId},
    error::Error,
    web::{
        form::{Form, Mistakes},
        locale::Locale,
        now::Now,
        redirect::see_other,
    },
};

/// The form. What was typed here is never shown again.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Change {
    #[validate(length(min = 1, code = "settings-current-missing"))]
    current: String,
    new: String,
    again: String,
}

/// `POST /settings/password`. The try is counted before anything is looked at that takes time; the
/// new password is looked at and hashed before the transaction opens. The other sessions end with
/// the old one, and this session goes on under a new key.
pub async fn change(
    req: HttpRequest,
    by: SignedIn,
    form: Form<Change>,
    (door, db): (Door, Data<Db>),
    now: Now,
) -> Result<HttpResponse, Error> {
    let (form, now) = (form.0, now.0);
    let mut mistakes = measured(&form);
    if mistakes.is_empty() {
        let language = Locale::current(&req).language;
        match set(&by, form, (&db, language), now).await? {
            Ok(here) => {
                door.take_over(here)?;
                let mut answer = see_other("/settings?saved=password");
                known_browser::remember(&req, &mut answer, (by.acting().person, Some(now)))?;
                return Ok(answer);
            }
            Err((field, key)) => mistakes.add(field, key),
        }
    }
    answer(&req, by, &db, now, (None, mistakes)).await
}

/// What can be told of the form by itself.
fn measured(form: &Change) -> Mistakes {
    let mut mistakes = Mistakes::of(form);
    if let Err(refused) = password::measure(&form.new) {
        mistakes.add("new", refused.key());
    }
    if form.new != form.again {
        mistakes.add("again", "password-again");
    }
    mistakes
}

/// Sets the new password where the current one is right, and says by which id the session goes on;
/// otherwise which field is mistaken, and how.
async fn set(
    by: &SignedIn,
    form: Change,
    (db, language): (&Db, Language),
    now: Instant,
) -> Result<Result<SessionId, (&'static str, &'static str)>, Error> {
    let kept = db
        .write(by, move |conn, by| secrets::try_password(conn, by, now))
        .await?;
    if !password::verify(form.current, kept.clone()).await? {
        return Ok(Err(("current", "password-wrong")));
    }
    let acting = by.acting();
    let names = [
        acting.name.as_str(),
        acting.email.as_str(),
        acting.organization(),
    ];
    let names = names.map(str::to_owned).to_vec();
    let hash = match password::take(form.new, names).await? {
        Ok(hash) => hash,
        Err(refused) => {
            db.write(by, secrets::forget_tries).await?;
            return Ok(Err(("new", refused.key())));
        }
    };
    let here = db
        .write(by, move |conn, by| {
            secrets::set_password(conn, by, (kept.as_deref(), &hash), language, now)
        })
        .await?;
    Ok(Ok(here))
}
