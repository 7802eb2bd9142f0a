//! What a form carries to show that it is one of ours, and when it was made. It needs no session,
//! nobody but us can make one, and it becomes the message's id: sent twice, it writes once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};

use crate::{
    domain::{ContactMessageId, Instant},
    error::Error,
    id::Id,
    secret::Secret,
};

/// Nobody reads the form and writes a sentence in less.
pub const SOONEST: TimeDelta = TimeDelta::seconds(3);
/// How long a form can be sent.
pub const LATEST: TimeDelta = TimeDelta::hours(24);
/// How far apart the clocks of replicas may be.
const APART: TimeDelta = TimeDelta::seconds(5);
/// The longest that a ticket can be, in characters.
const LONGEST: usize = 200;

/// A ticket that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticket {
    /// It can be used.
    Good(ContactMessageId),
    /// It is one of ours, used sooner than anybody types.
    TooSoon,
    /// It is older than a day, or none of ours.
    Stale,
}

/// Makes a ticket.
///
/// # Errors
/// The machine has no randomness.
pub fn issue(secret: &Secret, now: Instant) -> Result<String, Error> {
    let id: ContactMessageId = Id::at(now);
    let sealed = secret.seal(&text(id, now))?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// Reads a ticket that a form brought back.
#[must_use]
pub fn read(secret: &Secret, ticket: &str, now: Instant) -> Ticket {
    let Some((id, made)) = opened(secret, ticket) else {
        return Ticket::Stale;
    };
    let age = now - made;
    if age >= LATEST || age < -APART {
        return Ticket::Stale;
    }
    if age < SOONEST {
        return Ticket::TooSoon;
    }
    Ticket::Good(id)
}

/// The id that a ticket holds, whenever it was made.
#[must_use]
pub fn id(secret: &Secret, ticket: &str) -> Option<ContactMessageId> {
    opened(secret, ticket).map(|(id, _)| id)
}

fn text(id: ContactMessageId, now: Instant) -> String {
    format!("contact {id} {}", now.timestamp_millis())
}

fn opened(secret: &Secret, ticket: &str) -> Option<(ContactMessageId, Instant)> {
    if ticket.len() > LONGEST {
        return None;
    }
    let text = secret.open(&URL_SAFE_NO_PAD.decode(ticket).ok()?)?;
    let mut parts = text.strip_prefix("contact ")?.split(' ');
    let id = parts.next()?.parse().ok()?;
    let made = DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
    Some((id, made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_from_three_seconds_to_a_day() {
        let secret = Secret::new("0123456789abcdefghijklmnopqrstuv").unwrap();
        let made = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let ticket = issue(&secret, made).unwrap();
        let after = |time: TimeDelta| read(&secret, &ticket, made + time);
        let ms = TimeDelta::milliseconds(1);
        assert_eq!(after(TimeDelta::zero()), Ticket::TooSoon);
        assert_eq!(after(SOONEST - ms), Ticket::TooSoon);
        assert!(matches!(after(SOONEST), Ticket::Good(_)));
        assert_eq!(after(SOONEST), after(LATEST - ms));
        assert_eq!(after(LATEST), Ticket::Stale);
        assert_eq!(after(-TimeDelta::minutes(1)), Ticket::Stale);
    }

    #[test]
    fn nobody_else_makes_one() {
        let secret = Secret::new("0123456789abcdefghijklmnopqrstuv").unwrap();
        let other = Secret::new("0123456789abcdefghijklmnopqrstuw").unwrap();
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let (made, later) = (issue(&other, now).unwrap(), now + TimeDelta::minutes(1));
        assert_eq!(read(&secret, &made, later), Ticket::Stale);
        // Other things are sealed by the same secret.
        let link = secret
            .seal("https://entente.example/invitations/x")
            .unwrap();
        let link = URL_SAFE_NO_PAD.encode(link);
        for bad in ["", "x", "====", &link, &"A".repeat(10_000)] {
            assert_eq!(read(&secret, bad, later), Ticket::Stale);
        }
    }
}
