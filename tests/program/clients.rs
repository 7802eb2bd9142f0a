//! Clients that accept one invitation after another, whatever becomes of the program meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    PATIENCE,
    crowd::{Crowd, Waiting},
    waits_until,
};
use crate::support::program::Answer;

/// How long the program waits for its turn at the least, before it says that it is busy.
const WAIT: Duration = Duration::from_millis(4_500);

/// What the clients were answered.
#[derive(Debug, Default)]
pub struct Told {
    /// Invitations whose acceptance was confirmed.
    pub acknowledged: BTreeSet<String>,
    /// How often each status came.
    pub statuses: BTreeMap<u16, usize>,
    /// How often "busy" came sooner than the program may give up.
    pub hasty: usize,
    /// Answers that should never come, the first few.
    pub odd: Vec<Answer>,
}

/// The clients.
pub struct Clients<'a> {
    crowd: &'a Crowd,
    cookies: &'a [String],
    /// Where the processes listen. A client goes to one of them; where nobody answers it asks again.
    pub doors: Vec<Mutex<SocketAddr>>,
    /// What isn't answered yet.
    pub waiting: Mutex<VecDeque<Waiting>>,
    pub told: Mutex<Told>,
    agreed: Vec<AtomicBool>,
    over: AtomicBool,
}

impl<'a> Clients<'a> {
    /// Clients of processes that listen at these addresses.
    pub fn of(
        crowd: &'a Crowd,
        cookies: &'a [String],
        doors: &[SocketAddr],
        waiting: Vec<Waiting>,
    ) -> Self {
        Self {
            crowd,
            cookies,
            doors: doors.iter().copied().map(Mutex::new).collect(),
            waiting: Mutex::new(waiting.into()),
            told: Mutex::default(),
            agreed: cookies.iter().map(|_| AtomicBool::new(false)).collect(),
            over: AtomicBool::new(false),
        }
    }

    /// Lets this many of them work, until everything is answered or `meanwhile` is done, whichever
    /// `until` says. Nothing is left running.
    pub fn work<T>(&self, many: usize, until: Until, meanwhile: impl FnOnce() -> T) -> T {
        thread::scope(|scope| {
            for client in 0..many {
                scope.spawn(move || self.works(client));
            }
            let _end = Ending(self, until);
            meanwhile()
        })
    }

    /// How many were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.told.lock().unwrap().acknowledged.len()
    }

    /// Waits until more than this many are, or nothing is left to answer.
    pub fn reaches_more_than(&self, before: usize) {
        waits_until("accepted", PATIENCE, || {
            self.acknowledged() > before || self.waiting.lock().unwrap().is_empty()
        });
    }

    fn works(&self, client: usize) {
        let door = &self.doors[client % self.doors.len()];
        while !self.over.load(Ordering::SeqCst) {
            let Some(waiting) = self.waiting.lock().unwrap().pop_front() else {
                return;
            };
            // Not within the call, which would keep others from the door until it is answered.
            let address = *door.lock().unwrap();
            let asked = Instant::now();
            let answer = self.accepts(address, &waiting);
            self.notes(waiting, answer, asked.elapsed());
        }
    }

    fn accepts(&self, door: SocketAddr, waiting: &Waiting) -> Option<Answer> {
        let agreed = &self.agreed[waiting.tenant];
        let before = agreed.load(Ordering::SeqCst);
        let answer = self.crowd.accepts(door, waiting, self.cookies, before)?;
        if answer.status == 303 {
            agreed.store(true, Ordering::SeqCst);
        }
        Some(answer)
    }

    fn notes(&self, waiting: Waiting, answer: Option<Answer>, took: Duration) {
        let mut told = self.told.lock().unwrap();
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        let to = answer.as_ref().and_then(|answer| answer.header("location"));
        let accepted = to.is_some_and(|to| to.contains("?accepted="));
        *told.statuses.entry(status).or_default() += 1;
        if status == 503 && took < WAIT {
            told.hasty += 1;
        }
        match status {
            303 if accepted => {
                told.acknowledged.insert(waiting.id.to_string());
            }
            // Somebody was first: ourselves, before the answer got lost.
            409 => {}
            // No answer, or "busy": asked again.
            0 | 503 => {
                drop(told);
                self.waiting.lock().unwrap().push_back(waiting);
                thread::sleep(Duration::from_millis(20));
            }
            _ if told.odd.len() < 3 => told.odd.extend(answer),
            _ => {}
        }
    }
}

/// When the clients stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// When everything is answered.
    AllIsAnswered,
    /// When what goes on beside them is done.
    MeanwhileIsDone,
}

/// Lets the clients go, also where a test fails: a scope waits for its threads.
struct Ending<'a, 'b>(&'a Clients<'b>, Until);

impl Drop for Ending<'_, '_> {
    fn drop(&mut self) {
        if self.1 == Until::MeanwhileIsDone || thread::panicking() {
            self.0.over.store(true, Ordering::SeqCst);
        }
    }
}
