//! When both sides are told that admin roles end.

use chrono::TimeDelta;

use super::Instant;

/// How many days before their end roles are told of, the nearest last.
pub const DAYS: [i64; 3] = [30, 7, 1];

/// Which of the reminders is due for an end: the nearest whose moment has come. Those before it
/// aren't told any more, so that nothing comes in a burst after a time without any. None is due
/// before the first, and none once the end has come.
#[must_use]
pub fn due(ends_at: Instant, now: Instant) -> Option<i64> {
    let left = ends_at - now;
    if left <= TimeDelta::zero() {
        return None;
    }
    let reached = |days: &&i64| left <= TimeDelta::days(**days);
    DAYS.iter().rev().find(reached).copied()
}

/// In how many days an end comes, counted up: what a reminder says, which may be late.
#[must_use]
pub fn days_left(ends_at: Instant, now: Instant) -> i64 {
    let left = ends_at - now;
    let begun = i64::from(left > TimeDelta::days(left.num_days()));
    (left.num_days() + begun).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_reminder_whose_moment_has_come_is_due() {
        let end = Instant::UNIX_EPOCH + TimeDelta::days(365);
        let before = |days: i64, hours: i64| end - TimeDelta::days(days) - TimeDelta::hours(hours);
        let moment = TimeDelta::microseconds(1);
        assert_eq!(due(end, before(30, 0) - moment), None);
        assert_eq!(due(end, before(30, 0)), Some(30));
        assert_eq!(due(end, before(7, 0) - moment), Some(30));
        assert_eq!(due(end, before(7, 0)), Some(7));
        assert_eq!(due(end, before(1, 1)), Some(7));
        assert_eq!(due(end, before(1, 0)), Some(1));
        assert_eq!(due(end, end - moment), Some(1));
        assert_eq!(due(end, end), None);
        assert_eq!(due(end, before(-3, 0)), None);
    }

    #[test]
    fn a_late_reminder_says_how_many_days_are_left() {
        let end = Instant::UNIX_EPOCH + TimeDelta::days(365);
        for (left, days) in [
            (TimeDelta::days(30), 30),
            (TimeDelta::days(30) - TimeDelta::minutes(10), 30),
            (TimeDelta::days(25) + TimeDelta::hours(1), 26),
            (TimeDelta::days(1), 1),
            (TimeDelta::minutes(1), 1),
        ] {
            assert_eq!(days_left(end, end - left), days, "{left}");
        }
    }
}
