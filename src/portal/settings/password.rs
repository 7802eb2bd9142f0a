//! Changing one's own password.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde::Deserialize;
use validator::Validate;

use super::{pages::answer, store::secrets};
use crate::{
    access::{
        guards::{Guard, SignedIn},
        password::{self, NewPassword},
        session::Door,
    },
    db::Db,
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

/// `POST /settings/password`. The new password is hashed before the transaction opens; the other
/// sessions end with it, and this one goes on under a new key.
pub async fn change(
    req: HttpRequest,
    by: SignedIn,
    form: Form<Change>,
    (door, db): (Door, Data<Db>),
    now: Now,
) -> Result<HttpResponse, Error> {
    let (form, now) = (form.0, now.0);
    let mut mistakes = match accept(&by, &form) {
        Ok(new) => {
            let kept = db
                .write(&by, move |conn, by| secrets::try_password(conn, by, now))
                .await?;
            if password::verify(form.current, kept.clone()).await? {
                let hash = password::hash(new).await?;
                let language = Locale::current(&req).language;
                db.write(&by, move |conn, by| {
                    secrets::set_password(conn, by, (kept.as_deref(), &hash), language, now)
                })
                .await?;
                door.renew();
                return Ok(see_other("/settings?saved=password"));
            }
            Mistakes::none()
        }
        Err(mistakes) => return answer(&req, by, &db, now, (None, mistakes)).await,
    };
    mistakes.add("current", "password-wrong");
    answer(&req, by, &db, now, (None, mistakes)).await
}

/// The new password, where the form may be used.
fn accept(by: &SignedIn, form: &Change) -> Result<NewPassword, Mistakes> {
    let mut mistakes = Mistakes::of(form);
    let acting = by.acting();
    let names = [
        acting.name.as_str(),
        acting.email.as_str(),
        acting.organization(),
    ];
    let new = NewPassword::parse(&form.new, &names);
    if let Err(refused) = &new {
        mistakes.add("new", refused.key());
    }
    if form.new != form.again {
        mistakes.add("again", "password-again");
    }
    match new {
        Ok(new) if mistakes.is_empty() => Ok(new),
        _ => Err(mistakes),
    }
}
