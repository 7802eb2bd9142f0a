//! What is known of a request before anybody looks at it: its id, and where it came from.

use std::net::IpAddr;

use actix_web::{HttpMessage, HttpRequest, dev::ServiceRequest, http::header};
use ipnet::IpNet;
use uuid::Uuid;

/// The longest user agent that is kept, in characters.
const LONGEST_AGENT: usize = 300;

/// A request's id and origin, made once, at the door.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Named in the log, in events and on error pages.
    pub request_id: Uuid,
    /// The client's address, taken from a proxy's header only where the proxy is one of ours.
    pub client: IpAddr,
    /// The address that the connection came from.
    pub peer: IpAddr,
    /// What the browser calls itself, cut to 300 characters.
    pub user_agent: String,
}

impl Origin {
    /// The origin of a request.
    #[must_use]
    pub fn of(req: &ServiceRequest, trusted: &[IpNet]) -> Self {
        let unknown = IpAddr::from([0, 0, 0, 0]);
        let peer = req
            .peer_addr()
            .map_or(unknown, |address| address.ip().to_canonical());
        let forwarded = req
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .collect::<Vec<_>>()
            .join(",");
        let user_agent = req
            .headers()
            .get(header::USER_AGENT)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .unwrap_or_default();
        let user_agent = user_agent
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_AGENT);
        Self {
            request_id: Uuid::new_v4(),
            client: client(peer, &forwarded, trusted),
            peer,
            user_agent: user_agent.collect(),
        }
    }

    /// The origin that the door noted.
    #[must_use]
    pub fn noted(req: &HttpRequest) -> Self {
        req.extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self {
                request_id: Uuid::nil(),
                client: IpAddr::from([0, 0, 0, 0]),
                peer: IpAddr::from([0, 0, 0, 0]),
                user_agent: String::new(),
            })
    }
}

/// Walks `X-Forwarded-For` from our side and stops at the first address that isn't a proxy of
/// ours: what stands further left was written by the client.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut client = peer;
    for hop in forwarded.rsplit(',') {
        if !ours(&client) {
            break;
        }
        match address(hop.trim()) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let parsed = text.parse::<IpAddr>().ok();
    let parsed = parsed.or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|s| s.ip()));
    let parsed = parsed.or_else(|| {
        text.strip_prefix('[')?
            .strip_suffix(']')?
            .parse::<IpAddr>()
            .ok()
    });
    parsed.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_proxies_are_believed() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let at = |peer: &str, forwarded: &str| {
            client(peer.parse().unwrap(), forwarded, &proxies).to_string()
        };
        assert_eq!(at("192.0.2.9", "198.51.100.7"), "192.0.2.9");
        assert_eq!(at("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(at("10.0.0.1", "203.0.113.66, 198.51.100.7"), "198.51.100.7");
        assert_eq!(
            at("10.0.0.1", "203.0.113.66, 198.51.100.7, 10.0.0.2"),
            "198.51.100.7"
        );
        assert_eq!(at("10.0.0.1", "198.51.100.7:4711"), "198.51.100.7");
        assert_eq!(at("10.0.0.1", "[2001:db8::1]:4711"), "2001:db8::1");
        assert_eq!(at("10.0.0.1", "[2001:db8::1]"), "2001:db8::1");
        assert_eq!(at("10.0.0.1", "::ffff:198.51.100.7"), "198.51.100.7");
        assert_eq!(at("10.0.0.1", "junk"), "10.0.0.1");
        assert_eq!(at("10.0.0.1", ""), "10.0.0.1");
        assert_eq!(at("::1", "198.51.100.7"), "198.51.100.7");
    }
}
