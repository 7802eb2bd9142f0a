//! A database for each test: a copy of a template that is migrated and seeded once in a run.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_types::Text};
use entente::{
    db::{DbConn, connect::DatabaseUrl, migrate::migrate},
    on_each,
};

use super::seed::{self, World};

/// Either database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database that goes when the test ends.
pub struct TestDb {
    pub url: DatabaseUrl,
    pub backend: Backend,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Database(String),
    /// On a server that a test started and will end: its address.
    Elsewhere(String),
}

/// What copies are made from.
struct Template {
    world: World,
    from: From,
}

enum From {
    Bytes(Vec<u8>),
    Database(String),
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A name that no other test of any run on this machine has.
pub fn fresh_name(what: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("entente_{what}_{}_{number}", std::process::id())
}

/// A new folder, which goes with the services where a test that is killed leaves it.
pub fn fresh_folder(what: &str) -> PathBuf {
    let folder = PathBuf::from(service("ENTENTE_TEST_FOLDER")).join(fresh_name(what));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A setting that `scripts/with-services` exports.
pub fn service(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run scripts/test"))
}

/// The superuser's address with another database in it.
fn postgres(database: &str) -> String {
    service("ENTENTE_TEST_POSTGRES_URL").replacen("@/postgres?", &format!("@/{database}?"), 1)
}

fn parse(url: &str) -> DatabaseUrl {
    DatabaseUrl::parse(url, false).unwrap()
}

/// Runs a statement as superuser, outside of every test's database.
pub fn as_superuser(sql: &str) {
    let mut conn = PgConnection::establish(&service("ENTENTE_TEST_POSTGRES_URL")).unwrap();
    diesel::sql_query(sql).execute(&mut conn).unwrap();
}

fn template(backend: Backend) -> &'static Template {
    static SQLITE: OnceLock<Template> = OnceLock::new();
    static POSTGRES: OnceLock<Template> = OnceLock::new();
    match backend {
        Backend::Sqlite => SQLITE.get_or_init(|| {
            let folder = fresh_folder("template");
            let path = folder.join("template.db");
            let url = parse(&format!("sqlite:{}", path.display()));
            migrate(&url).unwrap();
            let world = seed::seed(&url);
            let bytes = fs::read(&path).unwrap();
            let _ = fs::remove_dir_all(&folder);
            Template {
                world,
                from: From::Bytes(bytes),
            }
        }),
        Backend::Postgres => POSTGRES.get_or_init(|| {
            let name = fresh_name("template");
            as_superuser(&format!("CREATE DATABASE {name}"));
            let url = parse(&postgres(&name));
            migrate(&url).unwrap();
            let world = seed::seed(&url);
            // Copying needs a template that nobody is connected to.
            as_superuser(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            ));
            Template {
                world,
                from: From::Database(name),
            }
        }),
    }
}

