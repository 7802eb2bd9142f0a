//! What went wrong beneath a layer that passes on the words of an error alone.

use std::{cell::Cell, future::Future};

use crate::error::Error;

tokio::task_local! {
    static FAULT: Cell<Option<Error>>;
}

/// Runs `work`, and gives what was noted meanwhile beside what came of it.
pub async fn watched<F: Future>(work: F) -> (F::Output, Option<Error>) {
    let work = async {
        let output = work.await;
        (output, FAULT.with(Cell::take))
    };
    FAULT.scope(Cell::new(None), work).await
}

/// Notes an error for the door, which answers by it. Where nobody watches it is dropped.
pub fn note(error: Error) {
    let _ = FAULT.try_with(|fault| fault.set(Some(error)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_is_answered_by_its_own_fault() {
        actix_web::rt::System::new().block_on(async {
            let fails = |fault: fn() -> Error| async move {
                actix_web::rt::task::yield_now().await;
                note(fault());
                actix_web::rt::task::yield_now().await;
            };
            let (busy, none, missing) = futures_util::future::join3(
                watched(fails(|| Error::Busy)),
                watched(async {}),
                watched(fails(|| Error::NotFound)),
            )
            .await;
            assert!(matches!(busy.1, Some(Error::Busy)));
            assert!(none.1.is_none());
            assert!(matches!(missing.1, Some(Error::NotFound)));
            note(Error::Busy);
        });
    }
}
