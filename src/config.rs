//! Settings: each from the command line, the environment or `entente.toml`, in that order; all
//! that is wrong with them is told at once, at start.

mod address;
mod list;
pub mod mail;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use ipnet::IpNet;

use address::{net, public};
pub use list::Settings;

use crate::{db::connect::DatabaseUrl, private, secret::Secret, signing::SigningKey};

/// Settings that have been checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that browsers use; none where a command needs none.
    pub public: Option<url::Url>,
    /// Whether http may be the public address.
    pub allow_http: bool,
    /// The folder for what is ours.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// The database by the role that owns the tables.
    pub migration: DatabaseUrl,
    /// How many connections.
    pub connections: u32,
    /// Whose word is taken for a client's address.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a session lives without a request.
    pub session_idle: TimeDelta,
    /// How long a session lives at most.
    pub session_absolute: TimeDelta,
    /// How long an invitation's link works by default.
    pub invitation_life: TimeDelta,
    /// The mail server; none where no mail is sent.
    pub mail: Option<mail::MailServer>,
    /// Whether everybody may read the directory of partners.
    pub directory_public: bool,
    /// Who runs the installation.
    pub operator: String,
    /// Threads that answer.
    pub workers: usize,
    /// What is logged.
    pub log_level: tracing::Level,
    /// The folder for checkpoints; none where none are written.
    pub checkpoint_dir: Option<PathBuf>,
    /// For how many days what somebody did last keeps that person from being erased.
    pub retention_days: i64,
    secret: Option<Result<Secret, String>>,
    signing_key_file: Option<PathBuf>,
}

/// What is wrong with the settings: a line for each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Wrong(pub Vec<String>);

