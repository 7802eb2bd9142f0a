//! Started together.

use std::{path::Path, sync::Barrier, thread};

use super::{SOON, over_both, times, waits_until};
use crate::support::{
    db::{Backend, TestDb},
    program::Program,
};

/// How many migrations there are, by their folders.
fn migrations(backend: Backend) -> usize {
    let folder = match backend {
        Backend::Sqlite => "migrations/sqlite",
        Backend::Postgres => "migrations/postgres",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    folder.read_dir().unwrap().count()
}

over_both! {
    fn three_processes_that_start_at_once_all_serve(backend: Backend) {
        for _ in 0..times("ENTENTE_TEST_STARTS", 2) {
            for db in [TestDb::empty(backend), TestDb::with_cast(backend).0] {
                let (ready, start) = (Barrier::new(3), || {
                    let program = Program::serve(&db);
                    waits_until("ready", SOON, || program.gets("/ready", "").is_some_and(|it| it.status == 200));
                    assert_eq!(program.gets("/sign-in", "").unwrap().status, 200);
                });
                thread::scope(|scope| {
                    for _ in 0..3 {
                        scope.spawn(|| {
                            ready.wait();
                            start();
                        });
                    }
                });
                let ran = "SELECT version AS answer FROM __diesel_schema_migrations";
                assert_eq!(db.ask(ran).len(), migrations(backend));
            }
        }
    }
}
