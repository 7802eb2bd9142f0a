//! Where one is signed in, and ending it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::store::secrets::{self, Browser};
use crate::{
    access::{
        guards::{Guard, SignedIn},
        session::Door,
    },
    db::Db,
    domain::SessionId,
    error::Error,
    web::{
        form::{Form, Nothing},
        locale::Locale,
        now::Now,
        redirect::see_other,
    },
};

/// A session, as shown.
pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) browser: String,
    pub(super) address: String,
    pub(super) since: (String, String),
    pub(super) seen: (String, String),
    pub(super) this: bool,
}

pub(super) fn session(l: Locale, browser: &Browser, this: Option<SessionId>) -> Session {
    let words = match known(browser.user_agent.as_deref().unwrap_or_default()) {
        (Some(name), Some(system)) => {
            l.t2("settings-browser-on", "browser", name, "system", system)
        }
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => l.t("settings-browser-unknown").to_owned(),
    };
    let address = browser.client_address.as_deref();
    let when = |at| (l.machine(at), l.date_time(at));
    Session {
        id: browser.id,
        browser: words,
        address: address
            .unwrap_or_else(|| l.t("settings-address-unknown"))
            .to_owned(),
        since: when(&browser.since),
        seen: when(&browser.seen),
        this: this == Some(browser.id),
    }
}

/// The browser and the system that a user agent names. Browsers name their ancestors too, so that
/// the youngest is looked for first.
fn known(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let find = |signs: &[(&str, &'static str)]| {
        let found = signs.iter().find(|(sign, _)| agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

/// `POST /settings/sessions/{id}/end`. Ending the session that asks is signing out.
pub async fn end(
    by: SignedIn,
    door: Door,
    (id, _form): (Path<SessionId>, Form<Nothing>),
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    db.write(&by, move |conn, by| secrets::end(conn, by, id, now.0))
        .await?;
    if by.acting().session == Some(id) {
        door.leave();
        return Ok(see_other("/sign-in"));
    }
    Ok(see_other("/settings?saved=session"))
}

/// `POST /settings/sessions/end`: everywhere but here.
pub async fn end_others(
    req: HttpRequest,
    by: SignedIn,
    _form: Form<Nothing>,
    (door, db): (Door, Data<Db>),
    now: Now,
) -> Result<HttpResponse, Error> {
    let language = Locale::current(&req).language;
    let end = move |conn: &mut _, by: &SignedIn| secrets::end_others(conn, by, language, now.0);
    let here = db.write(&by, end).await?;
    door.take_over(here)?;
    Ok(see_other("/settings?saved=sessions"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_from_their_ancestors() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
        assert_eq!(known(chrome), (Some("Chrome"), Some("Linux")));
        let edge = format!("{chrome} Edg/130.0.0.0");
        assert_eq!(known(&edge), (Some("Edge"), Some("Linux")));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(known(phone), (Some("Safari"), Some("iOS")));
        assert_eq!(known(""), (None, None));
    }
}
