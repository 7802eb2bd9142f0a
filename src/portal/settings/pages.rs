//! The settings page, and its sections without a secret.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

use super::{
    sessions::{self, Session},
    store::{
        profile::{self, Place},
        secrets::{self, Browser},
    },
};
use crate::{
    access::{
        guards::{BillingAdmin, GlobalAdmin, Guard, SignedIn},
        holders,
        nav::role_key,
        session::Door,
        session_store::Limits,
    },
    db::{Db, DbConn},
    domain::{Instant, Language, MembershipId, membership::Side},
    error::Error,
    web::{
        edge::preference,
        form::{Form, Mistakes, query},
        locale::{LANGUAGE_COOKIE, Locale, THEME_COOKIE},
        now::Now,
        page::{Avatar, Shell, page_with},
        redirect::{local, see_other},
    },
};

/// What a redirect may say was saved.
const SAVED: [&str; 7] = [
    "membership",
    "language",
    "appearance",
    "password",
    "session",
    "sessions",
    "acceptance",
];

/// A membership that could act.
struct PlaceRow {
    id: MembershipId,
    avatar: Avatar,
    organization: String,
    role: String,
    acts: bool,
}

/// Who may accept invitations that grant admin roles.
struct Acceptance {
    billing_may: bool,
    may_change: bool,
    holders: String,
}

#[derive(Template)]
#[template(path = "settings/settings.html")]
struct SettingsPage {
    shell: Shell,
    saved: Option<String>,
    mistakes: Mistakes,
    places: Vec<PlaceRow>,
    sessions: Vec<Session>,
    acceptance: Option<Acceptance>,
    email: String,
}

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Saved {
    saved: String,
}

/// `GET /settings`.
pub async fn settings(
    req: HttpRequest,
    by: SignedIn,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Saved = query(&req)?;
    let saved = SAVED.iter().find(|word| **word == asked.saved).copied();
    answer(&req, by, &db, now.0, (saved, Mistakes::none())).await
}

/// The page: after a change what was saved, after a mistake what is wrong.
pub(super) async fn answer(
    req: &HttpRequest,
    by: SignedIn,
    db: &Db,
    now: Instant,
    (saved, mistakes): (Option<&'static str>, Mistakes),
) -> Result<HttpResponse, Error> {
    let limits = req.app_data::<Data<Limits>>();
    let idle = limits
        .ok_or_else(|| Error::internal("no limits"))
        .map(|limits| limits.idle)?;
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut shell = by.shell(req).mistaken(!mistakes.is_empty());
    "/settings".clone_into(&mut shell.path);
    let l = shell.l;
    let asking = by.clone();
    let read = move |conn: &mut DbConn| {
        let places = profile::places(conn, &by)?;
        let browsers = secrets::browsers(conn, &by, idle, now)?;
        Ok((places, browsers, acceptance(conn, &by)?))
    };
    let (places, browsers, acceptance) = db.read(read).await?;
    let this = asking.acting().session;
    let session = |browser: &Browser| sessions::session(l, browser, this);
    let page = SettingsPage {
        saved: saved.map(|word| l.word("settings-saved", word)),
        mistakes,
        places: places.into_iter().map(|p| place(l, p, &asking)).collect(),
        sessions: browsers.iter().map(session).collect(),
        acceptance,
        email: asking.acting().email.clone(),
        shell,
    };
    page_with(status, &page)
}

fn place(l: Locale, place: Place, asking: &SignedIn) -> PlaceRow {
    let key = match place.side {
        Side::Tenant => "shell-workspace-tenant",
        Side::Partner => "shell-workspace-partner",
        Side::Operator => "shell-workspace-operator",
    };
    let organization = place
        .organization
        .unwrap_or_else(|| l.t("member-role-operator").to_owned());
    PlaceRow {
        id: place.membership,
        avatar: Avatar::company(&organization),
        organization,
        role: format!("{}, {}", l.t(key), l.t(role_key(place.role))),
        acts: place.membership == asking.acting().membership,
    }
}

/// The tenant's setting, for its administrators: to change, or to read with who may change it.
fn acceptance(conn: &mut DbConn, by: &SignedIn) -> Result<Option<Acceptance>, Error> {
    let Some(admin) = by.also::<BillingAdmin>() else {
        return Ok(None);
    };
    let may_change = by.also::<GlobalAdmin>().is_some();
    let holders = holders::holders(conn, by.acting(), GlobalAdmin::ROLES)?;
    let names: Vec<String> = holders.into_iter().map(|(name, ..)| name).collect();
    Ok(Some(Acceptance {
        billing_may: admin.tenant()?.billing_may_accept_roles,
        may_change,
        holders: names.join(", "),
    }))
}

/// Which membership acts from now on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    membership: String,
}

/// `POST /settings/membership`: acts for another of the person's own active memberships.
pub async fn switch(
    by: SignedIn,
    door: Door,
    form: Form<Membership>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let wanted: MembershipId = form.0.membership.parse().map_err(|_| Error::NotFound)?;
    let places = db.write(&by, profile::places).await?;
    if !places.iter().any(|place| place.membership == wanted) {
        return Err(Error::NotFound);
    }
    if wanted != by.acting().membership {
        door.switch(wanted)?;
    }
    Ok(see_other("/settings?saved=membership"))
}

/// The language chosen, and where to go on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenLanguage {
    language: String,
    #[serde(default)]
    next: String,
}

/// `POST /settings/language`: for the profile, and for this browser when signed out.
pub async fn language(
    req: HttpRequest,
    by: SignedIn,
    form: Form<ChosenLanguage>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let language = Language::parse(&form.0.language).ok_or(Error::BadRequest)?;
    db.write(&by, move |conn, by| {
        profile::set_language(conn, by, language, now.0)
    })
    .await?;
    let next = match form.0.next.as_str() {
        "" => "/settings?saved=language",
        next => local(Some(next)),
    };
    let cookie = preference(&req, LANGUAGE_COOKIE, language.as_str());
    let mut response = see_other(next);
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// The appearance chosen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appearance {
    theme: String,
}

/// `POST /settings/appearance`: for this browser alone.
pub async fn appearance(
    req: HttpRequest,
    _by: SignedIn,
    form: Form<Appearance>,
) -> Result<HttpResponse, Error> {
    let theme = form.0.theme;
    if !["system", "light", "dark"].contains(&theme.as_str()) {
        return Err(Error::BadRequest);
    }
    let mut response = see_other("/settings?saved=appearance");
    response
        .add_cookie(&preference(&req, THEME_COOKIE, &theme))
        .map_err(Error::internal)?;
    Ok(response)
}

/// Whether Billing administrators may.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenAcceptance {
    billing: String,
}

/// `POST /settings/acceptance`: the tenant's own decision.
pub async fn acceptance_chosen(
    by: GlobalAdmin,
    form: Form<ChosenAcceptance>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let billing_may = match form.0.billing.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::BadRequest),
    };
    db.write(&by, move |conn, by| {
        profile::set_acceptance(conn, by, billing_may, now.0)
    })
    .await?;
    Ok(see_other("/settings?saved=acceptance"))
}
