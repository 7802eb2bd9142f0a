//! When those who accepted an earlier version of an agreement are told that a later one asks for
//! their acceptance.

use chrono::TimeDelta;

use super::{Instant, words};

words! {
    /// The mails about a version that asks anew.
    Moment {
        /// It came out.
        Published = "published",
        /// A week is left.
        Week = "week",
    }
}

/// For how long a version is news. Who heard nothing by then reads it on Home.
const NEWS: TimeDelta = TimeDelta::days(30);
/// How long before the date it is told again.
const BEFORE: TimeDelta = TimeDelta::days(7);

/// Which mail is due about a version that came out at `published`, to those whose earlier
/// acceptance suffices `until` then, or doesn't any more. The later one takes the place of the
/// first, so that nothing comes twice after a time without any; what came out within the last
/// week before the date is told once.
#[must_use]
pub fn due(published: Instant, until: Option<Instant>, now: Instant) -> Option<Moment> {
    let week = until.is_some_and(|until| {
        let begins = until - BEFORE;
        published < begins && begins <= now && now < until
    });
    if week {
        return Some(Moment::Week);
    }
    (published <= now && now < published + NEWS).then_some(Moment::Published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_when_it_comes_out_and_again_a_week_before_the_date() {
        let day = |n: i64| Instant::UNIX_EPOCH + TimeDelta::days(n);
        let moment = TimeDelta::microseconds(1);
        let (news, week) = (Some(Moment::Published), Some(Moment::Week));
        for (until, now, expected) in [
            (Some(day(60)), day(0) - moment, None),
            (Some(day(60)), day(0), news),
            (Some(day(60)), day(30) - moment, news),
            (Some(day(60)), day(30), None),
            (Some(day(60)), day(53) - moment, None),
            (Some(day(60)), day(53), week),
            (Some(day(60)), day(60) - moment, week),
            (Some(day(60)), day(60), None),
            // The week begins while it is news: one mail, not two.
            (Some(day(20)), day(13), week),
            (Some(day(20)), day(20), news),
            // It came out within the week.
            (Some(day(5)), day(1), news),
            // It asks at once.
            (None, day(29), news),
            (None, day(30), None),
        ] {
            assert_eq!(due(day(0), until, now), expected, "{until:?} {now}");
        }
    }
}
