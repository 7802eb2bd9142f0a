//! Mail goes out: the outbox is drained by one worker in each process, as many processes as there
//! are. A mail is lost by nobody, and sent twice only where a worker dies between the mail server's
//! last word and its own note of it.

mod again;
pub mod kept;
mod message;
mod queue;
mod smtp;
mod still;
mod tidy;
pub mod trial;
mod turn;

use std::{
    future::Future,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures_util::future::{Either, select};
use tokio::time::{sleep, timeout};

use self::{
    message::Sender,
    queue::{Taken, Turn},
    smtp::{Connection, Smtp, Trouble},
};
use super::{
    delivery::Fault,
    outbox::{Letter, Waiting},
};
use crate::{
    config::mail::MailServer,
    db::Db,
    error::Error,
    secret::Secret,
    signing::SigningKey,
    web::{now::Clock, site::Site},
};

/// Puts a mail into words.
pub type Render = fn(&Waiting, &Site) -> Result<Letter, Error>;

/// How often a mail's end is noted anew where the database can't be reached: as long as the lease.
const NOTES: u32 = 120;

/// What a worker needs.
#[derive(Clone)]
pub struct Mailer {
    db: Db,
    clock: Clock,
    site: Site,
    secret: Secret,
    render: Render,
    smtp: Smtp,
    sender: Sender,
    signer: Option<SigningKey>,
    poll: Duration,
}

/// What was in the way of every mail alike.
#[derive(Debug)]
pub struct InTheWay(Trouble);

impl Mailer {
    /// A worker over a database, for a mail server.
    ///
    /// # Errors
    /// Names the setting that can't be used.
    pub fn new(
        server: &MailServer,
        (db, clock): (Db, Clock),
        (site, secret): (Site, Secret),
        render: Render,
    ) -> Result<Self, String> {
        Ok(Self {
            smtp: Smtp::new(server, &site)?,
            sender: Sender::new(&site.operator, &server.from)?,
            poll: server.poll,
            signer: None,
            db,
            clock,
            site,
            secret,
            render,
        })
    }

    /// Attaches receipts, signed by the installation's key.
    #[must_use]
    pub fn with_receipts(mut self, signer: SigningKey) -> Self {
        self.signer = Some(signer);
        self
    }

    /// Gives up on a slow mail server sooner.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.smtp.patience = (patience, patience);
        self
    }

    /// Sends what waits until `stop`; then the mail in hand may take `grace` to be finished.
    pub async fn run(self, stop: impl Future<Output = ()>, grace: Duration) {
        let mut stop = pin!(stop);
        if let Either::Left(_) = select(&mut stop, pin!(self.set_up())).await {
            return;
        }
        let stopping = AtomicBool::new(false);
        let (mut failures, mut told) = (0, None);
        loop {
            let round = pin!(self.round(&stopping));
            let result = match select(&mut stop, round).await {
                Either::Left(((), round)) => {
                    stopping.store(true, Ordering::Relaxed);
                    let _ = timeout(grace, round).await;
                    return;
                }
                Either::Right((result, _)) => result,
            };
            failures = if result.is_err() { failures + 1 } else { 0 };
            tell(result.err(), &mut told);
            let rest = match failures {
                0 => self.poll,
                times => again::rest(times, self.poll, chance()),
            };
            if let Either::Left(_) = select(&mut stop, pin!(sleep(rest))).await {
                return;
            }
        }
    }

    /// Notes that mail is set up, as soon as the database can be written to.
    pub async fn set_up(&self) {
        loop {
            let clock = self.clock.clone();
            let note = move |conn: &mut _| tidy::set_up(conn, clock.now());
            match self.db.write_unattended(note).await {
                Ok(parked) => return tell_parked(parked),
                Err(error) => tracing::warn!(%error, "mail: the database is in the way"),
            }
            sleep(self.poll).await;
        }
    }

    /// One look at the outbox, until nothing is due or something is in the way of all.
    ///
    /// # Errors
    /// What is in the way of every mail.
    pub async fn round(&self, stopping: &AtomicBool) -> Result<(), InTheWay> {
        let mut connection = None;
        let result = match self.drain(&mut connection, stopping).await {
            Ok(result) => result,
            Err(error) => {
                tracing::warn!(%error, "mail: the database is in the way");
                Ok(())
            }
        };
        if let Some(connection) = connection {
            connection.close().await;
        }
        result
    }

    async fn drain(
        &self,
        connection: &mut Option<Connection>,
        stopping: &AtomicBool,
    ) -> Result<Result<(), InTheWay>, Error> {
        let now = self.clock.now();
        let any = self.db.read(move |conn| queue::is_any_due(conn, now));
        if !any.await? {
            return Ok(Ok(()));
        }
        let park = move |conn: &mut _| tidy::park_overdue(conn, now);
        tell_parked(self.db.write_unattended(park).await?);
        while !stopping.load(Ordering::Relaxed) {
            let clock = self.clock.clone();
            let take = move |conn: &mut _| queue::take(conn, clock.now());
            let Some(taken) = self.db.write_unattended(take).await? else {
                break;
            };
            let (turn, in_the_way) = self.turn(connection, &taken).await?;
            self.finish(&taken, turn).await;
            if let Some(in_the_way) = in_the_way {
                self.all_wait(&in_the_way.0).await?;
                return Ok(Err(in_the_way));
            }
        }
        Ok(Ok(()))
    }

    /// Notes how a mail's turn ended, again and again where the database can't be reached: what
    /// isn't noted is sent a second time when the lease ends.
    async fn finish(&self, taken: &Taken, turn: Turn) {
        for _ in 0..NOTES {
            let (clock, taken, turn) = (self.clock.clone(), taken.clone(), turn.clone());
            let id = taken.id;
            let note = move |conn: &mut _| queue::finish(conn, &taken, &turn, clock.now());
            match self.db.write_unattended(note).await {
                Ok(true) => return,
                Ok(false) => {
                    tracing::info!(mail = %id, "mail: somebody else has it now");
                    return;
                }
                Err(error) => tracing::warn!(%error, mail = %id, "mail: not noted yet"),
            }
            sleep(Duration::from_secs(1)).await;
        }
    }

    async fn all_wait(&self, trouble: &Trouble) -> Result<(), Error> {
        let (clock, why) = (self.clock.clone(), again::reason(trouble, None));
        let note = move |conn: &mut _| tidy::all_wait(conn, &why, clock.now());
        self.db.write_unattended(note).await
    }
}

/// Says once what is in the way, and once that nothing is any more.
fn tell(in_the_way: Option<InTheWay>, told: &mut Option<Fault>) {
    let fault = in_the_way.as_ref().map(|InTheWay(trouble)| trouble.fault);
    if fault == *told {
        return;
    }
    *told = fault;
    if let Some(InTheWay(trouble)) = in_the_way {
        let why = again::reason(&trouble, None);
        tracing::error!(%why, "mail can't be handed over; it waits");
    } else {
        tracing::info!("mail goes out again");
    }
}

fn tell_parked(parked: usize) {
    if parked > 0 {
        tracing::warn!(parked, "mail: parked what had waited too long");
    }
}

/// A byte by chance; where the machine has no randomness, always the same.
fn chance() -> u8 {
    let mut byte = [128];
    let _ = getrandom::fill(&mut byte);
    let [byte] = byte;
    byte
}
