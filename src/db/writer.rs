//! `SQLite`'s one writer: what waits is written together, and each of it stands or falls by itself.
//!
//! A transaction waits for the disk once, however much is in it. So the writer takes all that waits
//! into one, with a savepoint each, and nobody is answered before it is on the disk. Whenever
//! anything but the work itself goes wrong, nothing of it is kept, and each is written alone.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

use diesel::{Connection, connection::TransactionManager};
use tokio::{sync::oneshot, time::timeout};

use super::{
    DbConn, WAIT, begin, in_transaction,
    manager::Pool,
    untyped::{Again, Outcome},
};
use crate::error::Error;

/// How much is written together at most, so that the first needn't wait long for the last.
const TOGETHER: usize = 32;

type Manager = <DbConn as Connection>::TransactionManager;

/// The writer, as those see it who have something to write. Its thread ends with it.
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Something that waits to be written.
struct Job {
    work: Again,
    came: Option<Outcome>,
    taken: Arc<AtomicBool>,
    reply: oneshot::Sender<Outcome>,
}

impl Job {
    /// Takes it, unless nobody waits for it any more. Whoever is taken is waited for.
    fn take(&self) -> bool {
        !self.reply.is_closed() && !self.taken.swap(true, Ordering::AcqRel)
    }

    /// Does it within a savepoint, and keeps what came of it. Says whether it succeeded.
    fn attempt(&mut self, conn: &mut DbConn) -> bool {
        let came = (self.work)(conn);
        self.came.insert(came).is_ok()
    }

    /// Says what came of it.
    fn tell(self) {
        if let Some(came) = self.came {
            let _ = self.reply.send(came);
        }
    }

    /// Says that it can't be written now.
    fn refuse(self) {
        let _ = self.reply.send(Err(Error::Busy));
    }

    /// Writes it in a transaction of its own, and says what came of it.
    fn alone(self, pool: &Pool) {
        let Self { work, reply, .. } = self;
        let _ = reply.send(pool.with(|conn| in_transaction(conn, &*work)));
    }
}

impl Writer {
    /// Starts the writer's thread.
    pub(super) fn start(pool: Pool) -> std::io::Result<Self> {
        let (queue, waiting) = mpsc::channel::<Job>();
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                while let Ok(first) = waiting.recv() {
                    let others = waiting.try_iter().take(TOGETHER - 1);
                    let jobs = std::iter::once(first).chain(others);
                    write(&pool, jobs.filter(Job::take).collect());
                }
            })?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Has something written, and waits until it is on the disk.
    ///
    /// # Errors
    /// [`Error::Busy`] where its turn didn't come in time, or what `work` returned.
    pub(super) async fn write(&self, work: Again) -> Outcome {
        let taken = Arc::new(AtomicBool::new(false));
        let (reply, mut told) = oneshot::channel();
        let job = Job {
            work,
            came: None,
            taken: Arc::clone(&taken),
            reply,
        };
        let queue = self.queue.as_ref().ok_or(Error::Busy)?;
        queue.send(job).map_err(|_| Error::Busy)?;
        let told = match timeout(WAIT, &mut told).await {
            Ok(told) => told,
            // Whatever was begun isn't given up: it may be kept.
            Err(_) if taken.swap(true, Ordering::AcqRel) => told.await,
            Err(_) => return Err(Error::Busy),
        };
        told.map_err(|_| Error::Busy)?
    }
}

impl Drop for Writer {
    /// Waits until the connection is closed, unless it is the writer itself that lets go last.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.thread.take()
            && writer.thread().id() != thread::current().id()
        {
            let _ = writer.join();
        }
    }
}

/// Writes what waits: together, or else each alone. A panic harms only whose work it is.
fn write(pool: &Pool, mut jobs: Vec<Job>) {
    if jobs.len() > 1 {
        let written = catch_unwind(AssertUnwindSafe(|| {
            pool.with_afresh(|conn| together(conn, &mut jobs))
        }));
        match written {
            Ok(Ok(())) => return jobs.into_iter().for_each(Job::tell),
            Ok(Err(Error::Busy)) => return jobs.into_iter().for_each(Job::refuse),
            Ok(Err(error)) => tracing::warn!(%error, "not written together, but each alone"),
            Err(_) => tracing::warn!("a panic among what was written together: now each alone"),
        }
    }
    for job in jobs {
        let _ = catch_unwind(AssertUnwindSafe(|| job.alone(pool)));
    }
}

/// One transaction for all of it. [`Error::Busy`] where it couldn't begin. Once it has, nobody else
/// writes, so that there is nothing in the way that would have to be tried again.
fn together(conn: &mut DbConn, jobs: &mut [Job]) -> Result<(), Error> {
    begin(conn).map_err(|error| {
        tracing::warn!(%error, "nothing can be written");
        Error::Busy
    })?;
    for job in jobs {
        Manager::begin_transaction(conn)?;
        if job.attempt(conn) {
            Manager::commit_transaction(conn)?;
        } else {
            Manager::rollback_transaction(conn)?;
        }
    }
    Ok(Manager::commit_transaction(conn)?)
}
