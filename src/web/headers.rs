//! The headers that every answer bears.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// What a page may load and where it may send: ourselves, and nothing else.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'; object-src 'none'";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
     gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

const FIXED: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS),
    ("x-robots-tag", "noindex"),
];

/// Where links lead that are secrets themselves.
const SECRET: [&str; 3] = ["/invitations/", "/password-reset/", "/staff-invitations/"];

/// Whether an address holds a secret, or names one to go on to.
fn is_secret(path: &str, query: &str) -> bool {
    let goes_on_to = |folder: &&str| {
        let escaped = folder.replace('/', "%2F");
        query.contains(&format!("next={escaped}")) || query.contains(&format!("next={folder}"))
    };
    SECRET.iter().any(|folder| path.starts_with(folder)) || SECRET.iter().any(goes_on_to)
}

/// Sets them. Pages whose address holds a secret send no referrer at all; the others send it to
/// ourselves only, since under `no-referrer` browsers would post forms with `Origin: null`.
pub fn set(headers: &mut HeaderMap, (path, query): (&str, &str), https: bool) {
    for (name, value) in FIXED {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    let referrer = if is_secret(path, query) {
        "no-referrer"
    } else {
        "same-origin"
    };
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(referrer));
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
