//! The door: gives each request its id, catches panics, writes the log line, makes error pages and
//! sets the headers of every answer.

use std::{panic::AssertUnwindSafe, time::Instant as Stopwatch};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{Method, StatusCode, header},
    middleware::Next,
    web::Data,
};
use askama::Template;
use futures_util::FutureExt;
use ipnet::IpNet;

use super::{
    fault, headers,
    locale::{LANGUAGE_COOKIE, Locale, THEME_COOKIE},
    page::{Shell, Site, Theme, page_with},
    request::Origin,
};
use crate::{domain::Language, error::Error as Ours};

/// The cookie by which a browser is known that somebody signed in with before.
pub const BROWSER_COOKIE: &str = "browser";

/// The proxies whose word is taken for a client's address.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(pub Vec<IpNet>);

/// What an error page shows.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    status: u16,
    kind: &'static str,
    request_id: String,
    denial: Option<crate::error::Denial>,
    minutes: i64,
}

/// What is known of a request before it is answered. The request itself may not be held meanwhile:
/// the framework routes it by changing it, and gives it back with an answer only.
struct Asked {
    shell: Shell,
    method: Method,
    origin: Origin,
    https: bool,
}

impl Asked {
    fn of(request: &actix_web::HttpRequest, origin: Origin) -> Self {
        let site = request.app_data::<Data<Site>>();
        Self {
            shell: anonymous_shell(request),
            method: request.method().clone(),
            origin,
            https: site.is_some_and(|site| site.https),
        }
    }
}

/// The outermost layer.
///
/// # Errors
/// Where a layer below failed or panicked: our own page all the same, as an error, since the
/// request is lost.
pub async fn edge(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let watch = Stopwatch::now();
    let proxies = req.app_data::<Data<TrustedProxies>>().cloned();
    let origin = Origin::of(&req, proxies.as_ref().map_or(&[], |list| list.0.as_slice()));
    let locale = Locale::of_request(req.request());
    req.extensions_mut().insert(origin.clone());
    req.extensions_mut().insert(locale);
    let mut asked = Asked::of(req.request(), origin);
    let answered = AssertUnwindSafe(next.call(req)).catch_unwind();
    let (answered, fault) = fault::watched(answered).await;
    let lost = match answered {
        Ok(Ok(answer)) => {
            let (request, response) = answer.map_into_boxed_body().into_parts();
            // By now it may be known who asks, and in which language.
            asked.shell.l = Locale::current(&request);
            let mut response = match response.error() {
                Some(error) => {
                    asked.shell.who = request.extensions().get().cloned();
                    let cookies: Vec<_> = response.cookies().map(Cookie::into_owned).collect();
                    with_cookies(error_page(&asked, error, fault.as_ref()), &cookies)
                }
                None => response,
            };
            remember_language(&request, &mut response);
            let route = request.match_pattern();
            finish(&asked, &mut response, route.as_deref(), watch);
            return Ok(ServiceResponse::new(request, response));
        }
        Ok(Err(error)) => error,
        Err(_) => Ours::Internal("a handler panicked".into()).into(),
    };
    let mut response = error_page(&asked, &lost, fault.as_ref());
    finish(&asked, &mut response, None, watch);
    Err(InternalError::from_response(lost, response).into())
}

fn finish(asked: &Asked, response: &mut HttpResponse, route: Option<&str>, watch: Stopwatch) {
    let address = (asked.shell.path.as_str(), asked.shell.query.as_str());
    headers::set(response.headers_mut(), address, asked.https);
    log(asked, response.status(), route, watch);
}

fn with_cookies(mut page: HttpResponse, cookies: &[Cookie<'_>]) -> HttpResponse {
    for cookie in cookies {
        let _ = page.add_cookie(cookie);
    }
    page
}

/// The one line a request leaves in the log: the route's pattern, never the path, which may hold a
/// secret.
fn log(asked: &Asked, status: StatusCode, route: Option<&str>, watch: Stopwatch) {
    let micros = u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(
        request_id = %asked.origin.request_id,
        method = %asked.method,
        route = route.unwrap_or("none"),
        status = status.as_u16(),
        micros,
        client = %asked.origin.client,
        "request"
    );
}

/// Keeps the language that `?lang=` asked for, for visitors without a profile. On pages only:
/// files are kept by caches that many share, and nobody's cookie belongs there.
fn remember_language(request: &actix_web::HttpRequest, response: &mut HttpResponse) {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !page || !request.query_string().contains("lang=") || !response.status().is_success() {
        return;
    }
    let language: Language = Locale::of_request(request).language;
    let _ = response.add_cookie(&preference(request, LANGUAGE_COOKIE, language.as_str()));
}

/// A cookie that is kept for a year: a preference, or that somebody signed in here before.
#[must_use]
pub fn preference<'a>(
    request: &actix_web::HttpRequest,
    name: &'static str,
    value: &'a str,
) -> Cookie<'a> {
    let https = request
        .app_data::<Data<Site>>()
        .is_some_and(|site| site.https);
    let name = preference_name(name, https);
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}

