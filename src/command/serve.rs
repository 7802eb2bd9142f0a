//! `entente serve`: the portal itself.

use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
    pin::pin,
    time::Duration,
};

use actix_http::{HttpService, KeepAlive, Protocol, error::DispatchError};
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, map_config};
use actix_web::{
    dev::{AppConfig, Server, fn_service},
    rt::{System, net::TcpStream},
};
use futures_util::future::select;
use tokio::{
    net::TcpSocket,
    signal::unix::{SignalKind, signal},
};

use super::{Failure, logging, up_to_date};
use crate::{
    access::{seen::Seen, session_store::Limits},
    app::{self, State},
    config::{Config, Settings, Wrong},
    db::{Db, connect::DatabaseUrl, migrate},
    evidence::checkpoint::folder::Folder,
    private,
    web::{edge::TrustedProxies, now::Clock, page::Site, patience::Patient},
    work::{
        checkpoints::keep_checkpointing, letter::letter, mail::Mailer, readiness::Readiness,
        reminders::keep_reminding, renewals::keep_asking, sweep::keep_sweeping,
    },
};

/// How long the head of a connection's first request may take to arrive.
const REQUEST: Duration = Duration::from_secs(5);
/// How long any request of a connection may take to arrive as a whole: a head and a body.
const WHOLE: Duration = Duration::from_secs(15);
/// How long a connection may take to close.
const DISCONNECT: Duration = Duration::from_secs(2);
/// How long a connection may idle.
const IDLE: Duration = Duration::from_secs(30);
/// How long requests in flight may take at the end: below the ten seconds after which supervisors
/// kill.
const SHUTDOWN: u64 = 8;
/// How many connections may wait to be taken.
const WAITING: u32 = 1024;

/// Everything that is wrong, at once; or settings that can serve.
fn checked(settings: Settings) -> Result<(Config, Site), Failure> {
    let settings = settings.with_file()?;
    let missing = settings.public_url.is_none();
    let config = settings.check().map_err(|Wrong(mut lines)| {
        if missing {
            lines.push(MISSING.to_owned());
        }
        Wrong(lines)
    })?;
    let site = Site::new(config.public()?, config.operator.clone());
    let site = site
        .with_mail(config.mail.is_some())
        .with_public_directory(config.directory_public);
    Ok((config, site))
}

const MISSING: &str =
    "public_url: say by which address browsers reach this, like https://partners.example.org";

/// Serves until told to stop.
pub(super) fn run(settings: Settings) -> Result<(), Failure> {
    let (config, site) = checked(settings)?;
    let secret = config.secret()?;
    logging::json(config.log_level);
    up_to_date(&config.database, &config.migration)?;
    if !config.database.is_sqlite() && migrate::serving_role_owns_evidence(&config.database)? {
        tracing::warn!(
            "the serving role could change evidence if it tried: set migration_url to the role \
             that owns the tables, and database_url to another one"
        );
    }
    warn_of_open_files(&config.database);
    let state = State {
        db: Db::open(&config.database, config.connections)?,
        clock: Clock::System,
        site,
        secret,
        limits: Limits {
            idle: config.session_idle,
            absolute: config.session_absolute,
        },
        seen: Seen::default(),
        proxies: TrustedProxies(config.trusted_proxies.clone()),
        readiness: Readiness::watch(config.database.clone()),
        signer: config.signing_key()?,
    };
    let mailer = mailer(&config, &state)?;
    let checkpoints = config.checkpoint_dir.clone().map(Folder::new);
    System::new().block_on(async {
        let (listener, address) = listen(config.listen)?;
        let grace = Duration::from_secs(SHUTDOWN);
        let mailing = mailer.map(|mailer| actix_web::rt::spawn(mailer.run(stop(), grace)));
        if let Some(folder) = checkpoints {
            let (db, clock) = (state.db.clone(), state.clock.clone());
            let keeping = keep_checkpointing(db, folder, state.signer.clone(), clock);
            actix_web::rt::spawn(keeping);
        }
        tracing::info!(%address, public = %state.site.origin(), workers = config.workers, "listening");
        serve(listener, state, config.workers, stop()).await?;
        if let Some(mailing) = mailing {
            let _ = mailing.await;
        }
        tracing::info!("stopped");
        Ok(())
    })
}

/// What sends mail, where a mail server is set up.
fn mailer(config: &Config, state: &State) -> Result<Option<Mailer>, Failure> {
    let Some(server) = &config.mail else {
        tracing::info!("no mail server is set up: mail waits, and links are shown to copy");
        return Ok(None);
    };
    let (base, own) = (
        (state.db.clone(), state.clock.clone()),
        (state.site.clone(), state.secret.clone()),
    );
    Mailer::new(server, base, own, letter)
        .map(|mailer| Some(mailer.with_receipts(state.signer.clone())))
        .map_err(Failure::unusable)
}

/// Files of before, or copied here, keep the rights that they came with.
fn warn_of_open_files(database: &DatabaseUrl) {
    for file in database.files() {
        if private::is_open_to_others(&file).unwrap_or(false) {
            let file = file.display();
            tracing::warn!("others on this machine may read the database: chmod 600 {file}");
        }
    }
}

/// Takes the socket, before anybody is told of it.
///
/// # Errors
/// Names the address and what is in the way.
pub fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let taken = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::unusable(format!(
            "listen: {wanted} is taken by another process; choose another one"
        )),
        _ => Failure::unusable(format!("listen: {wanted}: {error}")),
    };
    let socket = match wanted {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    };
    let socket = socket.map_err(taken)?;
    socket.set_reuseaddr(true).map_err(taken)?;
    socket.bind(wanted).map_err(taken)?;
    let listener = socket.listen(WAITING).map_err(taken)?;
    let listener = listener.into_std().map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    Ok((listener, address))
}

/// Resolves when the process is asked to stop, by a supervisor or at the terminal.
pub async fn stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    let _ = select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
}

/// Serves on a socket until `stop`, then lets requests in flight finish.
///
/// # Errors
/// The socket can't be served.
pub async fn serve(
    listener: TcpListener,
    state: State,
    workers: usize,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::unusable(format!("listen: {error}"));
    let address = listener.local_addr().map_err(failed)?;
    actix_web::rt::spawn(keep_sweeping(state.db.clone(), state.clock.clone()));
    actix_web::rt::spawn(keep_reminding(state.db.clone(), state.clock.clone()));
    actix_web::rt::spawn(keep_asking(state.db.clone(), state.clock.clone()));
    let server = Server::build()
        .workers(workers)
        .shutdown_timeout(SHUTDOWN)
        .shutdown_signal(stop);
    let stopping = server.graceful_shutdown_signal();
    let server = server.listen("entente", listener, move || {
        let (app, stopping) = (app::build(&state).into_factory(), stopping.clone());
        let app = app.map_err(|error: actix_web::Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(KeepAlive::Timeout(IDLE))
            .client_request_timeout(REQUEST)
            .client_disconnect_timeout(DISCONNECT)
            .local_addr(address)
            .finish(map_config(app, |()| AppConfig::default()));
        fn_service(patiently).and_then(http)
    });
    server.map_err(failed)?.run().await.map_err(failed)
}

/// What `HttpServer` does with a connection, and the timer that it lacks.
async fn patiently(
    stream: TcpStream,
) -> Result<(Patient<TcpStream>, Protocol, Option<SocketAddr>), DispatchError> {
    let peer = stream.peer_addr().ok();
    let _ = stream.set_nodelay(true);
    let patient = Patient::new(stream, WHOLE, IDLE + REQUEST);
    Ok((patient, Protocol::Http1, peer))
}
