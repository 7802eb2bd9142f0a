//! What can be set: one list, from which flags, variables and the file's names are made.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $env:literal;)*) => {
        /// What can be set, before it is checked. Each also as the environment variable named and
        /// as a line of `entente.toml` under the same name with underscores.
        #[derive(Debug, Clone, Default, Args, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Settings {
            $($(#[$doc])* #[arg(long, env = $env, global = true, hide_env_values = true)] pub $field: Option<$type>,)*
        }

        impl Settings {
            /// Fills in from `later` what isn't set here.
            #[must_use]
            pub(super) fn or(self, later: Self) -> Self {
                Self { $($field: self.$field.or(later.$field),)* }
            }

            /// The names of every setting and its environment variable.
            pub const NAMES: &'static [(&'static str, &'static str)] = &[$((stringify!($field), $env),)*];
        }
    };
}

settings! {
    /// Where to listen [default: 127.0.0.1:8080]; port 0 takes a free one
    listen: String = "ENTENTE_LISTEN";
    /// The address that people's browsers use, like https://partners.example.org [required by serve]
    public_url: String = "ENTENTE_PUBLIC_URL";
    /// Allows a public address with http, for trying out and behind nothing else [default: false]
    allow_http: bool = "ENTENTE_ALLOW_HTTP";
    /// The folder for the database and the secret [default: data]
    data_dir: PathBuf = "ENTENTE_DATA_DIR";
    /// sqlite:PATH or postgres://... [default: sqlite: and entente.db in the data directory]
    database_url: String = "ENTENTE_DATABASE_URL";
    /// The same database as the role that owns the tables, on Postgres [default: the database's address]
    migration_url: String = "ENTENTE_MIGRATION_URL";
    /// Allows a Postgres on another machine without TLS [default: false]
    allow_plaintext_database: bool = "ENTENTE_ALLOW_PLAINTEXT_DATABASE";
    /// Connections to the database, 2 to 64 [default: 8, on SQLite 3]
    database_connections: u32 = "ENTENTE_DATABASE_CONNECTIONS";
    /// The installation's secret, at least 32 bytes [default: a file in the data directory, made at the first start]
    secret: String = "ENTENTE_SECRET";
    /// A file that holds the secret, readable by us alone
    secret_file: PathBuf = "ENTENTE_SECRET_FILE";
    /// A file that holds the key for signing checkpoints and receipts (PEM, Ed25519) [default: made from the secret]
    signing_key_file: PathBuf = "ENTENTE_SIGNING_KEY_FILE";
    /// The folder that checkpoints of the audit logs are written to [default: none, and none are written]
    checkpoint_dir: PathBuf = "ENTENTE_CHECKPOINT_DIR";
    /// Days for which what somebody did last keeps that person from being erased, at most 36500 [default: 0]
    retention_days: i64 = "ENTENTE_RETENTION_DAYS";
    /// Proxies whose X-Forwarded-For is believed, like 10.0.0.0/8,::1 [default: none]
    trusted_proxies: String = "ENTENTE_TRUSTED_PROXIES";
    /// Seconds without a request after which a session ends [default: 1800]
    session_idle: i64 = "ENTENTE_SESSION_IDLE";
    /// Seconds after sign-in after which a session ends [default: 43200]
    session_absolute: i64 = "ENTENTE_SESSION_ABSOLUTE";
    /// Seconds that an invitation's link works where its maker says nothing, at most 7776000 [default: 2592000]
    invitation_life: i64 = "ENTENTE_INVITATION_LIFE";
    /// The mail server: a host name, or an IP address [default: none, and no mail is sent]
    smtp_host: String = "ENTENTE_SMTP_HOST";
    /// The mail server's port [default: 587 for starttls, 465 for implicit, 25 for none]
    smtp_port: u16 = "ENTENTE_SMTP_PORT";
    /// How the way to the mail server is encrypted: starttls, implicit or none [default: starttls]
    smtp_tls: String = "ENTENTE_SMTP_TLS";
    /// Allows a mail server on another machine without TLS [default: false]
    allow_plaintext_smtp: bool = "ENTENTE_ALLOW_PLAINTEXT_SMTP";
    /// A file of certificates (PEM): the authorities to believe instead of the machine's
    smtp_ca_file: PathBuf = "ENTENTE_SMTP_CA_FILE";
    /// Who we are at the mail server [default: nobody in particular]
    smtp_user: String = "ENTENTE_SMTP_USER";
    /// The password at the mail server
    smtp_password: String = "ENTENTE_SMTP_PASSWORD";
    /// A file that holds the password at the mail server, readable by us alone
    smtp_password_file: PathBuf = "ENTENTE_SMTP_PASSWORD_FILE";
    /// The address that mail is from [required with smtp_host]
    mail_from: String = "ENTENTE_MAIL_FROM";
    /// Seconds between two looks at the mail that waits, 1 to 3600 [default: 5]
    mail_poll_interval: u64 = "ENTENTE_MAIL_POLL_INTERVAL";
    /// Whether everybody may read the directory of partners [default: false]
    directory_public: bool = "ENTENTE_DIRECTORY_PUBLIC";
    /// Who runs the installation, named at the foot of every page [default: nobody]
    operator: String = "ENTENTE_OPERATOR";
    /// Threads that answer requests, 1 to 64 [default: one for each core]
    workers: usize = "ENTENTE_WORKERS";
    /// What is logged: error, warn, info, debug or trace [default: info]
    log_level: String = "ENTENTE_LOG_LEVEL";
    /// A file of settings [default: entente.toml where there is one]
    #[serde(skip)]
    config: PathBuf = "ENTENTE_CONFIG";
}
