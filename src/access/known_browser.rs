//! Browsers that somebody signed in with before: guessing from elsewhere doesn't keep them out.
//! Each keeps a sealed word of ours, worth a budget of tries of its own and nothing else.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::session_row::word;
use crate::{
    domain::{Instant, PersonId},
    error::Error,
    secret::Secret,
    web::{
        edge::{BROWSER_COOKIE, preference, preference_name},
        page::Site,
    },
};

/// What a browser can show, if anything. Nobody but us can read or make it.
#[derive(Debug, Clone, Default)]
pub struct Shown(Option<String>);

impl Shown {
    /// What this browser shows.
    #[must_use]
    pub fn of(req: &HttpRequest) -> Self {
        let https = req.app_data::<Data<Site>>().is_some_and(|site| site.https);
        let cookie = req.cookie(preference_name(BROWSER_COOKIE, https));
        let sealed = cookie.and_then(|cookie| URL_SAFE_NO_PAD.decode(cookie.value()).ok());
        let secret = req.app_data::<Data<Secret>>();
        Self(sealed.and_then(|sealed| secret?.open(&sealed)))
    }

    /// Whether this person signed in here before, by the password of now.
    #[must_use]
    pub fn is_known_to(&self, person: PersonId, verified: Option<Instant>) -> bool {
        self.0.as_ref() == Some(&text(person, verified))
    }
}

fn text(person: PersonId, verified: Option<Instant>) -> String {
    format!("browser {person} {}", word(verified))
}

/// Has the browser remember that this person signed in with it, for a year or until the password
/// is changed.
///
/// # Errors
/// The machine has no randomness.
pub fn remember(
    req: &HttpRequest,
    answer: &mut HttpResponse,
    (person, verified): (PersonId, Option<Instant>),
) -> Result<(), Error> {
    let secret = req
        .app_data::<Data<Secret>>()
        .ok_or_else(|| Error::internal("no secret"))?;
    let sealed = URL_SAFE_NO_PAD.encode(secret.seal(&text(person, verified))?);
    answer
        .add_cookie(&preference(req, BROWSER_COOKIE, &sealed))
        .map_err(Error::internal)
}
