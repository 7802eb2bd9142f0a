//! How many messages are taken within an hour: counted in the transaction that keeps them, so that
//! a burst gets in exactly as far as the limit.

use std::net::IpAddr;

use chrono::TimeDelta;

use crate::{
    access::throttle,
    db::DbConn,
    domain::{Instant, PartnerId, email::Email},
    error::Error,
};

/// How long is counted together.
pub const WINDOW: TimeDelta = throttle::LONGEST;
/// Messages from one network address: a whole school may sit behind it.
pub const BY_CLIENT: i32 = 20;
/// Messages with one address for replies.
pub const BY_SENDER: i32 = 10;
/// Requests to one partner, whoever writes.
pub const TO_PARTNER: i32 = 60;
/// Messages in all.
pub const IN_ALL: i32 = 600;

/// Counts a message by each of its budgets. What is refused afterwards is rolled back, count and
/// all.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until there is room again.
pub fn count(
    conn: &mut DbConn,
    (client, sender): (IpAddr, &Email),
    partners: &[PartnerId],
    now: Instant,
) -> Result<(), Error> {
    let mut one = |kind: &str, whose: &str, most: i32| {
        throttle::count_within(conn, &throttle::contact(kind, whose), (most, WINDOW), now)
    };
    // Everybody counts in this order, so that two never wait for each other.
    one("client", &network(client), BY_CLIENT)?;
    one("sender", sender.folded(), BY_SENDER)?;
    let mut partners = partners.to_vec();
    partners.sort_unstable();
    for partner in partners {
        one("partner", &partner.to_string(), TO_PARTNER)?;
    }
    one("all", "", IN_ALL)
}

/// What one subscriber has: an address of version 4, or the 64 bits that a network of version 6
/// begins with.
fn network(client: IpAddr) -> String {
    match client {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_network_of_version_6_is_counted_as_one() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
