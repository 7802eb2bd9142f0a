//! E-mail addresses: kept as typed, compared folded.

use unicode_normalization::UnicodeNormalization;

use super::text;

/// An address as typed, with the form by which it is compared: NFC, lower case, IDNA. Dots and
/// plus signs are part of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    typed: String,
    folded: String,
    at: usize,
}

/// Why an address was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("enter one e-mail address, like name@organization.example")]
pub struct EmailRefused;

/// A domain in the form by which it is compared, or `None` where it is none.
#[must_use]
pub fn fold_domain(typed: &str) -> Option<String> {
    let domain = idna::domain_to_ascii_strict(typed.trim().trim_end_matches('.')).ok()?;
    let labels = domain.split('.').filter(|label| !label.is_empty()).count();
    (labels >= 2 && !domain.parse::<std::net::Ipv4Addr>().is_ok_and(|_| true)).then_some(domain)
}

impl Email {
    /// One address: no display name, no list, no quoting, no comment.
    ///
    /// # Errors
    /// [`EmailRefused`] for everything else.
    pub fn parse(typed: &str) -> Result<Self, EmailRefused> {
        let typed: String = typed.trim().nfc().collect();
        let (local, domain) = typed.rsplit_once('@').ok_or(EmailRefused)?;
        let allowed = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
        let shaped = !local.is_empty()
            && local.len() <= 64
            && typed.len() <= 254
            && local.chars().all(|c| allowed(c) && !text::deceives(c))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        if !shaped {
            return Err(EmailRefused);
        }
        let domain = fold_domain(domain).ok_or(EmailRefused)?;
        let local = local.to_lowercase().nfc().collect::<String>();
        let at = local.len();
        Ok(Self {
            folded: format!("{local}@{domain}"),
            at,
            typed,
        })
    }

    /// The address as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The form by which it is compared.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Its domain, folded.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.folded.get(self.at + 1..).unwrap_or_default()
    }
}

/// Domains where anybody can have an address; no tenant can claim them.
const PUBLIC_DOMAINS: [&str; 26] = [
    "aol.com",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "proton.me",
    "protonmail.com",
    "sfr.fr",
    "wanadoo.fr",
    "web.de",
    "yahoo.com",
    "yahoo.fr",
];

/// Whether a folded domain belongs to a public mail service.
#[must_use]
pub fn is_public_domain(folded: &str) -> bool {
    PUBLIC_DOMAINS.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fold_case_and_idna_and_nothing_else() {
        let email = Email::parse(" Marie.Delorme+x@Hautmont.EXAMPLE ").unwrap();
        assert_eq!(email.as_str(), "Marie.Delorme+x@Hautmont.EXAMPLE");
        assert_eq!(email.folded(), "marie.delorme+x@hautmont.example");
        assert_eq!(email.domain(), "hautmont.example");
        assert_eq!(
            Email::parse("a@bücher.example").unwrap().domain(),
            "xn--bcher-kva.example"
        );
        assert_ne!(
            Email::parse("a.b@x.example").unwrap().folded(),
            Email::parse("ab@x.example").unwrap().folded()
        );
    }

    #[test]
    fn lists_names_quotes_and_odd_characters_are_refused() {
        for typed in [
            "",
            "a",
            "@x.example",
            "a@",
            "a@b",
            "a b@x.example",
            "a@x.example,b@x.example",
            "a@x.example;b@x.example",
            "<a@x.example>",
            "A <a@x.example>",
            "\"a\"@x.example",
            "\"<b>x</b>\"@f.example",
            "a@x.example\nBcc: b@x.example",
            "a\0@x.example",
            "a..b@x.example",
            ".a@x.example",
            "a.@x.example",
            "a@-x.example",
            "a@x_y.example",
            "a@127.0.0.1",
            "a\u{200b}@x.example",
            "a@@x.example",
            "a(b)@x.example",
        ] {
            assert!(Email::parse(typed).is_err(), "{typed:?}");
        }
        assert!(Email::parse(&format!("{}@x.example", "a".repeat(65))).is_err());
    }

    #[test]
    fn public_mail_domains_are_known() {
        assert!(is_public_domain("gmail.com"));
        assert!(!is_public_domain("hautmont.example"));
    }
}
