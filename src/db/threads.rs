//! The threads that wait for the database, so that workers needn't.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::untyped::Outcome;
use crate::error::Error;

/// How long a thread stays with nothing to do.
const IDLE: Duration = Duration::from_secs(10);

/// As many threads as there are connections, shared by all workers. Each worker's own would be more
/// threads than can work at once, each with memory that it holds on to.
pub(super) struct Threads(Option<Runtime>);

impl Threads {
    /// At most so many, each started when it is needed.
    pub(super) fn new(most: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(most)
            .thread_keep_alive(IDLE)
            .thread_name("database")
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Runs `work` on one of them, unless none comes free within `patience`. Where nobody waits for
    /// it any more, work that hasn't begun is left undone.
    ///
    /// What waits is where the threads find it: handing a place on to a worker that is busy with
    /// a page would leave them idle.
    ///
    /// # Errors
    /// [`Error::Busy`] where none came free or the work panicked, or the program is about to end.
    pub(super) async fn run(
        &self,
        work: Box<dyn FnOnce() -> Outcome + Send>,
        patience: Duration,
    ) -> Outcome {
        let runtime = self.0.as_ref().ok_or(Error::Busy)?;
        let ours = Waiting(Turn::default());
        let theirs = ours.0.clone();
        let begin = move || {
            if theirs.take() {
                work()
            } else {
                Err(Error::Busy)
            }
        };
        let mut done = runtime.spawn_blocking(begin);
        let ended = match timeout(patience, &mut done).await {
            Ok(ended) => ended,
            Err(_) if ours.0.take() => return Err(Error::Busy),
            // It has begun: what it changes is told as it comes out.
            Err(_) => done.await,
        };
        ended.map_err(|_| Error::Busy)?
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // What is dropped by a worker may not wait; the work itself ends with its own thread.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// What is taken once: by the thread that begins the work, or by whoever gives up waiting for it.
#[derive(Clone, Default)]
struct Turn(Arc<AtomicBool>);

impl Turn {
    fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// Gives up when it is dropped.
struct Waiting(Turn);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.take();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    const LONG: Duration = Duration::from_mins(1);
    /// Not over before this thread comes back to it.
    const SHORT: Duration = Duration::from_millis(1);

    type Work = Box<dyn FnOnce() -> Outcome + Send>;

    fn nothing() -> Work {
        Box::new(|| Ok(Box::new(())))
    }

    /// Work that says that it was done.
    fn telling() -> (Work, Receiver<()>) {
        let (ran, runs) = channel();
        let work = move || {
            ran.send(()).unwrap();
            Ok(Box::new(()) as _)
        };
        (Box::new(work), runs)
    }

    /// Work that says that it has begun and goes on until it is told to end.
    fn held() -> (Work, Receiver<()>, Sender<()>) {
        let (begun, begins) = channel();
        let (end, ends) = channel();
        let work = move || {
            begun.send(()).unwrap();
            ends.recv().unwrap();
            Ok(Box::new(()) as _)
        };
        (Box::new(work), begins, end)
    }

    #[actix_web::test]
    async fn who_finds_no_thread_in_time_is_told_so_and_nothing_is_done() {
        let threads = Threads::new(1).unwrap();
        let (work, begins, end) = held();
        let first = threads.run(work, SHORT);
        let (told, runs) = telling();
        let second = async {
            begins.recv().unwrap();
            let refused = threads.run(told, SHORT).await;
            end.send(()).unwrap();
            refused
        };
        let (first, second) = futures_util::future::join(first, second).await;
        assert!(first.is_ok(), "what has begun is waited for");
        assert!(matches!(second, Err(Error::Busy)));
        threads.run(nothing(), LONG).await.unwrap();
        assert!(runs.recv().is_err(), "what was refused was done later");
    }

    #[actix_web::test]
    async fn what_nobody_waits_for_any_more_is_left_undone() {
        let threads = Threads::new(1).unwrap();
        let (work, begins, end) = held();
        let (told, runs) = telling();
        let gone = async {
            begins.recv().unwrap();
            let gone = timeout(SHORT, threads.run(told, LONG)).await;
            assert!(gone.is_err(), "no thread was free");
            end.send(()).unwrap();
        };
        let (first, ()) = futures_util::future::join(threads.run(work, LONG), gone).await;
        assert!(first.is_ok());
        threads.run(nothing(), LONG).await.unwrap();
        assert!(runs.recv().is_err(), "what nobody waited for was done");
    }
}
