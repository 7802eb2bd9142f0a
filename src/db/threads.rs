//! The threads that wait for the database, so that workers needn't.

use std::{io, time::Duration};

use tokio::runtime::{Builder, Runtime};

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

    /// Runs `work` on one of them.
    ///
    /// # Errors
    /// [`Error::Busy`] where the work panicked, or the program is about to end.
    pub(super) async fn run(&self, work: Box<dyn FnOnce() -> Outcome + Send>) -> Outcome {
        let runtime = self.0.as_ref().ok_or(Error::Busy)?;
        runtime
            .spawn_blocking(work)
            .await
            .map_err(|_| Error::Busy)?
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
