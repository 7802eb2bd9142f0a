//! `entente verify`: a receipt or an exported log, checked with nothing but the file.

mod log;
mod receipt;

use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use clap::Args;
use serde_json::{Value, json};

use super::{Failure, out};
use crate::{
    evidence::exported_log::{Check, LONGEST},
    signing::PublicKey,
};

/// What is to be verified.
#[derive(Debug, Args)]
pub struct Verify {
    /// The receipt, or the log as JSON Lines, as it was downloaded
    file: PathBuf,
    /// The public key of the installation, as its operator gave it; may be given several times
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// A checkpoint of the installation, to compare a log with
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

/// What a file proved: as data, and in words.
struct Told {
    json: Value,
    words: String,
}

impl Verify {
    pub(super) fn run(self, json: bool) -> Result<(), Failure> {
        let trusted = self.keys()?;
        let told = if self.is_log()? {
            log::check(&self.file, self.checkpoint.as_deref(), &trusted)?
        } else if self.checkpoint.is_some() {
            return Err(Failure::unusable(
                "--checkpoint: only a log is compared with one, exported as JSON Lines",
            ));
        } else {
            receipt::check(&self.file, &trusted)?
        };
        match (told, json) {
            (Ok(told), true) => out::line(&told.json.to_string()),
            (Ok(told), false) => out::line(&told.words),
            (Err(reason), true) => {
                out::line(&json!({ "ok": false, "reason": reason }).to_string());
                return Err(Failure::silent());
            }
            (Err(reason), false) => {
                let shown = self.file.display();
                return Err(Failure::told(format!("{shown}: NOT VALID: {reason}")));
            }
        }
        Ok(())
    }

    /// Whether the file is a log: what it begins with tells.
    fn is_log(&self) -> Result<bool, Failure> {
        let file = File::open(&self.file).map_err(unreadable(&self.file))?;
        let mut file = BufReader::new(file);
        let first = line(&mut file).map_err(unreadable(&self.file))?;
        // Of a file with nothing in it can be said that it holds no entry.
        Ok(first.is_none_or(|line| std::str::from_utf8(&line).is_ok_and(Check::is_line)))
    }

    fn keys(&self) -> Result<Vec<PublicKey>, Failure> {
        let read = |path: &PathBuf| {
            let told = |error| Failure::unusable(format!("key: {}: {error}", path.display()));
            PublicKey::from_file(path).map_err(told)
        };
        self.key.iter().map(read).collect()
    }
}

/// The next line, without its end: no more of it than a line of a log may have, and a byte.
fn line(file: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 1;
    let mut line = Vec::new();
    if file.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    Ok(Some(line))
}

/// A file that can't be read, with its name.
fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    move |error| Failure::unusable(format!("{}: {error}", path.display()))
}

/// What is said of the key that signed.
fn key_words(key: &PublicKey, known: bool) -> String {
    let sha256 = key.fingerprint();
    if known {
        return format!("The key that signed it is one that you gave (sha-256 {sha256}).");
    }
    format!(
        "WHO SIGNED IT IS NOT CHECKED: verify with --key FILE, or compare the SHA-256 of the key with \
         what\n  the operator told you: {sha256}"
    )
}