impl TestDb {
    /// A database without any table.
    pub fn empty(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = fresh_folder("test");
                Self {
                    url: parse(&format!("sqlite:{}", folder.join("entente.db").display())),
                    backend,
                    place: Place::Folder(folder),
                }
            }
            Backend::Postgres => {
                let name = fresh_name("test");
                as_superuser(&format!("CREATE DATABASE {name}"));
                Self {
                    url: parse(&postgres(&name)),
                    backend,
                    place: Place::Database(name),
                }
            }
        }
    }

    /// The database that a program keeps in a folder. The folder goes with it.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            url: parse(&format!("sqlite:{}", folder.join("entente.db").display())),
            backend: Backend::Sqlite,
            place: Place::Folder(folder),
        }
    }

    /// A database with the cast in it.
    pub fn with_cast(backend: Backend) -> (Self, World) {
        let template = template(backend);
        let db = match &template.from {
            From::Bytes(bytes) => {
                let db = Self::empty(backend);
                fs::write(db.path(), bytes).unwrap();
                db
            }
            From::Database(from) => {
                let name = fresh_name("test");
                as_superuser(&format!("CREATE DATABASE {name} TEMPLATE {from}"));
                Self {
                    url: parse(&postgres(&name)),
                    backend,
                    place: Place::Database(name),
                }
            }
        };
        (db, template.world.clone())
    }

    /// A database of a server that the test started itself, with the cast in it.
    pub fn elsewhere(setting: String) -> (Self, World) {
        let url = parse(&setting);
        migrate(&url).unwrap();
        let world = seed::seed(&url);
        let db = Self {
            url,
            backend: Backend::Postgres,
            place: Place::Elsewhere(setting),
        };
        (db, world)
    }

    /// The file, on `SQLite`.
    pub fn path(&self) -> PathBuf {
        match &self.place {
            Place::Folder(folder) => folder.join("entente.db"),
            Place::Database(name) | Place::Elsewhere(name) => panic!("{name} is no file"),
        }
    }

    /// The address as a setting has it.
    pub fn setting(&self) -> String {
        match &self.place {
            Place::Folder(_) => format!("sqlite:{}", self.path().display()),
            Place::Database(name) => postgres(name),
            Place::Elsewhere(setting) => setting.clone(),
        }
    }

    /// A connection of the test's own, beside the application's.
    pub fn connect(&self) -> DbConn {
        self.url.connect_once().unwrap()
    }

    /// Runs a statement; what the database refuses is an error in its words.
    pub fn run(&self, sql: &str) -> Result<usize, String> {
        let mut conn = self.connect();
        on_each!(&mut conn, c => diesel::sql_query(sql).execute(c)).map_err(|e| e.to_string())
    }

    /// Asks for one column called `answer`, of text.
    pub fn ask(&self, sql: &str) -> Vec<String> {
        ask(&mut self.connect(), sql)
    }

    /// Asks for one number.
    pub fn count(&self, sql: &str) -> i64 {
        let sql = format!("SELECT CAST(({sql}) AS TEXT) AS answer");
        self.ask(&sql).concat().parse().unwrap()
    }

    /// How many deadlocks the server has broken up in this database. Ends every connection to it,
    /// since a server's process tells what it counted when it goes at the latest.
    pub fn deadlocks(&self) -> i64 {
        let Place::Database(name) = &self.place else {
            return 0;
        };
        as_superuser(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ));
        let mut server = parse(&service("ENTENTE_TEST_POSTGRES_URL"))
            .connect_once()
            .unwrap();
        let connected = format!(
            "SELECT count(*)::text AS answer FROM pg_stat_activity WHERE datname = '{name}'"
        );
        for _ in 0..500 {
            if ask(&mut server, &connected) == ["0"] {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let counted = format!(
            "SELECT deadlocks::text AS answer FROM pg_stat_database WHERE datname = '{name}'"
        );
        ask(&mut server, &counted).concat().parse().unwrap()
    }

    /// A column that holds an id, as hex without hyphens on either database.
    pub fn hex(&self, column: &str) -> String {
        match self.backend {
            Backend::Sqlite => format!("lower(hex({column}))"),
            Backend::Postgres => format!("replace({column}::text, '-', '')"),
        }
    }

    /// The statement of a migration that has these words in it.
    pub fn statement(&self, migration: &str, words: &str) -> String {
        let folder = match self.backend {
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
        };
        let root = env!("CARGO_MANIFEST_DIR");
        let path = format!("{root}/migrations/{folder}/{migration}/up.sql");
        let migration = fs::read_to_string(path).unwrap();
        let mut statements = migration.split(';');
        statements
            .find(|one| one.contains(words))
            .unwrap()
            .to_owned()
    }

    /// The names of all tables.
    pub fn tables(&self) -> Vec<String> {
        self.ask(match self.backend {
            Backend::Sqlite => {
                "SELECT name AS answer FROM sqlite_master WHERE type = 'table' \
                 AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Backend::Postgres => {
                "SELECT table_name::text AS answer FROM information_schema.tables \
                 WHERE table_schema = 'public' ORDER BY table_name"
            }
        })
    }

    /// Every row of every table that means something to people: sessions and counters of tries
    /// left out.
    pub fn everything(&self) -> BTreeMap<String, Vec<String>> {
        const ASIDE: [&str; 3] = ["sessions", "sign_in_failures", "denials"];
        let tables = self.tables();
        let kept = tables.iter().filter(|name| !ASIDE.contains(&name.as_str()));
        kept.map(|name| (name.clone(), self.rows(name))).collect()
    }

    /// Every row of a table, as text.
    pub fn rows(&self, table: &str) -> Vec<String> {
        match self.backend {
            Backend::Sqlite => {
                let columns = self.ask(&format!(
                    "SELECT 'quote(' || name || ')' AS answer FROM pragma_table_info('{table}')"
                ));
                let row = columns.join(" || ', ' || ");
                self.ask(&format!("SELECT {row} AS answer FROM {table} ORDER BY 1"))
            }
            Backend::Postgres => self.ask(&format!(
                "SELECT t::text AS answer FROM {table} t ORDER BY 1"
            )),
        }
    }
}

/// What changed between two readings of everything: a line for each row that is new or gone.
pub fn difference(
    before: &BTreeMap<String, Vec<String>>,
    after: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (table, rows) in after {
        let old = before.get(table).cloned().unwrap_or_default();
        lines.extend(
            rows.iter()
                .filter(|row| !old.contains(row))
                .map(|row| format!("+ {table}: {row}")),
        );
        lines.extend(
            old.iter()
                .filter(|row| !rows.contains(row))
                .map(|row| format!("- {table}: {row}")),
        );
    }
    lines
}

/// Of what changed, all that isn't the record of a denied request.
pub fn beside_denials(changed: Vec<String>) -> Vec<String> {
    let record = |line: &String| {
        let kept = ["+ chains:", "- chains:", "+ personal_data:"];
        line.starts_with("+ events:") && line.contains("access.denied")
            || kept.iter().any(|kind| line.starts_with(kind))
    };
    changed.into_iter().filter(|line| !record(line)).collect()
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

fn ask(conn: &mut DbConn, sql: &str) -> Vec<String> {
    let rows: Vec<Answer> = on_each!(conn, c => diesel::sql_query(sql).load(c))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.into_iter().map(|row| row.answer).collect()
}

impl Drop for TestDb {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => {
                let _ = fs::remove_dir_all(folder);
            }
            Place::Database(name) => {
                let url = service("ENTENTE_TEST_POSTGRES_URL");
                if let Ok(mut conn) = PgConnection::establish(&url) {
                    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    let _ = diesel::sql_query(drop).execute(&mut conn);
                }
            }
            Place::Elsewhere(_) => {}
        }
    }
}
