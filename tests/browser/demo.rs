//! The program with its sample data, as a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread,
};

use serde::Deserialize;

use crate::support::db::{TestDb, fresh_folder};

/// What the demo says of itself, and the process: it ends when this is dropped.
pub struct Demo {
    told: Told,
    process: Child,
    /// Its database, for the test's own eyes.
    pub db: TestDb,
}

#[derive(Deserialize)]
struct Told {
    address: String,
    people: Vec<Person>,
    invitations: Vec<Invitation>,
}

/// Somebody who can sign in.
#[derive(Deserialize)]
pub struct Person {
    pub email: String,
    pub password: String,
    organization: String,
    roles: Vec<String>,
}

impl Person {
    /// Somebody whom a test added itself.
    pub fn of(email: &str, password: &str) -> Self {
        Self {
            email: email.to_owned(),
            password: password.to_owned(),
            organization: String::new(),
            roles: Vec::new(),
        }
    }
}

/// An invitation, and what became of it.
#[derive(Deserialize)]
pub struct Invitation {
    pub link: String,
    id: String,
    partner: String,
    organization: String,
    roles: Vec<String>,
    state: String,
}

impl Invitation {
    /// The secret of its link.
    pub fn token(&self) -> &str {
        self.link.rsplit('/').next().unwrap()
    }

    /// The path of its review.
    pub fn path(&self) -> String {
        format!("/billing/invitations/{}", self.id)
    }
}

impl Demo {
    /// Starts the program on a free port.
    pub fn start() -> Self {
        let folder = fresh_folder("demo");
        let mut process = Command::new(env!("CARGO_BIN_EXE_entente"))
            .args(["demo", "--listen", "127.0.0.1:0", "--json", "--data"])
            .arg(&folder)
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        // Whatever it says later must not fill the pipe.
        thread::spawn(move || output.read_to_end(&mut Vec::new()));
        let told = match serde_json::from_str(&line) {
            Ok(told) => told,
            Err(error) => {
                process.kill().unwrap();
                panic!("the demo did not start: {error} in {line:?}");
            }
        };
        let db = TestDb::in_folder(folder);
        Self { told, process, db }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.told.address)
    }

    /// Somebody of an organization with a role, or without any for "".
    pub fn person(&self, organization: &str, role: &str) -> &Person {
        let fits = |person: &&Person| {
            person.organization == organization
                && match role {
                    "" => person.roles.is_empty(),
                    role => person.roles.iter().any(|has| has == role),
                }
        };
        self.told.people.iter().find(fits).unwrap()
    }

    /// An invitation of an organization from a partner.
    pub fn invitation(&self, organization: &str, partner: &str, state: &str) -> &Invitation {
        self.find(organization, state, |one| one.partner == partner)
    }

    /// An invitation of an organization that asks for roles, or doesn't.
    pub fn invitation_with(&self, organization: &str, roles: bool, state: &str) -> &Invitation {
        self.find(organization, state, |one| one.roles.is_empty() != roles)
    }

    /// An invitation of an organization that asks for full control.
    pub fn invitation_for_everything(&self, organization: &str, state: &str) -> &Invitation {
        let everything = |one: &Invitation| one.roles.iter().any(|r| r == "global_administrator");
        self.find(organization, state, everything)
    }

    /// Any invitation of an organization in a state.
    pub fn any_invitation(&self, organization: &str, state: &str) -> &Invitation {
        self.find(organization, state, |_| true)
    }

    fn find(
        &self,
        organization: &str,
        state: &str,
        fits: impl Fn(&Invitation) -> bool,
    ) -> &Invitation {
        let here =
            |one: &&Invitation| one.organization == organization && one.state == state && fits(one);
        self.told.invitations.iter().find(here).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