impl Settings {
    /// Reads the file of settings beneath what the command line and the environment say.
    ///
    /// # Errors
    /// A file that can't be read, has a line that is no setting, or holds a secret that others on
    /// the machine may read.
    pub fn with_file(self) -> Result<Self, Wrong> {
        let (path, named) = match &self.config {
            Some(path) => (path.clone(), true),
            None => (PathBuf::from("entente.toml"), false),
        };
        let wrong = |error: &dyn std::fmt::Display| {
            Wrong(vec![format!("config: {}: {error}", path.display())])
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if !named && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(self);
            }
            Err(error) => return Err(wrong(&error)),
        };
        let file: Self = toml::from_str(&text).map_err(|error| wrong(&error))?;
        if file.holds_secret() {
            private::only_ours(&path).map_err(|error| wrong(&error))?;
        }
        Ok(self.or(file))
    }

    fn holds_secret(&self) -> bool {
        let addresses = [&self.database_url, &self.migration_url];
        let mut addresses = addresses.into_iter().flatten();
        let holds = |url: DatabaseUrl| url.holds_password();
        self.secret.is_some()
            || self.smtp_password.is_some()
            || addresses.any(|text| DatabaseUrl::parse(text, true).is_ok_and(holds))
    }

    /// Checks everything and says at once what is wrong.
    ///
    /// # Errors
    /// [`Wrong`] with a line for each setting, by name.
    pub fn check(self) -> Result<Config, Wrong> {
        let mut wrong = Wrong(Vec::new());
        let mail = mail::checked(&self, &mut wrong);
        let data_dir = self.data_dir.unwrap_or_else(|| PathBuf::from("data"));
        let allow_http = self.allow_http.unwrap_or(false);
        let plaintext = self.allow_plaintext_database.unwrap_or(false);
        let database = self
            .database_url
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("entente.db").display()));
        let migration = self.migration_url.unwrap_or_else(|| database.clone());
        let database = wrong.take("database_url", DatabaseUrl::parse(&database, plaintext));
        let migration = wrong.take("migration_url", DatabaseUrl::parse(&migration, plaintext));
        if let Some(Err(error)) = database.as_ref().map(check_only) {
            wrong.0.push(format!("database_url: {error}"));
        }
        let listen = self.listen.unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen = wrong.take("listen", listen.parse::<SocketAddr>());
        let public = self
            .public_url
            .and_then(|text| wrong.take("public_url", public(&text, allow_http)));
        let proxies = self.trusted_proxies.unwrap_or_default();
        let proxies: Vec<IpNet> = proxies
            .split(',')
            .filter(|text| !text.trim().is_empty())
            .filter_map(|text| wrong.take("trusted_proxies", net(text.trim())))
            .collect();
        let level = self.log_level.unwrap_or_else(|| "info".into());
        let log_level = wrong.take("log_level", level.parse::<tracing::Level>());
        let mut within = |name: &str, value: i64, (least, most): (i64, i64)| {
            if !(least..=most).contains(&value) {
                let told = format!("{name}: must be from {least} to {most}, not {value}");
                wrong.0.push(told);
            }
            value
        };
        let idle = within(
            "session_idle",
            self.session_idle.unwrap_or(1800),
            (1, 86_400),
        );
        let absolute = within(
            "session_absolute",
            self.session_absolute.unwrap_or(43_200),
            (1, 604_800),
        );
        let life = within(
            "invitation_life",
            self.invitation_life.unwrap_or(2_592_000),
            (1, 7_776_000),
        );
        let retention = self.retention_days.unwrap_or(0);
        within("retention_days", retention, (0, 36_500));
        let usual = usual_connections(database.as_ref());
        let connections = self.database_connections.unwrap_or(usual);
        within("database_connections", connections.into(), (2, 64));
        let cores = std::thread::available_parallelism()
            .map_or(2, std::num::NonZero::get)
            .min(64);
        let workers = self.workers.unwrap_or(cores);
        within("workers", i64::try_from(workers).unwrap_or(0), (1, 64));
        let secret = match (self.secret, self.secret_file) {
            (Some(_), Some(_)) => Some(Err("secret: set either secret or secret_file".to_owned())),
            (Some(text), None) => Some(Secret::new(&text).map_err(|e| format!("secret: {e}"))),
            (None, Some(path)) => Some(
                Secret::from_file(&path)
                    .map_err(|e| format!("secret_file: {}: {e}", path.display())),
            ),
            (None, None) => None,
        };
        if let Some(Err(error)) = &secret {
            wrong.0.push(error.clone());
        }
        match (listen, database, migration, log_level) {
            (Some(listen), Some(database), Some(migration), Some(log_level))
                if wrong.0.is_empty() =>
            {
                Ok(Config {
                    listen,
                    public,
                    allow_http,
                    data_dir,
                    database,
                    migration,
                    connections,
                    trusted_proxies: proxies,
                    session_idle: TimeDelta::seconds(idle),
                    session_absolute: TimeDelta::seconds(absolute),
                    invitation_life: TimeDelta::seconds(life),
                    mail,
                    directory_public: self.directory_public.unwrap_or(false),
                    operator: self.operator.unwrap_or_default(),
                    workers,
                    log_level,
                    checkpoint_dir: self.checkpoint_dir,
                    retention_days: retention,
                    secret,
                    signing_key_file: self.signing_key_file,
                })
            }
            _ => Err(wrong),
        }
    }
}

impl Wrong {
    fn take<T, E: std::fmt::Display>(&mut self, name: &str, result: Result<T, E>) -> Option<T> {
        result
            .map_err(|error| self.0.push(format!("{name}: {error}")))
            .ok()
    }

    /// As [`Self::take`], where what is wrong says by itself which setting is meant.
    fn take_named<T>(&mut self, result: Result<T, String>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }
}

