//! The way to the mail server: one connection, and what can go wrong on it.

use std::{error::Error as _, time::Duration};

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error as SmtpError,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use crate::{
    config::mail::{Encryption, MailServer},
    web::site::Site,
    work::delivery::Fault,
};

/// How long it may take until the mail server knows who we are.
const CONNECT: Duration = Duration::from_secs(30);
/// How long handing over one mail may take: servers look for viruses before they answer.
const SEND: Duration = Duration::from_mins(2);
/// How long saying goodbye may take.
const QUIT: Duration = Duration::from_secs(2);

/// Why something wasn't done, and what the server said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Why.
    pub fault: Fault,
    /// The server's words or the machine's: for the operator alone, and cleaned first.
    pub detail: String,
    /// Whether the connection is of no further use.
    pub ends_connection: bool,
    /// Whether trying again would be of no use.
    pub is_final: bool,
}

/// The mail server, ready to be connected to.
#[derive(Clone)]
pub struct Smtp {
    server: MailServer,
    tls: Option<TlsParameters>,
    hello: ClientId,
    /// How long connecting and handing over may take.
    pub(super) patience: (Duration, Duration),
}

impl Smtp {
    /// Reads the certificates that are believed.
    ///
    /// # Errors
    /// In words that begin with the setting's name.
    pub fn new(server: &MailServer, site: &Site) -> Result<Self, String> {
        let tls = match server.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Implicit => Some(tls(server)?),
        };
        let origin = url::Url::parse(&site.origin()).ok();
        let host = origin.as_ref().and_then(url::Url::host_str);
        let hello = host.map_or_else(ClientId::default, |host| ClientId::Domain(host.to_owned()));
        Ok(Self {
            server: server.clone(),
            tls,
            hello,
            patience: (CONNECT, SEND),
        })
    }

    /// Connects, encrypts, and says who we are. Nothing is said in plain text that shouldn't be,
    /// and no server is believed whose certificate doesn't bear its name.
    ///
    /// # Errors
    /// [`Trouble`], which always concerns every mail alike.
    pub async fn connect(&self) -> Result<Connection, Trouble> {
        match timeout(self.patience.0, self.connected()).await {
            Ok(result) => result.map_err(|trouble| Trouble {
                ends_connection: true,
                is_final: false,
                ..trouble
            }),
            Err(_) => Err(slow()),
        }
    }

    async fn connected(&self) -> Result<Connection, Trouble> {
        let address = (self.server.host.as_str(), self.server.port);
        let implicit = self.tls.clone();
        let implicit = implicit.filter(|_| self.server.encryption == Encryption::Implicit);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, None, &self.hello, implicit, None)
                .await
                .map_err(|error| trouble(&error))?;
        if let (Encryption::StartTls, Some(tls)) = (self.server.encryption, self.tls.clone()) {
            if !connection.can_starttls() {
                return Err(insecure("the server doesn't offer STARTTLS"));
            }
            let upgraded = connection.starttls(tls, &self.hello).await;
            upgraded.map_err(|error| insecure(&words(&error)))?;
        }
        if let Some(account) = &self.server.account {
            let credentials = Credentials::new(account.user.clone(), account.password.clone());
            let signed_in = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            signed_in.map_err(|error| sign_in(&error))?;
        }
        Ok(Connection {
            smtp: connection,
            patience: self.patience.1,
        })
    }
}

fn tls(server: &MailServer) -> Result<TlsParameters, String> {
    let wrong = |error: SmtpError| format!("smtp_ca_file: {}", words(&error));
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.authorities {
        let certificate = Certificate::from_pem(pem).map_err(wrong)?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder.build().map_err(wrong)
}

/// A connection by which mail can be handed over.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    patience: Duration,
}

impl Connection {
    /// Hands one mail over. It is the server's once this returns without trouble.
    ///
    /// # Errors
    /// [`Trouble`]; where it ends the connection, the server may have taken the mail all the same.
    pub async fn send(&mut self, envelope: &Envelope, mail: &[u8]) -> Result<(), Trouble> {
        match timeout(self.patience, self.smtp.send(envelope, mail)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(trouble(&error)),
            Err(_) => Err(slow()),
        }
    }

    /// Says goodbye, without waiting for long.
    pub async fn close(mut self) {
        let _ = timeout(QUIT, self.smtp.quit()).await;
    }
}

fn slow() -> Trouble {
    Trouble {
        fault: Fault::Slow,
        detail: String::new(),
        ends_connection: true,
        is_final: false,
    }
}

fn insecure(detail: &str) -> Trouble {
    Trouble {
        fault: Fault::Insecure,
        detail: detail.to_owned(),
        ends_connection: true,
        is_final: false,
    }
}

/// What a server says to a password may repeat it, so that its code alone is kept.
fn sign_in(error: &SmtpError) -> Trouble {
    let detail = error
        .status()
        .map_or_else(String::new, |code| code.to_string());
    match trouble(error) {
        Trouble {
            fault: Fault::Refused | Fault::Other,
            ..
        } => Trouble {
            fault: Fault::SignIn,
            detail,
            ends_connection: true,
            is_final: false,
        },
        other => Trouble { detail, ..other },
    }
}

fn trouble(error: &SmtpError) -> Trouble {
    let code = error.status().map_or(0, u16::from);
    let fault = match code {
        // What asks for a user or for encryption concerns every mail: none is parked for it.
        530 | 534 | 535 | 538 => Fault::SignIn,
        500..=599 => Fault::Refused,
        400..=499 => Fault::Later,
        _ if error.is_timeout() => Fault::Slow,
        _ if error.is_tls() || is_of_tls(error) => Fault::Insecure,
        _ if error.is_client() => Fault::Other,
        _ => Fault::Unreachable,
    };
    Trouble {
        fault,
        detail: words(error),
        ends_connection: match fault {
            Fault::Refused | Fault::Other => false,
            Fault::Later => code == 421,
            _ => true,
        },
        // Our own library refuses what no server would take.
        is_final: matches!(fault, Fault::Refused | Fault::Other),
    }
}

/// Whether encryption failed: its library's errors come as data that can't be read.
fn is_of_tls(error: &SmtpError) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::InvalidData
        {
            return true;
        }
        source = error.source();
    }
    false
}

/// The innermost words alone: those around them say what we say ourselves.
fn words(error: &SmtpError) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    match error.status() {
        Some(code) => format!("{code} {innermost}"),
        None => innermost.to_string(),
    }
}
