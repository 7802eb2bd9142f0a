//! Answers to a change: another page, by GET.

use actix_web::{HttpResponse, http::header};

/// `303 See Other`, to a path of ours.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// The address to go on to after sign-in, where it is one of ours: a path that every browser reads
/// as a path. Everything else leads Home.
#[must_use]
pub fn local(next: Option<&str>) -> &str {
    match next {
        Some(next) if is_local(next) => next,
        _ => "/",
    }
}

fn is_local(next: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~?=&%+".contains(c);
    next.len() <= 512
        && next.starts_with('/')
        && !next.starts_with("//")
        && next.chars().all(plain)
        && !next.contains("..")
        // An escaped slash, backslash or control character could be read as another host.
        && !["%2f", "%5c", "%0", "%1", "%7f"].iter().any(|bad| next.to_ascii_lowercase().contains(bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_on_to() {
        for ours in [
            "/",
            "/billing/invitations/0199",
            "/settings?lang=fr",
            "/audit-log?q=a%20b&x=1",
        ] {
            assert_eq!(local(Some(ours)), ours);
        }
        for theirs in [
            "",
            "//e.example",
            "///e.example",
            "/\\e.example",
            "\\e.example",
            "/%5ce.example",
            "/%5Ce.example",
            "https:e.example",
            "https://e.example",
            "http:/e.example",
            "/%09/e.example",
            "/\t/e.example",
            "javascript:alert(1)",
            "@e.example",
            "/../..//e.example",
            "/a\r\nSet-Cookie: a=b",
            "/%0d%0aLocation:e",
            "/／e.example",
            "/%2f%2fe.example",
            "/%2F/e.example",
            "data:text/html,x",
            "/a:b@e.example",
            " /a",
            "/\u{0}",
        ] {
            assert_eq!(local(Some(theirs)), "/", "{theirs:?}");
        }
    }
}
