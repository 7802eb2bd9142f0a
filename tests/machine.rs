//! The program on its machine: rights of files, settings files, and what the command line refuses.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use diesel::{Connection, RunQueryDsl};

use crate::support::db::{Backend, TestDb, fresh_folder};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(fresh_folder("machine"))
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The program in this folder, with nothing of the surroundings and an umask that hides
    /// nothing.
    fn runs(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", "umask 000; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_entente"))
            .args(arguments)
            .env_clear()
            .current_dir(&self.0)
            .stdin(Stdio::null());
        command
    }

    fn does(&self, arguments: &[&str]) -> Output {
        self.runs(arguments).output().unwrap()
    }

    fn writes(&self, name: &str, text: &str, mode: u32) {
        fs::write(self.join(name), text).unwrap();
        fs::set_permissions(self.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_data_folder_and_the_database_are_ours_alone() {
    let folder = Folder::new();
    let output = folder.does(&["migrate", "--data-dir", "new/data"]);
    assert!(output.status.success(), "{}", told(&output));
    for made in ["new", "new/data"] {
        assert_eq!(mode(&folder.join(made)), 0o700, "{made}");
    }
    let path = folder.join("new/data/entente.db");
    let mut files = vec![path.clone(), folder.join("new/data/entente.db.lock")];
    // What SQLite puts beside it while it is open.
    let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy()).unwrap();
    diesel::sql_query("INSERT INTO denials SELECT id, 'x', created_at FROM people")
        .execute(&mut conn)
        .unwrap();
    files.extend(["-wal", "-shm"].map(|end| folder.join(&format!("new/data/entente.db{end}"))));
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn a_settings_file_with_a_secret_is_ours_alone() {
    let folder = Folder::new();
    let secret = "secret = 'only the tests of Entente know 0123456789'";
    let password = "database_url = 'postgres://u:hidden@127.0.0.1:1/e'";
    let owner = "migration_url = 'postgres://u@127.0.0.1:1/e?password=hidden'";
    for holds in [secret, password, owner] {
        for open in [0o666, 0o644, 0o640, 0o604] {
            folder.writes("entente.toml", holds, open);
            let output = folder.does(&["migrate"]);
            let told = told(&output);
            assert_eq!(output.status.code(), Some(2), "{holds} {open:o}: {told}");
            assert!(told.contains("chmod 600 entente.toml"), "{told}");
            assert!(
                !told.contains("hidden") && !told.contains("0123456789"),
                "{told}"
            );
        }
    }
    folder.writes("entente.toml", secret, 0o600);
    assert!(folder.does(&["migrate"]).status.success());
    folder.writes("entente.toml", "operator = 'Nobody'", 0o644);
    assert!(folder.does(&["migrate"]).status.success());
    folder.writes("other", "only the tests of Entente know 0123456789", 0o640);
    let output = folder.does(&["migrate", "--secret-file", "other"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("other: ") && told(&output).contains("chmod 600"),
        "{}",
        told(&output)
    );
}

#[test]
fn a_database_that_others_may_read_is_warned_of() {
    let folder = Folder::new();
    for (mode, warns) in [(0o644, true), (0o600, false)] {
        assert!(folder.does(&["migrate"]).status.success());
        let file = folder.join("data/entente.db");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let mut serving = folder
            .runs(&[
                "serve",
                "--public-url",
                "https://entente.example",
                "--listen",
                "127.0.0.1:0",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(serving.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines {
            let line = line.unwrap();
            let over = line.contains("\"listening\"");
            said.push(line);
            if over {
                break;
            }
        }
        serving.kill().unwrap();
        serving.wait().unwrap();
        let warned = said
            .iter()
            .any(|line| line.contains("WARN") && line.contains("chmod 600 data/entente.db"));
        assert_eq!(warned, warns, "{mode:o}: {said:#?}");
    }
}

#[test]
fn a_partner_that_passes_for_another_is_not_registered() {
    let folder = Folder::new();
    let adds = |name: &str, further: &[&str]| {
        let arguments = [
            &["partner", "add", "--country", "NO", "--name", name],
            further,
        ]
        .concat();
        let output = folder.does(&arguments);
        (output.status.code(), told(&output))
    };
    let registered = (Some(0), String::new());
    assert_eq!(adds("Fjord Managed IT", &[]), registered);
    assert_eq!(adds("Bergen Managed IT", &[]), registered);
    for alike in ["Fjord Managed IT", "fjord managed lT", "Fj0rd-Managed IT"] {
        let (code, told) = adds(alike, &[]);
        assert_eq!(code, Some(1), "{alike}: {told}");
        for word in ["Fjord Managed IT, with the partner id", "--confirm-similar"] {
            assert!(told.contains(word), "{alike}: {told}");
        }
    }
    for (name, why) in [
        ("Fj\u{43e}rd Managed IT", "alphabets"),
        ("evil.example/login", "web address"),
        ("http:evil.example", "web address"),
        ("Fjord\u{2800}Managed IT", "can't be seen"),
    ] {
        let (code, told) = adds(name, &["--confirm-similar"]);
        assert_eq!(code, Some(2), "{name}: {told}");
        assert!(told.contains(why), "{name}: {told}");
    }
    assert_eq!(adds("Fjord Managed IT", &["--confirm-similar"]), registered);
}

/// Names that are refused, and why.
const DECEIVING: [(&str, &str); 27] = [
    ("Fjord\u{202e}TI", "can't be seen"),
    ("\u{2066}Fjord\u{2069} IT", "can't be seen"),
    ("\u{200f}Fjord", "can't be seen"),
    ("Fjord\u{61c}IT", "can't be seen"),
    ("Fjord\u{200b}IT", "can't be seen"),
    ("Fj\u{200d}ord", "can't be seen"),
    ("Fjord\u{2060}IT", "can't be seen"),
    ("Fjord IT\u{feff}", "can't be seen"),
    ("Fjord\u{ad}IT", "can't be seen"),
    ("Fjord\u{2800}IT", "can't be seen"),
    ("Fjord\u{3164}IT", "can't be seen"),
    ("Fjord\u{e0041}IT", "can't be seen"),
    ("Fjord\nIT", "can't be seen"),
    ("Fjord\tIT", "can't be seen"),
    ("Fjord\u{7}IT", "can't be seen"),
    ("Fjord\u{1b}[31mIT", "can't be seen"),
    ("Fjord\u{85}IT", "can't be seen"),
    ("https://evil.example", "web address"),
    ("www.evil.example", "web address"),
    ("evil.example/login", "web address"),
    ("evil\u{ff0e}example\u{ff0f}login", "web address"),
    ("Fjord (http:evil.example)", "web address"),
    ("javascript:alert(1)", "web address"),
    ("Fj\u{43e}rd", "alphabets"),
    ("Managed \u{399}T", "alphabets"),
    ("\u{420}ayments", "alphabets"),
    ("...", "enter a name"),
];

/// Names of partners that pass for Fjord Managed IT.
const ALIKE: [&str; 10] = [
    "Fjord Managed IT",
    "fjord managed it",
    "FJORD MANAGED IT",
    "Fjord Managed lT",
    "Fjord Managed 1T",
    "Fj0rd-Managed IT",
    "FjordManagedIT",
    "Fj\u{f8}rd M\u{e1}naged IT.",
    "Fjord Rnanaged IT",
    "\u{ff26}\u{ff4a}\u{ff4f}\u{ff52}\u{ff44} Managed IT",
];

#[test]
fn a_name_that_deceives_is_refused_and_one_that_passes_for_another_is_flagged() {
    let folder = Folder::new();
    let commands: [&[&str]; 5] = [
        &["partner", "add", "--country", "NO", "--confirm-similar"],
        &["tenant", "add", "--country", "NO"],
        &["user", "add", "--tenant", "X", "--email", "a@b.example"],
        &[
            "staff",
            "add",
            "--partner",
            "1",
            "--email",
            "a@b.example",
            "--role",
            "admin_agent",
        ],
        &["operator", "add", "--email", "a@b.example"],
    ];
    for (name, why) in DECEIVING {
        for command in commands {
            let output = folder.does(&[command, &["--name", name]].concat());
            let told = told(&output);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{command:?} {name:?}: {told}"
            );
            assert!(told.contains(why), "{command:?} {name:?}: {told}");
        }
        // What customers write to, call and read is no better place.
        for option in ["--city", "--contact-name", "--contact-phone"] {
            let arguments = [
                "partner",
                "add",
                "--country",
                "NO",
                "--name",
                "Bergen",
                option,
                name,
            ];
            assert_eq!(
                folder.does(&arguments).status.code(),
                Some(2),
                "{option} {name:?}"
            );
        }
    }
    assert!(
        !folder.join("data/entente.db").exists(),
        "nothing was even opened"
    );
    let adds = |name: &str| {
        folder.does(&[
            "partner",
            "add",
            "--country",
            "NO",
            "--name",
            name,
            "--json",
        ])
    };
    assert!(adds("Fjord Managed IT").status.success());
    for alike in ALIKE {
        let output = adds(alike);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{alike}: {told}");
        assert!(
            told.contains("Fjord Managed IT, with the partner id")
                && told.contains("--confirm-similar"),
            "{alike}: {told}"
        );
    }
    assert!(adds("Bergen Managed IT").status.success());
}

#[test]
fn postgres_confirms_what_is_on_the_disk_whatever_its_default_is() {
    let db = TestDb::empty(Backend::Postgres);
    let level = || {
        db.ask("SELECT current_setting('synchronous_commit') AS answer")
            .concat()
    };
    let name = db.ask("SELECT current_database()::text AS answer").concat();
    for (default, used) in [
        ("off", "on"),
        ("local", "on"),
        ("on", "on"),
        ("remote_apply", "remote_apply"),
    ] {
        db.run(&format!(
            "ALTER DATABASE {name} SET synchronous_commit = {default}"
        ))
        .unwrap();
        assert_eq!(level(), used, "{default}");
    }
}
