//! One mail's turn: written, looked at once more, handed over.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lettre::address::Envelope;

use super::{
    InTheWay, Mailer, again,
    message::{self, Head},
    queue::{self, Taken, Turn},
    smtp::{Connection, Trouble},
    still, tidy,
};
use crate::{
    error::Error,
    work::{
        delivery::Fault,
        outbox::{Attached, MailKind, Waiting},
        receipt,
    },
};

impl Mailer {
    /// What becomes of a mail now, and what is in the way of all others too.
    pub(super) async fn turn(
        &self,
        connection: &mut Option<Connection>,
        taken: &Taken,
    ) -> Result<(Turn, Option<InTheWay>), Error> {
        if taken.attempts > again::ATTEMPTS {
            let why = taken.last_error.clone();
            let why = why.unwrap_or_else(|| again::told(Fault::Other, "tried too often"));
            return Ok((Turn::Parked(why), None));
        }
        let mut waiting = match taken.open(&self.secret) {
            Ok(waiting) => waiting,
            Err((fault, detail)) => return Ok((Turn::Parked(again::told(fault, &detail)), None)),
        };
        waiting.attached = self.attached(&waiting).await?;
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
                // What the server said of this mail is told of this one alone.
                let of_all = Trouble {
                    detail: String::new(),
                    ..trouble
                };
                Ok((turn, of_all.ends_connection.then_some(InTheWay(of_all))))
            }
        }
    }

    /// The file that goes with a mail, as it is now.
    async fn attached(&self, waiting: &Waiting) -> Result<Option<Attached>, Error> {
        let (Some(signer), MailKind::AcceptanceReceipt) = (self.signer.clone(), waiting.kind)
        else {
            return Ok(None);
        };
        let about = waiting.clone();
        let read = move |conn: &mut _| receipt::attached(conn, &about, &signer);
        self.db.read(read).await
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

    /// What becomes of a mail that wasn't handed over. Trouble with the server counts against none,
    /// so that a bad night parks nothing; but a mail can't make trouble for ever.
    fn failed(&self, taken: &Taken, waiting: &Waiting, trouble: &Trouble) -> Turn {
        let why = again::reason(trouble, waiting.link.as_deref());
        let now = self.clock.now();
        let worn_out = if trouble.ends_connection {
            now - waiting.created_at > tidy::LONGEST
        } else {
            taken.attempts >= again::ATTEMPTS
        };
        let at = now + again::delay(taken.attempts, trouble, super::chance());
        if trouble.is_final || worn_out {
            Turn::Parked(why)
        } else if trouble.ends_connection {
            Turn::AgainUncounted(at, why)
        } else {
            Turn::Again(at, why)
        }
    }
}
