//! Files and folders that nobody else on the machine may read, whatever the process's umask is.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{Error, ErrorKind, Result},
    path::Path,
};

/// Makes a folder that only we may enter, and those above it, where there are none. The rights of
/// a folder that is there already are its owner's affair.
///
/// # Errors
/// The machine's.
pub fn folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes a file that only we may read; `None` where there is one already.
///
/// # Errors
/// The machine's.
pub fn create(path: &Path) -> Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    match options.open(path) {
        Ok(file) => Ok(Some(file)),
        // Another process of ours may have been first.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the group or others have any right to a file. Never so where files have no such rights.
///
/// # Errors
/// The machine's.
pub fn is_open_to_others(path: &Path) -> Result<bool> {
    let metadata = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Ok(metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        drop(metadata);
        Ok(false)
    }
}

/// Refuses a file that the group or others have any right to.
///
/// # Errors
/// Says which rights it needs.
pub fn only_ours(path: &Path) -> Result<()> {
    if is_open_to_others(path)? {
        let path = path.display();
        return Err(Error::other(format!(
            "it holds a secret and others on this machine may read it: chmod 600 {path}"
        )));
    }
    Ok(())
}
