//! The settings of mail: without a mail server none is sent, and everything else works.

use std::{fmt, fs, path::Path, time::Duration};

use super::{Settings, Wrong};
use crate::{domain::email::Email, private};

/// How the way to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Begun in plain text and encrypted before anything is told.
    StartTls,
    /// Encrypted from the first byte.
    Implicit,
    /// Not at all: to this machine, or where a setting allows it.
    None,
}

impl Encryption {
    fn parse(word: &str) -> Result<Self, String> {
        match word {
            "starttls" => Ok(Self::StartTls),
            "implicit" => Ok(Self::Implicit),
            "none" => Ok(Self::None),
            other => Err(format!("must be starttls, implicit or none, not {other}")),
        }
    }

    const fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Implicit => 465,
            Self::None => 25,
        }
    }
}

/// A user of the mail server. Its `Debug` hides the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({}, ..)", self.user)
    }
}

/// The mail server, and whom mail is from.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its name, which its certificate has to bear, or its IP address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is encrypted.
    pub encryption: Encryption,
    /// Who we are there, where it wants to know.
    pub account: Option<Account>,
    /// Certificates of the authorities that are believed instead of the machine's, as PEM.
    pub authorities: Option<Vec<u8>>,
    /// Whom mail is from.
    pub from: Email,
    /// How often the outbox is looked at.
    pub poll: Duration,
}

/// The mail server that the settings name; nothing where they name none.
pub(super) fn checked(settings: &Settings, wrong: &mut Wrong) -> Option<MailServer> {
    let poll = settings.mail_poll_interval.unwrap_or(5);
    if !(1..=3600).contains(&poll) {
        let told = format!("mail_poll_interval: must be from 1 to 3600, not {poll}");
        wrong.0.push(told);
    }
    let Some(host) = settings.smtp_host.as_deref() else {
        for name in set_without_host(settings) {
            let told = format!("{name}: has no effect without smtp_host; set that too");
            wrong.0.push(told);
        }
        return None;
    };
    let host = wrong.take("smtp_host", host_name(host));
    let word = settings.smtp_tls.as_deref().unwrap_or("starttls");
    let encryption = wrong.take("smtp_tls", Encryption::parse(word));
    let account = wrong.take_named(account(settings));
    let authorities = settings.smtp_ca_file.as_deref().map(authorities);
    let authorities = wrong.take("smtp_ca_file", authorities.transpose());
    let from = wrong.take("mail_from", from(settings.mail_from.as_deref()));
    if settings.smtp_port == Some(0) {
        wrong.0.push("smtp_port: must be from 1 to 65535".into());
    }
    let (host, encryption) = (host?, encryption?);
    let allowed = settings.allow_plaintext_smtp.unwrap_or(false);
    if encryption == Encryption::None && !allowed && !is_loopback(&host) {
        wrong.0.push(format!(
            "smtp_tls: none would send mail and links readable to {host}; it is taken for this \
             machine alone, or with allow_plaintext_smtp"
        ));
    }
    Some(MailServer {
        port: settings.smtp_port.unwrap_or_else(|| encryption.port()),
        host,
        encryption,
        account: account?,
        authorities: authorities?,
        from: from?,
        poll: Duration::from_secs(poll),
    })
}

/// What is set in vain without a mail server.
fn set_without_host(settings: &Settings) -> impl Iterator<Item = &'static str> {
    [
        ("smtp_port", settings.smtp_port.is_some()),
        ("smtp_tls", settings.smtp_tls.is_some()),
        ("smtp_user", settings.smtp_user.is_some()),
        ("smtp_password", settings.smtp_password.is_some()),
        ("smtp_password_file", settings.smtp_password_file.is_some()),
        ("smtp_ca_file", settings.smtp_ca_file.is_some()),
        ("mail_from", settings.mail_from.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, set)| set.then_some(name))
}

