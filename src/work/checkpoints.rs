//! Checkpoints by themselves: one a day, by UTC. Nothing depends on it, save how far back a change of
//! the whole database would show.

use std::time::Duration;

use crate::{
    db::Db,
    error::Error,
    evidence::{
        chain::EventActor,
        checkpoint::{self, folder::Folder, noted::note},
    },
    signing::SigningKey,
    web::now::Clock,
};

/// How often it is looked whether the day has one. What failed is tried again as soon.
const PAUSE: Duration = Duration::from_mins(10);

/// Writes today's checkpoint, where the folder has none of today yet; its name, where it did.
///
/// # Errors
/// The database's, or the folder's.
pub async fn today(
    db: &Db,
    folder: &Folder,
    signer: &SigningKey,
    clock: &Clock,
) -> Result<Option<String>, Error> {
    let (looked, at) = (folder.clone(), clock.now());
    if !aside(move || looked.lacks_today(at)).await? {
        return Ok(None);
    }
    let heads = db.read(checkpoint::heads).await?;
    let at = clock.now();
    let (text, into) = (checkpoint::seal(&heads, at, signer), folder.clone());
    let file = aside(move || into.write(&text, at)).await?;
    let (name, clock) = (file.clone(), clock.clone());
    let noted = db.write_unattended(move |conn| {
        note(conn, &EventActor::Entente, (&name, at), &heads, clock.now())
    });
    noted.await?;
    Ok(Some(file))
}

/// What waits for the disk, on a thread for that.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let done = actix_web::web::block(work).await;
    done.map_err(|_| Error::Busy)?.map_err(Error::internal)
}

/// Looks now and then for as long as the server runs.
pub async fn keep_checkpointing(db: Db, folder: Folder, signer: SigningKey, clock: Clock) {
    loop {
        let shown = folder.path().display();
        match today(&db, &folder, &signer, &clock).await {
            Ok(Some(file)) => tracing::info!(folder = %shown, %file, "checkpoint"),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(folder = %shown, %error, "no checkpoint could be written");
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
