//! The application in this process: the same `app::build` as the server's, a clock that stands, a
//! database of its own.

use std::{future::Future, pin::Pin, rc::Rc, sync::OnceLock, time::Duration};

use actix_web::{
    body::to_bytes,
    dev::Service,
    test::{TestRequest, init_service},
    web::ServiceConfig,
};
use chrono::TimeDelta;
use entente::{
    access::{seen::Seen, session_store::Limits},
    app::{State, build_with},
    db::{Db, migrate::migrate, types::Ts},
    domain::Instant,
    secret::Secret,
    web::{edge::TrustedProxies, now::Clock, page::Site},
    work::readiness::Readiness,
};

use super::{
    cast::{Actor, Persona},
    db::{Backend, TestDb, fresh_folder},
    page::Page,
    seed::{NOW, World},
};

/// The public address of the installation under test.
pub const ORIGIN: &str = "https://entente.example";

type Answering = Pin<Box<dyn Future<Output = Page>>>;

/// The application. Cheap to clone.
#[derive(Clone)]
pub struct TestApp(Rc<Inner>);

struct Inner {
    serve: Box<dyn Fn(TestRequest) -> Answering>,
    state: State,
    world: World,
    db: TestDb,
}

/// What tests change of an installation before it starts.
pub struct Setup {
    pub origin: &'static str,
    pub limits: Limits,
    pub seen: Seen,
    pub proxies: TrustedProxies,
    pub connections: u32,
    pub mail: bool,
    pub directory_public: bool,
    pub further: fn(&mut ServiceConfig),
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            origin: ORIGIN,
            limits: Limits {
                idle: TimeDelta::minutes(30),
                absolute: TimeDelta::hours(12),
            },
            seen: Seen::within(Duration::ZERO),
            proxies: TrustedProxies::default(),
            connections: 8,
            mail: true,
            directory_public: false,
            further: |_| {},
        }
    }
}

/// Runs a test with an application.
pub fn run<F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(TestApp) -> F + 'static) {
    run_with(backend, Setup::default, test);
}

/// Runs a test with an application that is set up differently.
pub fn run_with<F: Future<Output = ()>>(
    backend: Backend,
    setup: fn() -> Setup,
    test: impl FnOnce(TestApp) -> F + 'static,
) {
    actix_web::rt::System::new().block_on(async move {
        let app = TestApp::start(backend, setup()).await;
        test(app).await;
    });
}

/// Readiness is asked of a database that outlives the tests: its thread never ends.
fn readiness() -> Readiness {
    static READY: OnceLock<(TestDb, Readiness)> = OnceLock::new();
    let (_, readiness) = READY.get_or_init(|| {
        // Nothing drops it at the end: it lies where the services take it along.
        let db = TestDb::in_folder(fresh_folder("readiness"));
        migrate(&db.url).unwrap();
        let readiness = Readiness::watch(db.url.clone());
        (db, readiness)
    });
    readiness.clone()
}

/// What the application shares, over a database.
pub fn state(db: &TestDb, setup: &Setup) -> State {
    State {
        db: Db::open(&db.url, setup.connections).unwrap(),
        clock: Clock::standing_at(NOW.parse().unwrap()),
        site: Site::new(setup.origin.parse().unwrap(), "Example operator".into())
            .with_mail(setup.mail)
            .with_public_directory(setup.directory_public),
        secret: secret(),
        limits: setup.limits,
        seen: setup.seen.clone(),
        proxies: setup.proxies.clone(),
        readiness: readiness(),
        signer: secret().signing_key().unwrap(),
    }
}

/// The installation's secret in all tests.
pub fn secret() -> Secret {
    Secret::new("a secret that only the tests of Entente know 0123456789").unwrap()
}

impl TestApp {
    /// Starts an application with the cast in its database.
    pub async fn start(backend: Backend, setup: Setup) -> Self {
        let (db, world) = TestDb::with_cast(backend);
        let state = state(&db, &setup);
        let service = Rc::new(init_service(build_with(&state, setup.further)).await);
        let serve = Box::new(move |request: TestRequest| -> Answering {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let request = request
                    .peer_addr("192.0.2.10:4711".parse().unwrap())
                    .to_request();
                let asked = format!("{} {}", request.method(), request.uri());
                // Where a layer failed the page comes as an error, which the server sends all the same.
                let response = match service.call(request).await {
                    Ok(answer) => answer.into_parts().1,
                    Err(error) => error.error_response(),
                };
                let (head, body) = response.into_parts();
                Page {
                    status: head.status().as_u16(),
                    headers: head.headers().clone(),
                    body: to_bytes(body).await.unwrap().to_vec(),
                    asked,
                }
            })
        });
        Self(Rc::new(Inner {
            serve,
            state,
            world,
            db,
        }))
    }

    /// Answers one request.
    pub async fn answer(&self, request: TestRequest) -> Page {
        (self.0.serve)(request).await
    }

    /// What the application shares.
    pub fn state(&self) -> &State {
        &self.0.state
    }

    /// The database, for the test's own eyes.
    pub fn db(&self) -> &TestDb {
        &self.0.db
    }

    /// Everybody and everything that was there from the start.
    pub fn world(&self) -> &World {
        &self.0.world
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.state().clock.now()
    }

    /// Lets time pass.
    pub fn passes(&self, time: TimeDelta) {
        self.state().clock.set(self.now() + time);
    }

    /// A browser that nobody is signed in with.
    pub fn anonymous(&self) -> Actor {
        Actor::new(self, Persona::Anonymous)
    }

    /// One of the cast, signed in through the form.
    pub async fn signed_in(&self, persona: Persona) -> Actor {
        let actor = Actor::new(self, persona);
        if persona != Persona::Anonymous {
            let email = &self.world().person(persona).email;
            actor.signs_in(email).await.is(303);
        }
        actor
    }

    /// The tenant's Billing administrator.
    pub async fn billing_admin(&self) -> Actor {
        self.signed_in(Persona::BillingAdmin).await
    }

    /// The tenant's Global administrator.
    pub async fn global_admin(&self) -> Actor {
        self.signed_in(Persona::GlobalAdmin).await
    }

    /// A user of the tenant without roles.
    pub async fn member(&self) -> Actor {
        self.signed_in(Persona::Member).await
    }

    /// The Global administrator of another tenant.
    pub async fn stranger(&self) -> Actor {
        self.signed_in(Persona::Stranger).await
    }

    /// The partner's Admin agent.
    pub async fn admin_agent(&self) -> Actor {
        self.signed_in(Persona::AdminAgent).await
    }

    /// Waits until the application has noted aside when each session was last seen, or ended it.
    pub async fn settles(&self) {
        let minute_ago = Ts::from(self.now() - TimeDelta::minutes(1)).text();
        let stale = format!("SELECT count(*) FROM sessions WHERE last_seen_at < '{minute_ago}'");
        for _ in 0..200 {
            if self.db().count(&stale) == 0 {
                return;
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
