//! `entente mail`.

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::{Context, Failure, out};
use crate::{
    config::mail::Encryption,
    db::types::Ts,
    domain::{Language, MailId, email::Email},
    evidence::chain::EventActor,
    web::words::words,
    work::mail::{
        kept::{self, Kept, MailState, Which},
        trial,
    },
};

/// How many mails are listed at most.
const LISTED: i64 = 1000;

/// What can be done with mail.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Sends one mail at once, to see whether the mail server can be used
    Test {
        /// The address that it goes to
        address: String,
        /// The language that it is written in: en or fr
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Lists the outbox, the newest first
    List {
        /// Only what is in this state
        #[arg(long)]
        state: Option<State>,
    },
    /// Lets parked mail be sent after all. A mail with a link can't be: its link is gone
    Retry {
        /// The mail's id
        #[arg(required_unless_present = "all_parked")]
        id: Option<String>,
        /// All parked mail that can be sent
        #[arg(long, conflicts_with = "id")]
        all_parked: bool,
    },
}

/// How far a mail has come.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum State {
    /// Waits to be handed over
    Queued,
    /// Taken by the mail server
    HandedOver,
    /// Not sent, for a reason that is shown
    Parked,
    /// Out of date when its turn came
    Obsolete,
}

impl From<State> for MailState {
    fn from(state: State) -> Self {
        match state {
            State::Queued => Self::Queued,
            State::HandedOver => Self::HandedOver,
            State::Parked => Self::Parked,
            State::Obsolete => Self::Obsolete,
        }
    }
}

impl Mail {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Test { address, language } => test(context, &address, &language),
            Self::List { state } => list(context, state.map(MailState::from)),
            Self::Retry { id, .. } => retry(context, id.as_deref()),
        }
    }
}

fn test(context: &Context, address: &str, language: &str) -> Result<(), Failure> {
    let to = Email::parse(address)
        .map_err(|error| Failure::told(format!("the address {address}: {error}")))?;
    let language = Language::parse(language)
        .ok_or_else(|| Failure::told(format!("--language: en or fr, not {language}")))?;
    let server = context.config.mail.as_ref().ok_or_else(|| {
        Failure::unusable("smtp_host: no mail server is set up; see docs/mail.md")
    })?;
    let site = context.site()?;
    let now = context.now();
    let way = match server.encryption {
        Encryption::StartTls => "encrypted by STARTTLS",
        Encryption::Implicit => "encrypted from the first byte",
        Encryption::None => "in plain text",
    };
    let at = format!("{}:{}", server.host, server.port);
    let sending = trial::send(server, &site, (&to, language), now);
    actix_web::rt::System::new()
        .block_on(sending)
        .map_err(|failed| {
            let fault = words(Language::En)
                .get(&key(failed.fault.as_str()))
                .to_owned();
            Failure::told(format!(
                "{at}: {fault} ({}, while it should {})",
                failed.reason, failed.step
            ))
        })?;
    context.say(
        &json!({ "ok": true, "server": at, "from": server.from.as_str(), "to": to.as_str() }),
        &format!(
            "{at}, {way}, took a mail from {} to {}. Look whether it arrives.",
            server.from.as_str(),
            to.as_str()
        ),
    );
    Ok(())
}

fn key(fault: &str) -> String {
    format!("mail-fault-{}", fault.replace('_', "-"))
}

fn list(context: &Context, state: Option<MailState>) -> Result<(), Failure> {
    let mails = context
        .db()?
        .read_here(|conn| kept::list(conn, state, LISTED))?;
    if context.json {
        out::line(&json!(mails).to_string());
    } else if mails.is_empty() {
        out::line("No mail.");
    } else {
        let rows: Vec<Vec<String>> = mails.iter().map(row).collect();
        let head = ["Id", "Written", "About", "To", "State", "Tried", "Why"];
        out::line(&out::table(&head, &rows));
    }
    Ok(())
}

fn row(mail: &Kept) -> Vec<String> {
    let why = match (mail.fault, &mail.detail) {
        (Some(fault), Some(detail)) => format!("{fault}: {detail}"),
        (Some(fault), None) => fault.to_string(),
        (None, _) => String::new(),
    };
    vec![
        mail.id.to_string(),
        Ts::from(mail.created_at).text(),
        mail.kind.map_or("", |kind| kind.as_str()).to_owned(),
        mail.recipient.clone().unwrap_or_default(),
        mail.state.to_string(),
        mail.attempts.to_string(),
        why,
    ]
}

fn retry(context: &Context, id: Option<&str>) -> Result<(), Failure> {
    let which = match id {
        Some(text) => Which::One(
            text.parse::<MailId>()
                .map_err(|_| Failure::told(format!("no mail has the id {text}")))?,
        ),
        None => Which::All,
    };
    let now = context.now();
    let count = context
        .db()?
        .write_here(|conn| kept::retry(conn, &EventActor::CommandLine, which, now))?;
    let words = match count {
        0 => "No parked mail can be sent again.".to_owned(),
        1 => "1 mail waits to be sent again.".to_owned(),
        count => format!("{count} mails wait to be sent again."),
    };
    context.say(&json!({ "retried": count }), &words);
    Ok(())
}
