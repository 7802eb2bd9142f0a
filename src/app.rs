//! The application: middleware in its order, what handlers share, and the routes. The same for the
//! server and for tests.

use actix_identity::IdentityMiddleware;
use actix_session::{SessionMiddleware, config::BrowserSession};
use actix_web::{
    App, Error,
    body::BoxBody,
    cookie::{Key, SameSite},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::{self, Data, PayloadConfig},
};

use crate::{
    access::{
        asking::asking,
        denials::note_denials,
        seen::Seen,
        session_store::{DbSessionStore, Limits},
    },
    db::Db,
    error::Error as Ours,
    routes,
    secret::Secret,
    signing::SigningKey,
    web::{
        body::whole_body,
        edge::{TrustedProxies, edge},
        now::Clock,
        page::Site,
        same_origin::same_origin,
    },
    work::readiness::Readiness,
};

/// What every worker shares. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The public address, and who runs the installation.
    pub site: Site,
    /// The installation's secret.
    pub secret: Secret,
    /// How long sessions live.
    pub limits: Limits,
    /// When sessions were seen, as far as that isn't written yet.
    pub seen: Seen,
    /// Whose word is taken for a client's address.
    pub proxies: TrustedProxies,
    /// Whether the database answers.
    pub readiness: Readiness,
    /// The key that signs receipts and checkpoints.
    pub signer: SigningKey,
}

/// The name of the session's cookie: over https with the prefix that binds it to this host.
#[must_use]
pub const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// Builds the application. From the outside in: the door (ids, panics, error pages, headers, log),
/// the body; then, for pages, the session, the record of denials, and where the request comes from,
/// before any handler.
#[must_use]
pub fn build(
    state: &State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    build_with(state, |_| {})
}

/// As [`build`], with further routes: tests add one that panics.
pub fn build_with<F: FnOnce(&mut web::ServiceConfig)>(
    state: &State,
    further: F,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<F>,
> {
    let https = state.site.https;
    let (db, clock, seen) = (state.db.clone(), state.clock.clone(), state.seen.clone());
    let store = DbSessionStore::new(db, clock, state.limits, seen);
    let session = SessionMiddleware::builder(store, Key::from(&state.secret.cookie_key()))
        .cookie_name(cookie_name(https).to_owned())
        .cookie_secure(https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .session_lifecycle(BrowserSession::default())
        .build();
    let pages = web::scope("")
        .wrap(from_fn(same_origin))
        .wrap(from_fn(note_denials))
        .wrap(IdentityMiddleware::default())
        .wrap(session)
        .wrap(from_fn(asking))
        .configure(routes::pages)
        .configure(further)
        .default_service(web::to(|| async { Err::<&str, Ours>(Ours::NotFound) }));
    App::new()
        .app_data(Data::new(state.db.clone()))
        .app_data(Data::new(state.clock.clone()))
        .app_data(Data::new(state.site.clone()))
        .app_data(Data::new(state.secret.clone()))
        .app_data(Data::new(state.limits))
        .app_data(Data::new(state.proxies.clone()))
        .app_data(Data::new(state.readiness.clone()))
        .app_data(Data::new(state.signer.clone()))
        .app_data(Data::new(routes::ROOMY))
        .app_data(PayloadConfig::new(routes::ROOMY.largest))
        .wrap(from_fn(whole_body))
        .wrap(from_fn(edge))
        .configure(routes::open)
        .service(pages)
}
