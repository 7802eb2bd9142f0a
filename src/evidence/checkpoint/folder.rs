//! The folder that the operator names: one file for each checkpoint, whole or not there at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{Error, ErrorKind, Result, Write as _},
    path::{Path, PathBuf},
};

use crate::domain::Instant;

const BEFORE: &str = "checkpoint-";
const AFTER: &str = ".json";

/// A folder of checkpoints.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of this path. It has to be there: what is made in the place of one that isn't
    /// mounted would never leave the machine.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The names of its checkpoints, in the order of time.
    ///
    /// # Errors
    /// The machine's.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let name = entry?.file_name();
            let name = name.to_str().filter(|name| is_name(name));
            names.extend(name.map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The text of one.
    ///
    /// # Errors
    /// The machine's.
    pub fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.0.join(name))
    }

    /// Whether there is none of this day yet, by UTC.
    ///
    /// # Errors
    /// The machine's.
    pub fn lacks_today(&self, now: Instant) -> Result<bool> {
        let today = format!("{BEFORE}{}", now.format("%Y%m%d"));
        let names = self.names()?;
        Ok(!names.iter().any(|name| name.starts_with(&today)))
    }

    /// Writes one, and answers with its name once it is on disk under it.
    ///
    /// # Errors
    /// The machine's; then there is no file of that name.
    pub fn write(&self, text: &str, at: Instant) -> Result<String> {
        let name = format!("{BEFORE}{}{AFTER}", at.format("%Y%m%dT%H%M%S%.6fZ"));
        let (path, unfinished) = (self.0.join(&name), self.0.join(format!(".{name}.part")));
        let written = if path.exists() {
            Err(Error::from(ErrorKind::AlreadyExists))
        } else {
            write_new(&unfinished, text).and_then(|()| fs::rename(&unfinished, &path))
        };
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written?;
        File::open(&self.0)?.sync_all()?;
        Ok(name)
    }
}

/// Writes a file that others may read, so that it can be fetched: it holds ids and hashes.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o644);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn is_name(name: &str) -> bool {
    name.starts_with(BEFORE) && name.ends_with(AFTER)
}
