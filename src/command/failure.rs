//! Why a command wasn't done, in words, and with which exit code.

use std::process::ExitCode;

use crate::{config::Wrong, db::connect::OpenError, error::Error};

/// Settings, files and sockets that can't be used.
const UNUSABLE: u8 = 2;
/// What was asked for can't be done.
const REFUSED: u8 = 1;

/// Lines for standard error, and the exit code.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    lines: Vec<String>,
}

impl Failure {
    /// What was asked for can't be done.
    pub fn told(line: impl Into<String>) -> Self {
        Self {
            code: REFUSED,
            lines: vec![line.into()],
        }
    }

    /// Settings or the machine are in the way.
    pub fn unusable(line: impl Into<String>) -> Self {
        Self {
            code: UNUSABLE,
            lines: vec![line.into()],
        }
    }

    /// Exits without another word: everything was told already.
    #[must_use]
    pub const fn silent() -> Self {
        Self {
            code: REFUSED,
            lines: Vec::new(),
        }
    }

    /// Names the argument that is in the way.
    pub fn of(argument: &str) -> impl Fn(Error) -> Self {
        move |error| match error {
            Error::Refused(words) => Self::told(format!("{argument}: {words}")),
            error => error.into(),
        }
    }

    /// Tells it on standard error.
    #[must_use]
    pub fn tell(&self) -> ExitCode {
        for line in &self.lines {
            eprintln!("entente: {line}");
        }
        ExitCode::from(self.code)
    }
}

impl From<Wrong> for Failure {
    fn from(wrong: Wrong) -> Self {
        let Wrong(lines) = wrong;
        Self {
            code: UNUSABLE,
            lines,
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::unusable(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::told(match error {
            Error::Busy => "the database is busy or can't be reached; nothing was changed".into(),
            Error::NotFound => "there is no such thing".into(),
            error => error.to_string(),
        })
    }
}
