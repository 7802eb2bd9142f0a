//! Connecting by the address alone, with each database set up as this product needs it.

use std::path::{Path, PathBuf};

use diesel::{
    Connection, PgConnection, SqliteConnection, connection::SimpleConnection,
    r2d2::Error as R2d2Error,
};

use super::DbConn;
use crate::private;

/// Where the database is. `Debug` and [`Self::shown`] hide a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file, made where there is none.
    Sqlite(PathBuf),
    /// An address that libpq understands.
    Postgres {
        /// The address as given.
        url: String,
        /// Whether a connection over the network without TLS is allowed.
        allow_plaintext: bool,
    },
}

/// Why the database can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:PATH` nor `postgres://...`.
    #[error("the database address must be sqlite:PATH or postgres://...")]
    Scheme,
    /// A Postgres on another machine, and nothing asks for TLS.
    #[error(
        "{0} is on another machine and its address doesn't ask for TLS: add sslmode=verify-full \
         (needs a build with the feature postgres-tls), or set allow_plaintext_database"
    )]
    Plaintext(String),
    /// This build can't do what the address asks for.
    #[error("{0} asks for TLS, but this build has none: build with the feature postgres-tls")]
    NoTls(String),
    /// The folder for the file, or the file, can't be made.
    #[error("can't make {0}: {1}")]
    Make(PathBuf, std::io::Error),
    /// The database refused or isn't there.
    #[error("can't open the database {0}: {1}")]
    Connect(String, String),
    /// A migration failed.
    #[error("can't migrate the database {0}: {1}")]
    Migrate(String, String),
    /// The database was made by a later version.
    #[error(
        "the database {0} was migrated by a later version of Entente ({1}); nothing was changed"
    )]
    Newer(String, String),
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH`, `postgres://...` or `postgresql://...`.
    ///
    /// # Errors
    /// Refuses every other form, so that a typing mistake never makes a file of that name.
    pub fn parse(text: &str, allow_plaintext: bool) -> Result<Self, OpenError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres {
                url: text.to_owned(),
                allow_plaintext,
            });
        }
        let path = text.strip_prefix("sqlite:").ok_or(OpenError::Scheme)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') {
            return Err(OpenError::Scheme);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }

    /// Whether it is a file.
    #[must_use]
    pub const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// The address without a password.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres { url, .. } => match parsed(url) {
                Ok(mut url) => {
                    let _ = url.set_password(None);
                    url.set_query(None);
                    url.to_string()
                }
                Err(_) => "postgres://...".to_owned(),
            },
        }
    }

    /// Checks what can be known before connecting, and makes the folder and the file, which only
    /// we may read.
    ///
    /// # Errors
    /// Refuses Postgres over a network without TLS unless that is allowed explicitly: libpq's own
    /// default would go on without TLS and say nothing.
    pub fn check(&self) -> Result<(), OpenError> {
        match self {
            Self::Sqlite(path) => {
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                private::folder(folder)
                    .map_err(|error| OpenError::Make(folder.to_owned(), error))?;
                // SQLite would make it as the umask says, and gives the files beside it, which
                // hold the same, the rights of this one.
                private::create(path).map_err(|error| OpenError::Make(path.clone(), error))?;
                Ok(())
            }
            Self::Postgres {
                url,
                allow_plaintext,
            } => {
                let parsed = parsed(url).map_err(|_| OpenError::Scheme)?;
                let (hosts, mode) = destination(&parsed);
                let secure = matches!(
                    mode.as_deref(),
                    Some("require" | "verify-ca" | "verify-full")
                );
                if secure
                    && !cfg!(feature = "postgres-tls")
                    && !cfg!(feature = "postgres-tls-vendored")
                {
                    return Err(OpenError::NoTls(self.shown()));
                }
                if secure || *allow_plaintext || hosts.iter().all(|host| is_here(host)) {
                    return Ok(());
                }
                Err(OpenError::Plaintext(self.shown()))
            }
        }
    }

    /// The files of a database beside and with each other, whether they are there or not; none on
    /// Postgres.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let Self::Sqlite(path) = self else {
            return Vec::new();
        };
        let named = ["", "-wal", "-shm"].map(|end| {
            let mut name = path.clone().into_os_string();
            name.push(end);
            PathBuf::from(name)
        });
        named.to_vec()
    }

    /// Whether the address holds a password, or can't be read well enough to tell.
    #[must_use]
    pub fn holds_password(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres { url, .. } => parsed(url).map_or(true, |url| {
                url.password().is_some() || url.query_pairs().any(|(key, _)| key == "password")
            }),
        }
    }

    pub(super) fn connect(&self, read_only: bool) -> Result<DbConn, R2d2Error> {
        match self {
            Self::Sqlite(path) => {
                let path = path.to_string_lossy();
                let mut conn =
                    SqliteConnection::establish(&path).map_err(R2d2Error::ConnectionError)?;
                // FULL: with NORMAL a confirmed acceptance could be rolled back at power loss.
                conn.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
                     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA recursive_triggers = ON; \
                     PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; \
                     PRAGMA secure_delete = ON;",
                )
                .map_err(R2d2Error::QueryError)?;
                if read_only {
                    // There are several, and what they miss is in the machine's own cache.
                    conn.batch_execute("PRAGMA query_only = ON; PRAGMA cache_size = -512;")
                        .map_err(R2d2Error::QueryError)?;
                }
                Ok(DbConn::Sqlite(conn))
            }
            Self::Postgres { url, .. } => {
                let mut conn = PgConnection::establish(url).map_err(R2d2Error::ConnectionError)?;
                // What is confirmed is on the disk, whatever the server, the database or the role
                // says; more than that may be asked for.
                conn.batch_execute(
                    "SET TIME ZONE 'UTC'; SET lock_timeout = '5s'; SET statement_timeout = '15s'; \
                     SET idle_in_transaction_session_timeout = '30s'; \
                     SET client_min_messages = 'warning'; \
                     SET plan_cache_mode = 'force_generic_plan'; \
                     SELECT set_config('synchronous_commit', 'on', false) \
                     WHERE current_setting('synchronous_commit') IN ('off', 'local');",
                )
                .map_err(R2d2Error::QueryError)?;
                Ok(DbConn::Postgres(conn))
            }
        }
    }

    /// One connection outside the pools, for migrations and for the readiness check.
    ///
    /// # Errors
    /// Says why the database can't be opened.
    pub fn connect_once(&self) -> Result<DbConn, OpenError> {
        self.check()?;
        self.connect(false)
            .map_err(|error| OpenError::Connect(self.shown(), error.to_string()))
    }
}

