//! An installation on Postgres, set up as `docs/installation.md` says: by the commands alone.

use std::{io::Write, net::TcpListener, path::PathBuf, process::Stdio};

use serde_json::Value;

use super::Person;
use crate::support::{
    db::{Backend, TestDb, fresh_folder},
    program::{Program, SECRET, Start, command},
    seed::PASSWORD,
};

const SCHOOL: &str = "Hautmont School Group";
const MARIE: &str = "marie.delorme@hautmont.example";
const INGRID: &str = "ingrid.solberg@fjord.example";

/// An installation that serves, with an invitation that waits. It goes when this is dropped.
pub struct Installation {
    /// Where it serves.
    pub address: String,
    /// The invitation's link, as it was printed.
    pub link: String,
    /// Who decides.
    pub person: Person,
    db: TestDb,
    folder: PathBuf,
    _program: Program,
}

impl Installation {
    /// Sets it up, from an empty database on.
    pub fn set_up() -> Self {
        let listens = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listens.local_addr().unwrap();
        drop(listens);
        let address = format!("http://{port}");
        let (db, folder) = (
            TestDb::empty(Backend::Postgres),
            fresh_folder("installation"),
        );
        let run =
            |arguments: &[&str], input: &str| does(&db, (&folder, &address), arguments, input);
        has_a_customer(&run);
        has_an_agreement(&run);
        let link = has_a_partner_that_invites(&run);
        let program = Start::over(&db.setting())
            .with("ENTENTE_LISTEN", &port.to_string())
            .with("ENTENTE_PUBLIC_URL", &address)
            .serve();
        Self {
            link,
            person: Person::of(MARIE, PASSWORD),
            address,
            db,
            folder,
            _program: program,
        }
    }

    /// What was decided and taken back stands in the database, and verifies.
    pub fn is_as_decided(&self) {
        for (what, number) in [
            ("invitations WHERE state = 'accepted'", 1),
            ("relationships WHERE state = 'active'", 1),
            ("grants WHERE state = 'removed'", 2),
            ("grants WHERE state = 'live'", 0),
            ("events WHERE kind = 'roles.removed'", 1),
        ] {
            let found = self.db.count(&format!("SELECT count(*) FROM {what}"));
            assert_eq!(found, number, "{what}");
        }
        let place = (&self.folder, &self.address);
        does(&self.db, place, &["audit", "verify"], "");
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Runs a command, with a line on standard input.
type Run<'a> = &'a dyn Fn(&[&str], &str) -> Value;

fn has_a_customer(run: Run<'_>) {
    let tenant = ["tenant", "add", "--name", SCHOOL, "--kind", "school"];
    let place = ["--country", "FR", "--time-zone", "Europe/Paris"];
    let owns = ["--domain", "hautmont.example"];
    run(&[&tenant[..], &place, &owns].concat(), "");
    let user = ["user", "add", "--tenant", SCHOOL, "--email", MARIE];
    let who = ["--name", "Marie Delorme", "--password-stdin"];
    let role = ["--role", "billing_administrator"];
    run(&[&user[..], &who, &role].concat(), PASSWORD);
}

fn has_an_agreement(run: Run<'_>) {
    let text = |language: &str| {
        let root = env!("CARGO_MANIFEST_DIR");
        format!("{language}={root}/src/command/demo/agreement.{language}.md")
    };
    let (en, fr) = (text("en"), text("fr"));
    let publish = ["agreement", "publish", "--dated", "2026-11-22"];
    let texts = ["--text", &en, "--text", &fr];
    run(&[&publish[..], &texts].concat(), "");
}

/// The link that was printed.
fn has_a_partner_that_invites(run: Run<'_>) -> String {
    let partner = ["partner", "add", "--name", "Fjord Managed IT"];
    let place = ["--country", "NO", "--domain", "fjord.example"];
    let added = run(&[&partner[..], &place].concat(), "");
    let number = added["number"].as_str().unwrap();
    let staff = ["staff", "add", "--partner", number, "--email", INGRID];
    let who = ["--name", "Ingrid Solberg", "--role", "admin_agent"];
    run(&[&staff[..], &who].concat(), "");
    let invitation = ["invitation", "create", "--partner", number];
    let whom = ["--sender", INGRID, "--to", MARIE];
    let what = [
        "--type",
        "reseller_and_delegated_administrator",
        "--role",
        "global_administrator",
        "--role",
        "helpdesk_administrator",
    ];
    let made = run(&[&invitation[..], &whom, &what].concat(), "");
    made["link"].as_str().unwrap().to_owned()
}

/// Runs a command that has to succeed, with a line on standard input: what it answers.
#[track_caller]
fn does(
    db: &TestDb,
    (folder, address): (&PathBuf, &String),
    arguments: &[&str],
    input: &str,
) -> Value {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    let mut running = command(&arguments)
        .env("ENTENTE_DATA_DIR", folder)
        .env("ENTENTE_DATABASE_URL", db.setting())
        .env("ENTENTE_SECRET", SECRET)
        .env("ENTENTE_PUBLIC_URL", address)
        .env("ENTENTE_ALLOW_HTTP", "true")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = running.stdin.take().unwrap();
    // One that wants no line may be gone already.
    let _ = writeln!(line, "{input}");
    drop(line);
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}
