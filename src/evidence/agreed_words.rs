//! What was accepted before a partner was authorized, as pages say it.

use super::agreed::Agreed;
use crate::{access::nav::role_key, domain::Instant, web::locale::Locale};

/// What was accepted, as the page says it.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The document, with its date.
    pub document: String,
    /// Who accepted it, and in which role.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Its fingerprint, shortened.
    pub short: String,
    /// Its whole fingerprint.
    pub sha256: String,
    /// Where the accepted copy is.
    pub href: String,
    /// Where the receipt is.
    pub receipt: String,
    /// Where the receipt of the authorization is.
    pub authorization: String,
}

impl Agreement {
    /// What was accepted.
    #[must_use]
    pub fn of(l: Locale, agreed: Agreed) -> Self {
        let dated = l.dated(&agreed.dated);
        let erased = || l.t("relationships-erased-person").to_owned();
        let by = agreed.by.unwrap_or_else(erased);
        let by = match agreed.role {
            Some(role) => format!("{by}, {}", l.t(role_key(Some(role))).to_lowercase()),
            None => by,
        };
        Self {
            document: l.t2(
                "relationships-document",
                "title",
                &agreed.title,
                "date",
                &dated,
            ),
            by,
            at: agreed.at,
            short: short(&agreed.sha256),
            href: format!("/agreements/{}", agreed.version),
            receipt: format!("/billing/acceptances/{}", agreed.acceptance),
            authorization: format!("/billing/authorizations/{}", agreed.authorization),
            sha256: agreed.sha256,
        }
    }
}

/// A fingerprint as people compare it: its first twelve digits in groups, and its last four.
#[must_use]
pub fn short(sha256: &str) -> String {
    let digits: Vec<char> = sha256.chars().collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    match groups.as_slice() {
        [one, two, three, .., last] => format!("{one} {two} {three} … {last}"),
        _ => sha256.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_shortened_in_groups() {
        let whole = "9f2c41d70be8".to_owned() + &"0".repeat(48) + "77a3";
        assert_eq!(short(&whole), "9f2c 41d7 0be8 … 77a3");
        assert_eq!(short(""), "");
    }
}
