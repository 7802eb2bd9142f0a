//! `entente demo`: a database of its own with sample data, served at once. Passwords and links are
//! made afresh at each run; there is no default account anywhere.

mod agreements;
mod cast;
mod profiles;
mod props;
mod requests;
mod story;
mod told;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use actix_web::rt::System;
use clap::Args;

use self::told::Told;
use super::{Failure, logging, out, serve};
use crate::{
    config::Settings,
    db::connect::DatabaseUrl,
    portal::operator::number::{PASSPHRASE, draw},
};

/// What the demo can be told.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the demo's database [default: a new one, removed at the end]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// The folder that holds the database: taken away at the end where nobody asked for it.
struct Folder {
    path: PathBuf,
    ours: bool,
}

impl Folder {
    fn new(asked: Option<&Path>) -> Result<Self, Failure> {
        let ours = asked.is_none();
        let path = match asked {
            Some(path) => path.to_owned(),
            None => std::env::temp_dir().join(format!("entente-demo-{}", draw(PASSPHRASE)?)),
        };
        let failed =
            |error: std::io::Error| Failure::unusable(format!("data: {}: {error}", path.display()));
        let mut builder = fs::DirBuilder::new();
        builder.recursive(!ours);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(failed)?;
        if path.join("entente.db").exists() {
            return Err(Failure::unusable(format!(
                "data: {} holds a database already; passwords and links are made anew at each \
                 run, so give another folder",
                path.display()
            )));
        }
        Ok(Self { path, ours })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.ours {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

impl Demo {
    pub(super) fn run(&self, settings: &Settings, json: bool) -> Result<(), Failure> {
        logging::readable();
        let listen = settings.listen.as_deref().unwrap_or("127.0.0.1:8080");
        let listen: SocketAddr = listen
            .parse()
            .map_err(|error| Failure::unusable(format!("listen: {error}")))?;
        System::new().block_on(async {
            let (listener, address) = serve::listen(listen)?;
            let stop = serve::stop();
            let folder = Folder::new(self.data.as_deref())?;
            let database = DatabaseUrl::Sqlite(folder.path.join("entente.db"));
            let told = Told::new(&address, folder.ours.then_some(&folder.path))?;
            let (state, sample) = told.prepare(&database)?;
            out::line(&if json {
                told.json(&sample).to_string()
            } else {
                told.words(&sample)
            });
            let workers = settings.workers.unwrap_or(2).clamp(1, 64);
            let served = serve::serve(listener, state, workers, stop).await;
            drop(folder);
            served
        })
    }
}