impl Config {
    /// The installation's secret: from the settings, or from the data directory.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn secret(&self) -> Result<Secret, Wrong> {
        match &self.secret {
            Some(secret) => secret.clone().map_err(|error| Wrong(vec![error])),
            None => in_folder(&self.data_dir),
        }
    }

    /// The key that signs checkpoints and receipts: from the settings, or made from the secret.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn signing_key(&self) -> Result<SigningKey, Wrong> {
        let Some(path) = &self.signing_key_file else {
            let made = self.secret()?.signing_key();
            return made.map_err(|error| Wrong(vec![format!("secret: {error}")]));
        };
        SigningKey::from_file(path).map_err(|error| {
            Wrong(vec![format!(
                "signing_key_file: {}: {error}",
                path.display()
            )])
        })
    }

    /// The public address.
    ///
    /// # Errors
    /// Names the setting where it is missing.
    pub fn public(&self) -> Result<url::Url, Wrong> {
        self.public.clone().ok_or_else(|| {
            Wrong(vec!["public_url: say by which address browsers reach this, like https://partners.example.org".into()])
        })
    }
}

fn in_folder(folder: &Path) -> Result<Secret, Wrong> {
    let wrong = |error: &dyn std::fmt::Display| {
        Wrong(vec![format!(
            "secret: {}: {error}",
            folder.join("secret").display()
        )])
    };
    private::folder(folder).map_err(|error| wrong(&error))?;
    Secret::in_folder(folder).map_err(|error| wrong(&error))
}

/// How many connections there are where nobody says. Each to a file has a cache and statements of its
/// own, in this process: more than three were no quicker on two cores.
fn usual_connections(url: Option<&DatabaseUrl>) -> u32 {
    if url.is_some_and(DatabaseUrl::is_sqlite) {
        3
    } else {
        8
    }
}

/// What can be known of a database's address without touching the disk.
fn check_only(url: &DatabaseUrl) -> Result<(), String> {
    match url {
        DatabaseUrl::Sqlite(_) => Ok(()),
        DatabaseUrl::Postgres { .. } => url.check().map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(settings: Settings) -> String {
        settings
            .check()
            .err()
            .map(|wrong| wrong.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn every_wrong_setting_is_named_at_once() {
        let told = wrong(Settings {
            listen: Some("nowhere".into()),
            public_url: Some("http://partners.example.org".into()),
            database_url: Some("entente.db".into()),
            trusted_proxies: Some("10.0.0.0/8, nonsense".into()),
            session_idle: Some(0),
            log_level: Some("loud".into()),
            secret: Some("secret".into()),
            ..Settings::default()
        });
        for name in [
            "listen",
            "public_url",
            "database_url",
            "trusted_proxies",
            "session_idle",
            "log_level",
            "secret",
        ] {
            assert!(
                told.lines()
                    .any(|line| line.starts_with(&format!("{name}:"))),
                "{name} in {told}"
            );
        }
    }

    #[test]
    fn fewer_connections_than_two_are_refused_and_two_are_two() {
        let with = |connections| Settings {
            database_connections: Some(connections),
            ..Settings::default()
        };
        for refused in [0, 1, 65] {
            let told = wrong(with(refused));
            assert!(
                told.starts_with("database_connections: must be from 2 to 64"),
                "{refused}: {told}"
            );
        }
        for taken in [2, 64] {
            assert_eq!(with(taken).check().unwrap().connections, taken);
        }
    }

    #[test]
    fn a_file_gets_fewer_connections_than_a_server_where_nobody_says() {
        for (url, usual) in [
            ("sqlite:entente.db", 3),
            ("postgres://u@localhost/entente", 8),
        ] {
            let settings = Settings {
                database_url: Some(url.into()),
                ..Settings::default()
            };
            assert_eq!(settings.check().unwrap().connections, usual, "{url}");
        }
    }

    #[test]
    fn a_file_of_settings_gives_way_to_the_command_line() {
        let file: Settings = toml::from_str("operator = 'File'\nsession_idle = 60").unwrap();
        let line = Settings {
            operator: Some("Line".into()),
            ..Settings::default()
        };
        let both = line.or(file);
        assert_eq!(
            (both.operator.as_deref(), both.session_idle),
            (Some("Line"), Some(60))
        );
        assert!(toml::from_str::<Settings>("unknown = 1").is_err());
    }
}
