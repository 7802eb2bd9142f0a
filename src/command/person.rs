//! `entente person`.

use chrono::TimeDelta;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure};
use crate::{access::people::erase::erase, domain::email::Email, evidence::chain::EventActor};

/// What can be done with a person, wherever a member.
#[derive(Debug, Subcommand)]
pub enum Person {
    /// Blanks what names a person who was disabled everywhere. What the person did stays and
    /// verifies. It can't be undone
    Erase {
        /// The address
        #[arg(long, value_parser = Email::parse)]
        email: Email,
        /// That it is meant
        #[arg(long, required = true)]
        yes: bool,
    },
}

impl Person {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Erase { email, yes: _ } = self;
        let (retention, now) = (
            TimeDelta::days(context.config.retention_days),
            context.now(),
        );
        let db = context.db()?;
        let erased =
            db.write_here(|conn| erase(conn, &EventActor::CommandLine, &email, retention, now));
        let erased = erased.map_err(Failure::of("--email"))?;
        // It is erased already: what can't be emptied now is told, and no failure.
        if !db.empty_log_here().unwrap_or(false) {
            eprintln!(
                "entente: somebody reads from the log beside the database file: until it is \
                 written over, it holds what was erased"
            );
        }
        context.say(
            &json!({ "person": erased.person, "pieces": erased.pieces }),
            &format!(
                "Erased: the account {}, and {} pieces of personal data beside its records.",
                erased.person, erased.pieces
            ),
        );
        Ok(())
    }
}
