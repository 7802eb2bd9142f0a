//! What every test stands on: databases, the cast, the application, pages.

pub mod app;
pub mod cast;
pub mod cluster;
pub mod contact;
pub mod db;
pub mod issue;
pub mod listing;
pub mod mail;
pub mod mail_server;
pub mod page;
pub mod program;
pub mod scene;
pub mod schema;
pub mod seed;
pub mod server;
pub mod tamper;
pub mod watch;

pub use app::TestApp;

/// How often a race is run: as often as `ENTENTE_TEST_ROUNDS` says, or else as is bearable in every
/// run of the suite.
pub fn rounds(usual: usize) -> usize {
    let wanted = std::env::var("ENTENTE_TEST_ROUNDS");
    wanted.map_or(usual, |wanted| wanted.parse().unwrap())
}

/// Makes of each sentence two tests, one for each database. The body gets an application with a
/// database of its own.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $kind:ty) $body:block)*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a body may need nothing from outside")]
            use super::*;

            async fn told($app: $kind) $body

            #[test]
            fn sqlite() {
                $crate::support::app::run($crate::support::db::Backend::Sqlite, told);
            }

            #[test]
            fn postgres() {
                $crate::support::app::run($crate::support::db::Backend::Postgres, told);
            }
        }
    )* };
}