/// An address taken apart. libpq allows a user without a host, which means a socket here; no URL
/// has that.
fn parsed(url: &str) -> Result<url::Url, url::ParseError> {
    match url::Url::parse(url) {
        Err(url::ParseError::EmptyHost) => url::Url::parse(&url.replacen("@/", "@localhost/", 1)),
        parsed => parsed,
    }
}

/// The hosts that an address leads to, and the TLS that it asks for.
fn destination(url: &url::Url) -> (Vec<String>, Option<String>) {
    let pair = |name: &str| {
        url.query_pairs()
            .filter(|(key, _)| key == name)
            .last()
            .map(|(_, value)| value.into_owned())
    };
    let hosts = pair("hostaddr")
        .or_else(|| pair("host"))
        .unwrap_or_else(|| {
            let host = url.host_str().unwrap_or_default();
            host.replace("%2F", "/").replace("%2f", "/")
        });
    (
        hosts.split(',').map(str::to_owned).collect(),
        pair("sslmode"),
    )
}

/// A socket in the file system, or loopback.
fn is_here(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.is_empty()
        || host.starts_with('/')
        || host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str) -> Result<(), OpenError> {
        DatabaseUrl::parse(url, false).unwrap().check()
    }

    #[test]
    fn a_mistyped_address_never_makes_a_file() {
        for text in [
            "",
            "entente.db",
            "host=db port=5432",
            "mysql://x",
            "sqlite:",
            "sqlite::memory:",
        ] {
            assert!(DatabaseUrl::parse(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn a_remote_postgres_without_tls_is_refused_unless_allowed() {
        for here in [
            "postgres:///entente",
            "postgres://u@localhost/e",
            "postgres://u@127.0.0.1:5433/e",
            "postgres://u@[::1]/e",
            "postgres://u@/e?host=/run/postgresql",
            "postgres://u@%2Frun%2Fpostgresql/e",
        ] {
            assert!(check(here).is_ok(), "{here}");
        }
        for far in [
            "postgres://u@db.example/e",
            "postgres://u@10.0.0.5/e?sslmode=prefer",
            "postgres://u@localhost/e?host=db.example",
            "postgres://u@localhost,db.example/e",
            "postgres://u@localhost/e?hostaddr=10.0.0.5",
            "postgres://u@db.example/e?sslmode=disable",
        ] {
            assert!(check(far).is_err(), "{far}");
            assert!(
                DatabaseUrl::parse(far, true).unwrap().check().is_ok(),
                "{far}"
            );
        }
    }

    #[test]
    fn a_password_never_shows() {
        let url =
            DatabaseUrl::parse("postgres://u:secret@db.example/e?password=secret", false).unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
