//! What is known of a request before anybody looks at it: its id, and where it came from.

use std::net::IpAddr;

use actix_web::{
    HttpMessage, HttpRequest,
    dev::ServiceRequest,
    http::header::{self, HeaderValue},
};
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
        let forwarded: Vec<&[u8]> = req
            .headers()
            .get_all("x-forwarded-for")
            .map(HeaderValue::as_bytes)
            .collect();
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
            client: client(peer, &forwarded.join(&b','), trusted),
            peer,
            user_agent: user_agent.collect(),
        }
    }

    /// The origin that the door noted.
    #[must_use]
    pub fn noted(req: &HttpRequest) -> Self {
        let noted = req.extensions().get::<Self>().cloned();
        noted.unwrap_or_else(Self::unknown)
    }

    /// Where no request stands behind it.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            request_id: Uuid::nil(),
            client: IpAddr::from([0, 0, 0, 0]),
            peer: IpAddr::from([0, 0, 0, 0]),
            user_agent: String::new(),
        }
    }
}

/// Walks `X-Forwarded-For` from our side and stops at the first address that isn't a proxy of
/// ours: what stands further left was written by the client. A hop that can't be read stops it
/// too, and then that proxy is the client: whoever sends odd bytes neither hides a hop of ours nor
/// moves the walk on to a line that somebody else wrote.
fn client(peer: IpAddr, forwarded: &[u8], trusted: &[IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut client = peer;
    for hop in forwarded.rsplit(|byte| *byte == b',') {
        if !ours(&client) {
            break;
        }
        match std::str::from_utf8(hop)
            .ok()
            .and_then(|hop| address(hop.trim()))
        {
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
            client(peer.parse().unwrap(), forwarded.as_bytes(), &proxies).to_string()
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
    #[test]
    fn bytes_that_are_no_text_hide_no_hop_and_forge_none() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let of = |lines: &[&[u8]]| {
            let mut request =
                actix_web::test::TestRequest::get().peer_addr("10.0.0.1:4711".parse().unwrap());
            for line in lines {
                let value = HeaderValue::from_bytes(line).unwrap();
                request = request.append_header(("x-forwarded-for", value));
            }
            let origin = Origin::of(&request.to_srv_request(), &proxies);
            origin.client.to_string()
        };
        // What the client sent stands left of what our proxy saw, on the same line or on its own.
        assert_eq!(of(&[b"\xff, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(of(&[b"\xc3\xa9", b"198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            of(&[b"203.0.113.66", b"\xff, 198.51.100.7"]),
            "198.51.100.7"
        );
        assert_eq!(
            of(&[b"203.0.113.66, 10.0.0.9", b"\xff", b"10.0.0.2"]),
            "10.0.0.2"
        );
        assert_eq!(of(&[b"203.0.113.66", b"\xff"]), "10.0.0.1");
    }
}
