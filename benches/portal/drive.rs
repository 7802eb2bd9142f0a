//! Driving a server with wrk, and what that used.

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

use crate::{
    proc::{self, float, machine},
    servers::{Process, Server},
};

/// Beyond this share of the machine, others disturb.
pub const DISTURBED: f64 = 0.05;

/// How wrk goes through its requests; see `wrk.lua`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Rotate,
    Once,
    Counted,
    Slow,
}

/// What wrk is told.
pub struct Load<'a> {
    pub requests: &'a Path,
    pub mode: Mode,
    pub clients: u32,
    pub seconds: u32,
}

/// What wrk tells.
#[derive(Debug, Clone, Deserialize)]
struct Told {
    requests: u64,
    microseconds: u64,
    p50: u64,
    p99: u64,
    failed: u64,
    answered: u64,
    good: u64,
    busy: u64,
    spent: u64,
}

/// One measurement.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Drive {
    /// Requests that were answered; where success is counted, those that succeeded.
    pub requests: u64,
    pub failures: u64,
    pub rate: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Microseconds of server and database for each request.
    pub cpu: f64,
    /// What others took of the machine, from 0 to 1.
    pub others: f64,
    /// Every prepared request was sent before the time was over.
    pub spent: bool,
}

impl Drive {
    pub fn tail(&self) -> f64 {
        self.p99_ms / self.p50_ms
    }

    pub fn counts(&self) -> bool {
        self.others <= DISTURBED
    }
}

/// Who belongs to the measurement, and where files go.
pub struct Bench {
    pub folder: PathBuf,
    /// The Postgres server.
    pub postgres: u32,
    /// Our own servers that run now.
    pub servers: Vec<u32>,
}

/// What everything used at one moment.
struct Moment {
    machine: proc::Machine,
    ours: u64,
}

impl Bench {
    fn moment(&self) -> anyhow::Result<Moment> {
        let servers = self.servers.iter().map(|pid| proc::used(*pid)).sum::<u64>();
        let own = proc::used_with_ended(std::process::id());
        let ours = servers + own + proc::used_by_family(self.postgres);
        let machine = machine()?;
        Ok(Moment { machine, ours })
    }

    /// Runs `work`, and says which share of the machine others took meanwhile.
    pub fn watching<T>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<(T, f64)> {
        let before = self.moment()?;
        let done = work()?;
        let after = self.moment()?;
        let busy = after.machine.busy.saturating_sub(before.machine.busy);
        let others = busy.saturating_sub(after.ours.saturating_sub(before.ours));
        let there = after
            .machine
            .there
            .saturating_sub(before.machine.there)
            .max(1);
        Ok((done, float(others) / float(there)))
    }

    /// Writes requests for wrk: method, path, cookie and body of each.
    pub fn requests(
        &self,
        name: &str,
        all: impl Iterator<Item = (&'static str, String, String, String)>,
    ) -> anyhow::Result<PathBuf> {
        let mut text = String::new();
        for (method, path, cookie, body) in all {
            writeln!(text, "{method}\t{path}\t{cookie}\t{body}")?;
        }
        let path = self.folder.join(name);
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Starts wrk.
    pub fn wrk(&self, server: &Server, load: &Load<'_>) -> anyhow::Result<Running> {
        let mode = match load.mode {
            Mode::Rotate => "rotate",
            Mode::Once => "once",
            Mode::Counted => "counted",
            Mode::Slow => "slow",
        };
        let script = self.folder.join(format!("{mode}.lua"));
        fs::write(
            &script,
            format!("MODE = \"{mode}\"\n{}", include_str!("wrk.lua")),
        )?;
        let out = self
            .folder
            .join(format!("wrk-{mode}-{}.out", server.address.port()));
        let file = fs::File::create(&out)?;
        let mut command = Command::new("wrk");
        command
            .args(["--threads", "1", "--timeout", "30s"])
            .args(["--connections", &load.clients.to_string()])
            .args(["--duration", &format!("{}s", load.seconds)])
            .arg("--script")
            .arg(script)
            .arg(server.url("/"))
            .arg("--")
            .arg(load.requests)
            .stdin(Stdio::null())
            .stderr(file.try_clone()?)
            .stdout(file);
        Ok(Running {
            process: Process::start(&mut command)?,
            out,
        })
    }

    /// Drives a server, and measures it and, where it uses one, its database.
    pub fn drive(
        &self,
        server: &Server,
        with_postgres: bool,
        load: &Load<'_>,
    ) -> anyhow::Result<Drive> {
        let used = || {
            let database = if with_postgres {
                proc::used_by_family(self.postgres)
            } else {
                0
            };
            proc::used(server.process.id()) + database
        };
        let before = used();
        let (told, others) = self.watching(|| self.wrk(server, load)?.told())?;
        let used = used().saturating_sub(before);
        Ok(told.drive(load.mode, used, others))
    }
}

/// wrk at work.
pub struct Running {
    process: Process,
    out: PathBuf,
}

impl Running {
    fn told(self) -> anyhow::Result<Told> {
        self.process.wait();
        let mut text = String::new();
        fs::File::open(&self.out)?.read_to_string(&mut text)?;
        let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
        let line = line.with_context(|| format!("wrk said: {text}"))?;
        let told: Told = serde_json::from_str(line)?;
        ensure!(told.requests > 0, "nothing was answered; wrk said: {text}");
        Ok(told)
    }

    /// Waits for its end: what was measured, without what it used.
    pub fn finish(self, mode: Mode) -> anyhow::Result<Drive> {
        Ok(self.told()?.drive(mode, 0, 0.0))
    }
}

impl Told {
    fn drive(&self, mode: Mode, used: u64, others: f64) -> Drive {
        let counted = matches!(mode, Mode::Once | Mode::Counted);
        let requests = if counted { self.good } else { self.requests };
        let refused = if counted {
            self.answered - self.good
        } else {
            0
        };
        let time = if mode == Mode::Once {
            self.busy
        } else {
            self.microseconds
        };
        Drive {
            requests,
            failures: self.failed.max(refused),
            rate: float(requests) * 1e6 / float(time.max(1)),
            p50_ms: float(self.p50) / 1e3,
            p99_ms: float(self.p99) / 1e3,
            cpu: float(used) / float(requests.max(1)),
            others,
            spent: self.spent > 0,
        }
    }
}
