//! Mail goes out: the outbox is drained by one worker in each process, as many processes as there
//! are. A mail is lost by nobody, and sent twice only where a worker dies between the mail server's
//! last word and its own note of it.

mod again;
pub mod kept;
mod message;
pub mod plain;
mod queue;
mod smtp;
mod still;
pub mod trial;

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures_util::future::{Either, select};
use lettre::address::Envelope;
use tokio::time::{sleep, timeout};

use self::{
    message::{Head, Sender},
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
            db,
            clock,
            site,
            secret,
            render,
        })
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
            let note = move |conn: &mut _| queue::set_up(conn, clock.now());
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
        let park = move |conn: &mut _| queue::park_overdue(conn, now);
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

    /// What becomes of a mail now, and what is in the way of all others too.
    async fn turn(
        &self,
        connection: &mut Option<Connection>,
        taken: &Taken,
    ) -> Result<(Turn, Option<InTheWay>), Error> {
        if taken.attempts > again::ATTEMPTS {
            let why = taken.last_error.clone();
            let why = why.unwrap_or_else(|| again::told(Fault::Other, "tried too often"));
            return Ok((Turn::Parked(why), None));
        }
        let waiting = match taken.open(&self.secret) {
            Ok(waiting) => waiting,
            Err((fault, detail)) => return Ok((Turn::Parked(again::told(fault, &detail)), None)),
        };
        let (envelope, bytes) = match self.written(&waiting) {
            Ok(written) => written,
            Err(trouble) => return Ok((self.failed(taken, &waiting, &trouble), None)),
        };
        let mut ready = match connection.take() {
            Some(ready) => ready,
            None => match self.smtp.connect().await {
                Ok(ready) => ready,
                Err(trouble) => {
                    let turn = Turn::Untried(Some(again::reason(&trouble, None)));
                    return Ok((turn, Some(InTheWay(trouble))));
                }
            },
        };
        // Asked when nothing but sending is left to do, so that hardly anything can come between.
        let (clock, asked, about) = (self.clock.clone(), taken.clone(), waiting.clone());
        let look = move |conn: &mut _| {
            let now = clock.now();
            let ours = queue::is_ours(conn, &asked, now)?;
            Ok((ours, still::still_true(conn, &about, now)?))
        };
        let (ours, still_true) = self.db.read(look).await?;
        if !ours || !still_true {
            *connection = Some(ready);
            let untried = Turn::Untried(taken.last_error.clone());
            return Ok((if ours { Turn::Obsolete } else { untried }, None));
        }
        match ready.send(&envelope, &bytes).await {
            Ok(()) => {
                *connection = Some(ready);
                Ok((Turn::HandedOver, None))
            }
            Err(trouble) => {
                let turn = self.failed(taken, &waiting, &trouble);
                Ok((turn, trouble.ends_connection.then_some(InTheWay(trouble))))
            }
        }
    }

    /// The mail as bytes. Whatever is wrong with one mail, a panic too, concerns that one alone.
    fn written(&self, waiting: &Waiting) -> Result<(Envelope, Vec<u8>), Trouble> {
        let unwritten = |detail: String| Trouble {
            fault: Fault::Unwritten,
            detail,
            ends_connection: false,
            is_final: true,
        };
        let write = || {
            let letter = (self.render)(waiting, &self.site);
            let letter = letter.map_err(|error| unwritten(error.to_string()))?;
            message::message(&self.sender, &Head::of(waiting), letter)
        };
        catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| Err(unwritten("panicked".into())))
    }

    fn failed(&self, taken: &Taken, waiting: &Waiting, trouble: &Trouble) -> Turn {
        let why = again::reason(trouble, waiting.link.as_deref());
        let worn_out = !trouble.ends_connection && taken.attempts >= again::ATTEMPTS;
        if trouble.is_final || worn_out {
            return Turn::Parked(why);
        }
        Turn::Again(
            self.clock.now() + again::delay(taken.attempts, trouble, chance()),
            why,
        )
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
        let note = move |conn: &mut _| queue::all_wait(conn, &why, clock.now());
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
