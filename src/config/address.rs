//! Addresses among the settings: where browsers reach us, and which networks are trusted.

use ipnet::IpNet;

/// The public address: scheme and host alone.
pub(super) fn public(text: &str, allow_http: bool) -> Result<url::Url, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || url.host_str().is_none() || !url.username().is_empty() || url.password().is_some() {
        return Err("must be scheme and host alone, like https://partners.example.org".into());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if allow_http => Ok(url),
        "http" => Err("must be https; for trying out, allow_http takes http".into()),
        _ => Err("must be https".into()),
    }
}

/// A network, or one address as a network.
pub(super) fn net(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("{text} is neither an address nor a network"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_address_is_a_bare_https_origin() {
        for bad in [
            "http://a.example",
            "https://a.example/portal",
            "https://u:p@a.example",
            "ftp://a.example",
            "a.example",
            "https://a.example/?x",
        ] {
            assert!(public(bad, false).is_err(), "{bad}");
        }
        assert!(public("https://a.example:8443", false).is_ok());
        assert!(public("http://127.0.0.1:8080", true).is_ok());
    }
}
