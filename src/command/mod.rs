//! The command line: everything that an operator does on the machine itself. A file for each noun.

mod acceptance;
mod agreement;
mod audit;
pub mod demo;
mod failure;
mod invitation;
mod logging;
mod mail;
pub mod out;
mod partner;
mod people;
mod person;
pub mod serve;
mod tenant;
mod verify;

use std::{io::IsTerminal as _, process::ExitCode};

use clap::{Parser, Subcommand};

pub use failure::Failure;

use crate::{
    config::{Config, Settings},
    db::{Db, connect::DatabaseUrl, migrate},
    domain::Instant,
    secret::Secret,
    web::{now::Clock, page::Site},
};

/// A self-hosted portal where an organization sees which partners may act for it, decides it,
/// proves it and takes it back at once
#[derive(Debug, Parser)]
#[command(name = "entente", version)]
pub struct Cli {
    /// Prints JSON: one object or array
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten, next_help_heading = "Settings (see docs/configuration.md)")]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves a database of its own with sample data, to look around and try everything
    Demo(demo::Demo),
    /// Serves the portal
    Serve,
    /// Brings the database up to date
    Migrate,
    /// People who run the installation
    #[command(subcommand)]
    Operator(people::Operator),
    /// Customers: organizations and schools
    #[command(subcommand)]
    Tenant(tenant::Tenant),
    /// A tenant's users
    #[command(subcommand)]
    User(people::User),
    /// Companies that work for tenants
    #[command(subcommand)]
    Partner(partner::Partner),
    /// A partner's staff
    #[command(subcommand)]
    Staff(people::Staff),
    /// Anybody, wherever a member
    #[command(subcommand)]
    Person(person::Person),
    /// The customer agreement
    #[command(subcommand)]
    Agreement(agreement::Agreement),
    /// Partners' invitations
    #[command(subcommand)]
    Invitation(invitation::Invitation),
    /// What tenants accepted
    #[command(subcommand)]
    Acceptance(acceptance::Acceptance),
    /// Mail: whether it can be sent, and what waits
    #[command(subcommand)]
    Mail(mail::Mail),
    /// The chains of events
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Checks a receipt or an exported log, on any machine; exits with 1 where it was changed
    Verify(verify::Verify),
}

/// Reads the command line and runs it.
#[must_use]
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

/// Runs a command.
///
/// # Errors
/// Everything that kept it from being done, in words.
pub fn run(cli: Cli) -> Result<(), Failure> {
    let Cli {
        json,
        settings,
        command,
    } = cli;
    match command {
        Command::Demo(demo) => return demo.run(&settings, json),
        Command::Serve => return serve::run(settings),
        Command::Verify(verify) => return verify.run(json),
        _ => {}
    }
    let context = Context::new(settings, json)?;
    match command {
        Command::Demo(_) | Command::Serve | Command::Verify(_) => Ok(()),
        Command::Migrate => context.migrate(),
        Command::Operator(command) => command.run(&context),
        Command::Tenant(command) => command.run(&context),
        Command::User(command) => command.run(&context),
        Command::Partner(command) => command.run(&context),
        Command::Staff(command) => command.run(&context),
        Command::Person(command) => command.run(&context),
        Command::Agreement(command) => command.run(&context),
        Command::Invitation(command) => command.run(&context),
        Command::Acceptance(command) => command.run(&context),
        Command::Mail(command) => command.run(&context),
        Command::Audit(command) => command.run(&context),
    }
}

/// What every command has: the settings, the clock, and how to answer.
struct Context {
    config: Config,
    clock: Clock,
    json: bool,
}

impl Context {
    fn new(settings: Settings, json: bool) -> Result<Self, Failure> {
        let config = settings.with_file()?.check()?;
        Ok(Self {
            config,
            clock: Clock::System,
            json,
        })
    }

    fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The database, up to date.
    fn db(&self) -> Result<Db, Failure> {
        up_to_date(&self.config.database, &self.config.migration)?;
        Ok(Db::open(&self.config.database, 2)?)
    }

    /// The database that is there, up to date: for what only reads. In a wrong folder nothing is made
    /// anew that would then be found to be well.
    fn existing(&self) -> Result<Db, Failure> {
        if let DatabaseUrl::Sqlite(path) = &self.config.database
            && !path.exists()
        {
            return Err(Failure::unusable(format!(
                "{}: there is no database; data_dir (ENTENTE_DATA_DIR) or database_url names it",
                self.config.database.shown()
            )));
        }
        self.db()
    }

    fn site(&self) -> Result<Site, Failure> {
        Ok(Site::new(
            self.config.public()?,
            self.config.operator.clone(),
        ))
    }

    fn secret(&self) -> Result<Secret, Failure> {
        Ok(self.config.secret()?)
    }

    /// Answers in one of the two forms.
    fn say(&self, json: &serde_json::Value, words: &str) {
        if self.json {
            out::line(&json.to_string());
        } else {
            out::line(words);
        }
    }

    fn migrate(&self) -> Result<(), Failure> {
        let ran = up_to_date(&self.config.database, &self.config.migration)?;
        let shown = self.config.database.shown();
        let words = if ran.is_empty() {
            format!("{shown} is up to date: nothing to do.")
        } else {
            format!("{shown} is up to date. Ran: {}", ran.join(", "))
        };
        self.say(
            &serde_json::json!({ "database": shown, "ran": ran }),
            &words,
        );
        Ok(())
    }
}

/// Runs what migrations are pending, as the role that owns the tables, and gives the serving role
/// what it needs.
fn up_to_date(database: &DatabaseUrl, migration: &DatabaseUrl) -> Result<Vec<String>, Failure> {
    let ran = migrate::migrate(migration)?;
    if migration != database {
        migrate::grant_to_serving_role(migration, database)?;
    }
    Ok(ran)
}

/// One line from standard input, which no other process can see, unlike an argument.
fn password_from_input() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("Password (one line, shown as you type):");
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| Failure::told(format!("standard input: {error}")))?;
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        return Err(Failure::told(
            "standard input: expected the password on one line",
        ));
    }
    Ok(line.to_owned())
}