/// The name of a preference's cookie: with the prefix that binds it to this host over https.
#[must_use]
pub fn preference_name(name: &'static str, https: bool) -> &'static str {
    match (name, https) {
        (LANGUAGE_COOKIE, true) => "__Host-language",
        (THEME_COOKIE, true) => "__Host-theme",
        (BROWSER_COOKIE, true) => "__Host-browser",
        _ => name,
    }
}

/// The shell of a page for nobody in particular.
#[must_use]
pub fn anonymous_shell(request: &actix_web::HttpRequest) -> Shell {
    let site = request.app_data::<Data<Site>>();
    let https = site.is_some_and(|site| site.https);
    let theme = request.cookie(preference_name(THEME_COOKIE, https));
    Shell {
        l: Locale::current(request),
        theme: theme.and_then(|cookie| Theme::parse(cookie.value())),
        who: None,
        nav: Vec::new(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        mail: site.is_some_and(|site| site.mail),
        operator: site.map(|site| site.operator.clone()).unwrap_or_default(),
        has_mistakes: false,
    }
}

/// The page for an error: our own; or the fault noted beneath, where the session's layer made of it
/// one of its own; or one of the framework's.
fn error_page(asked: &Asked, error: &Error, fault: Option<&Ours>) -> HttpResponse {
    let ours = error.as_error::<Ours>().or(fault);
    let (status, kind) = match ours {
        Some(Ours::SignedOut) => return sign_in(asked),
        Some(error) => (error.status_code(), kind(error)),
        None => foreign(error),
    };
    if status.is_server_error() {
        tracing::error!(request_id = %asked.origin.request_id, error = %error, "request failed");
    }
    let bare = match ours {
        Some(error) => error.error_response(),
        None => HttpResponse::build(status).finish(),
    };
    let minutes = match ours {
        Some(Ours::TooMany(seconds)) => (seconds + 59) / 60,
        _ => 0,
    };
    let denial = match ours {
        Some(Ours::Denied(denial)) => Some((**denial).clone()),
        _ => None,
    };
    let page = ErrorPage {
        shell: asked.shell.clone(),
        status: status.as_u16(),
        kind,
        request_id: asked.origin.request_id.to_string(),
        denial,
        minutes,
    };
    match page_with(status, &page) {
        Ok(mut page) => {
            for (name, value) in bare.headers() {
                page.headers_mut().insert(name.clone(), value.clone());
            }
            if bare.head().connection_type() == actix_web::http::ConnectionType::Close {
                page.head_mut()
                    .set_connection_type(actix_web::http::ConnectionType::Close);
            }
            page
        }
        Err(_) => bare,
    }
}

/// The word by which the page finds its title and sentence.
fn kind(error: &Ours) -> &'static str {
    match error {
        Ours::SignedOut => "signed-out",
        Ours::Denied(_) => "denied",
        Ours::CrossSite => "cross-site",
        Ours::NotFound => "not-found",
        Ours::Conflict(_) => "conflict",
        Ours::Refused(_) => "refused",
        Ours::BadRequest => "bad-request",
        Ours::MethodNotAllowed(_) => "method",
        Ours::TooLarge => "too-large",
        Ours::TooSlow => "too-slow",
        Ours::TooMany(_) => "too-many",
        Ours::Busy => "busy",
        Ours::Database(_) | Ours::Internal(_) => "fault",
    }
}

/// Errors that the framework made: of these only the class is told.
fn foreign(error: &Error) -> (StatusCode, &'static str) {
    let status = error.as_response_error().status_code();
    match status {
        StatusCode::NOT_FOUND => (status, "not-found"),
        StatusCode::PAYLOAD_TOO_LARGE => (status, "too-large"),
        status if status.is_client_error() => (StatusCode::BAD_REQUEST, "bad-request"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    }
}

/// A person who is signed out goes to sign in, and comes back to the page that was asked for. What
/// was posted is not repeated.
fn sign_in(asked: &Asked) -> HttpResponse {
    let (path, query) = (&asked.shell.path, &asked.shell.query);
    let mut to = String::from("/sign-in");
    if asked.method.is_safe() && path != "/" {
        let mut back = path.clone();
        if !query.is_empty() {
            back = format!("{back}?{query}");
        }
        let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        to = format!("/sign-in?next={next}");
    }
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .finish()
}
