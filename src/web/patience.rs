//! How long a connection is listened to. The framework's timer for a request's head covers the
//! first request of a connection only; this one covers all of them.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// A connection that ends, for whoever reads it, once the other side has taken too long to say
/// something whole. Only reading ends: an answer under way is still written, however slowly it is
/// taken, and the connection is closed after it.
pub struct Patient<T> {
    io: T,
    /// How long a request may take from its first byte to the first byte of its answer.
    request: Duration,
    /// How long there may be silence after a piece of an answer.
    quiet: Duration,
    /// Whether something was read since something was last written.
    asked: bool,
    until: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl<T> Patient<T> {
    /// Listens to a connection that was opened just now. `quiet` is more than what the framework
    /// allows between requests, or else it would end connections that merely idle.
    pub fn new(io: T, request: Duration, quiet: Duration) -> Self {
        Self {
            io,
            request,
            quiet,
            asked: false,
            until: Instant::now() + quiet,
            alarm: Box::pin(sleep(quiet)),
        }
    }

    /// Resolves once the time is over. Writing moves the time on without setting the alarm anew,
    /// so that an alarm may come early.
    fn over(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.alarm.as_mut().poll(context));
            if self.until <= self.alarm.deadline() {
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(self.until);
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.over(context).is_ready() {
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(context, buffer))?;
        if buffer.filled().len() > before && !self.asked {
            self.asked = true;
            self.until = self.until.min(Instant::now() + self.request);
            let until = self.until;
            self.alarm.as_mut().reset(until);
            // Asked once more, so that the alarm wakes whoever reads.
            let _ = self.over(context);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.io).poll_write(context, bytes))?;
        self.asked = false;
        self.until = Instant::now() + self.quiet;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
