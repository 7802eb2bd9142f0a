//! When a mail is tried again, and in which words it is told why it has to be.

use chrono::TimeDelta;
use std::time::Duration;

use super::smtp::Trouble;
use crate::work::delivery::Fault;

/// How often a mail is tried before it is parked.
pub const ATTEMPTS: i32 = 12;
/// The longest reason that is kept, in characters.
const LONGEST: usize = 200;

/// How long a mail waits before it is tried again: longer from time to time where the server has
/// something against it, up to four hours; hardly longer where the server itself is in trouble, so
/// that all goes out soon when that is over. `chance` keeps workers from coming all at once.
#[must_use]
pub fn delay(attempts: i32, trouble: &Trouble, chance: u8) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(20);
    let (first, most) = if trouble.ends_connection {
        (20, 40)
    } else {
        (30, 14_400)
    };
    let seconds = (first << doublings).min(most);
    // Between three quarters and five quarters of it.
    let milliseconds = seconds * 750 + seconds * 500 * i64::from(chance) / 255;
    TimeDelta::milliseconds(milliseconds)
}

/// How long the worker rests after trouble that concerns every mail.
#[must_use]
pub fn rest(times: u32, poll: Duration, chance: u8) -> Duration {
    let seconds = (1_u32 << times.min(5)).min(20);
    poll.max(Duration::from_secs(seconds.into())) + Duration::from_millis(u64::from(chance) * 4)
}

/// The reason as it is kept: our word, and what the server said to it, without anything secret.
#[must_use]
pub fn reason(trouble: &Trouble, link: Option<&str>) -> String {
    told(trouble.fault, &clean(&trouble.detail, link))
}

/// Our word, and what else is known.
#[must_use]
pub fn told(fault: Fault, detail: &str) -> String {
    if detail.is_empty() {
        fault.as_str().to_owned()
    } else {
        format!("{fault}: {detail}")
    }
}

/// Servers repeat what they don't like: links, and what looks like their tokens, are left out.
fn clean(detail: &str, link: Option<&str>) -> String {
    let token = link.and_then(|link| link.rsplit('/').next());
    let secret = |word: &str| {
        word.contains("://") || token.is_some_and(|token| !token.is_empty() && word.contains(token))
    };
    let plain: String = detail
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain
        .split_whitespace()
        .map(|word| if secret(word) { "[...]" } else { word })
        .collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(ends_connection: bool, detail: &str) -> Trouble {
        Trouble {
            fault: Fault::Later,
            detail: detail.into(),
            ends_connection,
            is_final: false,
        }
    }

    #[test]
    fn a_mail_waits_longer_each_time_and_never_for_long_where_the_server_is_in_trouble() {
        let waits = |ends| {
            let trouble = trouble(ends, "");
            (1..=ATTEMPTS).map(move |n| delay(n, &trouble, 128).num_seconds())
        };
        let own: Vec<i64> = waits(false).collect();
        assert!(own.windows(2).all(|two| two[0] <= two[1]), "{own:?}");
        assert!(own[0] >= 22 && *own.last().unwrap() <= 18_000, "{own:?}");
        assert!(waits(true).all(|seconds| (15..=50).contains(&seconds)));
        let trouble = trouble(false, "");
        assert!(delay(3, &trouble, 0) < delay(3, &trouble, 255));
        assert!(delay(i32::MAX, &trouble, 255) <= TimeDelta::hours(5));
    }

    #[test]
    fn reasons_are_short_and_hold_no_secret() {
        let link = "https://entente.example/invitations/TOKENTOKENTOKEN";
        let said = trouble(
            false,
            &format!(
                "554 spam {link}\r\nTOKENTOKENTOKEN; http://x {}",
                "é".repeat(400)
            ),
        );
        let kept = reason(&said, Some(link));
        assert!(
            kept.starts_with("later: 554 spam [...] [...] [...]"),
            "{kept}"
        );
        assert!(!kept.contains("TOKEN") && !kept.contains('\n') && kept.chars().count() < 220);
        assert_eq!(reason(&trouble(true, ""), None), "later");
    }
}
