//! What every test stands on: databases, the cast, the application, pages.

pub mod app;
pub mod cast;
pub mod db;
pub mod page;
pub mod seed;

pub use app::TestApp;
pub use cast::Persona;
pub use db::Backend;

/// Makes of each sentence two tests, one for each database. The body gets an application with a
/// database of its own.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a body may need nothing from outside")]
            use super::*;

            async fn told($app: $crate::support::TestApp) $body

            #[test]
            fn sqlite() {
                $crate::support::app::run($crate::support::Backend::Sqlite, told);
            }

            #[test]
            fn postgres() {
                $crate::support::app::run($crate::support::Backend::Postgres, told);
            }
        }
    )* };
}