/// A host alone, in the form that certificates bear.
fn host_name(typed: &str) -> Result<String, &'static str> {
    const REFUSED: &str = "must be a host name or an IP address alone, like mail.example.org";
    if let Ok(address) = typed.parse::<std::net::IpAddr>() {
        return Ok(address.to_string());
    }
    match url::Host::parse(typed) {
        Ok(url::Host::Domain(name)) if !name.is_empty() => Ok(name),
        _ => Err(REFUSED),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The user and password, where a user is named. What is wrong begins with the setting's name.
fn account(settings: &Settings) -> Result<Option<Account>, String> {
    let password = match (&settings.smtp_password, &settings.smtp_password_file) {
        (Some(_), Some(_)) => {
            return Err("smtp_password: set either smtp_password or smtp_password_file".into());
        }
        (Some(password), None) => Some(password.clone()),
        (None, Some(path)) => Some(
            password_from(path)
                .map_err(|error| format!("smtp_password_file: {}: {error}", path.display()))?,
        ),
        (None, None) => None,
    };
    let said = |word: &str| !word.is_empty() && !word.chars().any(char::is_control);
    match (settings.smtp_user.clone(), password) {
        (None, None) => Ok(None),
        (Some(user), Some(password)) if said(&user) && said(&password) => {
            Ok(Some(Account { user, password }))
        }
        (Some(_), Some(_)) => Err(
            "smtp_user: neither it nor the password may be empty or hold control characters".into(),
        ),
        (Some(_), None) => Err("smtp_user: set smtp_password or smtp_password_file too".into()),
        (None, Some(_)) => Err("smtp_password: set smtp_user too".into()),
    }
}

fn password_from(path: &Path) -> std::io::Result<String> {
    private::only_ours(path)?;
    let text = fs::read_to_string(path)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn authorities(path: &Path) -> Result<Vec<u8>, String> {
    let wrong = |error: &dyn fmt::Display| format!("{}: {error}", path.display());
    let pem = fs::read(path).map_err(|error| wrong(&error))?;
    let marked = b"-----BEGIN CERTIFICATE-----";
    if pem.windows(marked.len()).any(|bytes| bytes == marked) {
        Ok(pem)
    } else {
        Err(wrong(&"holds no certificate in PEM form"))
    }
}

fn from(typed: Option<&str>) -> Result<Email, String> {
    let typed = typed.ok_or(
        "say whom mail is from, like entente@example.org: smtp_host is set, and mail needs it",
    )?;
    Email::parse(typed).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        toml::from_str(text).unwrap()
    }

    fn told(text: &str) -> String {
        let mut wrong = Wrong(Vec::new());
        checked(&settings(text), &mut wrong);
        wrong.0.join("\n")
    }

    const HOST: &str = "smtp_host = 'mail.example.org'\nmail_from = 'entente@example.org'\n";

    #[test]
    fn combinations_that_cannot_work_are_refused_by_the_name_of_the_setting() {
        let cases = [
            ("mail_from = 'a@example.org'", "mail_from"),
            ("smtp_port = 25", "smtp_port"),
            ("smtp_host = 'mail.example.org'", "mail_from"),
            (
                "smtp_host = 'mail.example.org:25'\nmail_from = 'a@example.org'",
                "smtp_host",
            ),
            (
                "smtp_host = 'smtp://mail'\nmail_from = 'a@example.org'",
                "smtp_host",
            ),
            ("smtp_host = ''\nmail_from = 'a@example.org'", "smtp_host"),
            (
                "smtp_host = 'mail.example.org'\nmail_from = 'a@example.org,b@example.org'",
                "mail_from",
            ),
            ("mail_poll_interval = 0", "mail_poll_interval"),
        ];
        for (text, name) in cases {
            let said = told(text);
            assert!(said.starts_with(&format!("{name}: ")), "{text}: {said}");
        }
        let more = [
            ("smtp_port = 0", "smtp_port"),
            ("smtp_tls = 'maybe'", "smtp_tls"),
            ("smtp_tls = 'none'", "smtp_tls"),
            ("smtp_user = 'u'", "smtp_user"),
            ("smtp_password = 'p'", "smtp_password"),
            ("smtp_user = 'u'\nsmtp_password = ''", "smtp_user"),
            (
                "smtp_password = 'p'\nsmtp_password_file = 'f'",
                "smtp_password",
            ),
            (
                "smtp_user = 'u'\nsmtp_password_file = '/nowhere/p'",
                "smtp_password_file",
            ),
            ("smtp_ca_file = '/nowhere/ca.pem'", "smtp_ca_file"),
        ];
        for (text, name) in more {
            let said = told(&format!("{HOST}{text}"));
            assert!(said.starts_with(&format!("{name}: ")), "{text}: {said}");
        }
    }

    #[test]
    fn plain_text_goes_to_this_machine_alone_unless_it_is_allowed() {
        for host in ["localhost", "127.0.0.1", "::1"] {
            let text =
                format!("smtp_host = '{host}'\nsmtp_tls = 'none'\nmail_from = 'a@b.example'");
            assert_eq!(told(&text), "", "{host}");
        }
        assert_eq!(
            told(&format!(
                "{HOST}smtp_tls = 'none'\nallow_plaintext_smtp = true"
            )),
            ""
        );
    }

    #[test]
    fn a_host_and_a_sender_suffice_and_mean_encryption() {
        let mut wrong = Wrong(Vec::new());
        let server = checked(&settings(HOST), &mut wrong).unwrap();
        assert_eq!(
            (server.encryption, server.port),
            (Encryption::StartTls, 587)
        );
        assert!(checked(&Settings::default(), &mut wrong).is_none() && wrong.0.is_empty());
        let account = Account {
            user: "u".into(),
            password: "hunter2".into(),
        };
        assert!(!format!("{account:?}").contains("hunter2"));
    }
}
