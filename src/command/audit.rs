//! `entente audit`.

use std::{
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
};

use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure, out};
use crate::{
    evidence::{
        chain::EventActor,
        checkpoint::{self, compare::compare, folder::Folder, noted::note},
        verify::{Report, verify_telling},
    },
    signing::PublicKey,
};

/// What can be done with the chains of events.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Checks every event, acceptance and authorization; exits with 1 where something was changed
    Verify {
        /// Also compares every chain with the checkpoints in this folder
        #[arg(long, value_name = "DIR")]
        checkpoints: Option<PathBuf>,
        /// The public key that the checkpoints are signed by, as `entente audit key` wrote it; may
        /// be given several times [default: the one of this installation]
        #[arg(long, value_name = "FILE", requires = "checkpoints")]
        key: Vec<PathBuf>,
    },
    /// Writes a checkpoint: where every chain ends now, signed, into the folder of checkpoint_dir
    Checkpoint,
    /// Prints the public key that checkpoints and receipts of this installation are signed by, and its
    /// SHA-256
    Key,
}

impl Audit {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify { checkpoints, key } => verify(context, checkpoints, &key),
            Self::Checkpoint => write(context),
            Self::Key => tell_key(context),
        }
    }
}

fn verify(
    context: &Context,
    checkpoints: Option<PathBuf>,
    keys: &[PathBuf],
) -> Result<(), Failure> {
    let trusted = match checkpoints {
        Some(_) => trusted(context, keys)?,
        None => Vec::new(),
    };
    let mut bar = Bar::new();
    let report = context.existing()?.read_here(|conn| {
        let mut report = verify_telling(conn, &mut |done, of| bar.show(done, of))?;
        if let Some(folder) = checkpoints {
            compare(conn, &Folder::new(folder), &trusted, &mut report)?;
        }
        Ok(report)
    });
    bar.ends();
    tell(context, &report?)
}

/// The keys whose checkpoints count.
fn trusted(context: &Context, keys: &[PathBuf]) -> Result<Vec<PublicKey>, Failure> {
    if keys.is_empty() {
        return Ok(vec![context.config.signing_key()?.public()]);
    }
    let read = |path: &PathBuf| {
        let told = |error| Failure::told(format!("key: {}: {error}", path.display()));
        PublicKey::from_file(path).map_err(told)
    };
    keys.iter().map(read).collect()
}

fn tell(context: &Context, report: &Report) -> Result<(), Failure> {
    let whole = report.problems.is_empty();
    if context.json {
        let mut json = json!(report);
        if let Some(fields) = json.as_object_mut() {
            fields.insert("ok".into(), json!(whole));
        }
        out::line(&json.to_string());
    } else {
        for problem in &report.problems {
            out::line(problem);
        }
        out::line(&summary(report, whole));
    }
    if whole {
        Ok(())
    } else {
        Err(Failure::silent())
    }
}

fn summary(report: &Report, whole: bool) -> String {
    let word = if whole { "Intact" } else { "NOT INTACT" };
    let compared = match report.checkpoints {
        0 => String::new(),
        1 => " Compared with 1 checkpoint.".to_owned(),
        many => format!(" Compared with {many} checkpoints."),
    };
    let unnamed = match report.unnamed {
        0 => String::new(),
        many => format!(
            " {many} of the records are from before events named a record's hash: they are bound by \
             what their events repeat."
        ),
    };
    let reach = report.last.as_ref().map(|last| {
        format!(
            " The last, {}, covers {} of these events: what follows could still be rewritten by \
             whoever owns the database.",
            last.checkpoint, last.events,
        )
    });
    let reach = reach.unwrap_or_default();
    format!(
        "{word}: {} events in {} chains, {} acceptances and authorizations, {} pieces of personal \
         data, {} of them erased.{unnamed}{compared}{reach}",
        report.events, report.chains, report.records, report.personal, report.erased,
    )
}

/// The folder of checkpoints, from the settings.
fn folder(context: &Context) -> Result<Folder, Failure> {
    let path = context.config.checkpoint_dir.clone();
    path.map(Folder::new).ok_or_else(|| {
        Failure::unusable(
            "checkpoint_dir: say which folder checkpoints are written to, best one that is kept on \
             another machine",
        )
    })
}

fn write(context: &Context) -> Result<(), Failure> {
    let (folder, signer) = (folder(context)?, context.config.signing_key()?);
    let db = context.existing()?;
    let heads = db.read_here(checkpoint::heads)?;
    let at = context.now();
    let told = |error| Failure::told(format!("{}: {error}", folder.path().display()));
    let file = folder.write(&checkpoint::seal(&heads, at, &signer), at);
    let file = file.map_err(told)?;
    db.write_here(|conn| {
        let (actor, now) = (&EventActor::CommandLine, context.now());
        note(conn, actor, (&file, at), &heads, now)
    })?;
    let path = folder.path().join(&file);
    let events: i64 = heads.iter().map(|head| head.number).sum();
    context.say(
        &json!({ "file": path, "chains": heads.len(), "events": events }),
        &format!(
            "{}: {events} events in {} chains.",
            path.display(),
            heads.len()
        ),
    );
    Ok(())
}

fn tell_key(context: &Context) -> Result<(), Failure> {
    let key = context.config.signing_key()?.public();
    if context.json {
        let json = json!({
            "algorithm": "Ed25519",
            "key": key.hex(),
            "pem": key.pem(),
            "sha256": key.fingerprint(),
        });
        out::line(&json.to_string());
    } else {
        // What stands before a key in such a file is for people; programs skip it.
        let sha256 = key.fingerprint();
        out::line(&format!(
            "SHA-256 of the key, as receipts show it: {sha256}"
        ));
        out::text(&key.pem());
    }
    Ok(())
}

/// How far it has come, in one line on standard error, where that is a terminal.
struct Bar {
    shown: bool,
    percent: Option<u64>,
}

impl Bar {
    fn new() -> Self {
        Self {
            shown: std::io::stderr().is_terminal(),
            percent: None,
        }
    }

    fn show(&mut self, done: u64, of: u64) {
        let percent = (done * 100).checked_div(of).unwrap_or(100);
        if self.shown && self.percent != Some(percent) {
            self.percent = Some(percent);
            let filled = usize::try_from(percent / 4).unwrap_or_default();
            let (full, rest) = (
                "#".repeat(filled),
                ".".repeat(25_usize.saturating_sub(filled)),
            );
            let mut err = std::io::stderr().lock();
            let _ = write!(
                err,
                "\r[{full}{rest}] {percent:>3} %  {done} of {of} events"
            )
            .and_then(|()| err.flush());
        }
    }

    /// Leaves no trace beside the answer.
    fn ends(&self) {
        if self.percent.is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[2K");
        }
    }
}
