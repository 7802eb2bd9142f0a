//! A Postgres of a test's own, to be ended as power cuts and administrators end them.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use diesel::{Connection, PgConnection};

use super::{
    db::{TestDb, fresh_folder, service},
    program::signal,
    seed::World,
};

/// How long it may take to start or to stop.
const PATIENCE: Duration = Duration::from_mins(1);

/// The server, reached by a Unix socket alone. Ended on drop.
pub struct Cluster {
    folder: PathBuf,
    home: PathBuf,
    server: Option<Child>,
}

impl Cluster {
    /// Makes one, and starts it.
    pub fn starts() -> Self {
        let folder = fresh_folder("cluster");
        let home = folder.join("pg");
        // Whoever reaches the socket is superuser, so nobody else may enter the folder.
        fs::DirBuilder::new().mode(0o700).create(&home).unwrap();
        if as_root() {
            let given = Command::new("chown").arg("postgres:").arg(&home).status();
            assert!(given.unwrap().success());
        }
        let mut cluster = Self {
            folder,
            home,
            server: None,
        };
        let made = cluster
            .command("initdb")
            .args([
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ])
            .args(["--no-sync", "--no-instructions"])
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        cluster.starts_again();
        cluster
    }

    /// One of the server's programs, over this server's files. As root: as the user `postgres`,
    /// since the server refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let program = PathBuf::from(service("ENTENTE_TEST_PG_BIN")).join(program);
        let mut command = if as_root() {
            let mut command = Command::new("setpriv");
            command.args([
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--",
            ]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command.arg("-D").arg(self.home.join("data"));
        command
            .env("LC_ALL", "C")
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    /// Starts the server over what the last one left, as often as it takes: what is left of that
    /// one may still be ending.
    pub fn starts_again(&mut self) {
        let started = Instant::now();
        let log = self.folder.join("server.log");
        let said = || fs::read_to_string(&log).unwrap_or_default();
        loop {
            let out = fs::File::options()
                .create(true)
                .append(true)
                .open(&log)
                .unwrap();
            let sockets = format!("unix_socket_directories={}", self.home.display());
            let settings = [
                "listen_addresses=",
                &sockets,
                "unix_socket_permissions=0700",
                "max_connections=40",
                "shared_buffers=16MB",
                "fsync=on",
                "synchronous_commit=on",
                "jit=off",
                "timezone=UTC",
            ];
            let mut server = self.command("postgres");
            for setting in settings {
                server.args(["-c", setting]);
            }
            let mut server = server
                .stdout(out.try_clone().unwrap())
                .stderr(out)
                .spawn()
                .unwrap();
            while server.try_wait().unwrap().is_none() {
                if PgConnection::establish(&self.setting("postgres")).is_ok() {
                    self.server = Some(server);
                    return;
                }
                assert!(started.elapsed() < PATIENCE, "{}", said());
                thread::sleep(Duration::from_millis(20));
            }
            assert!(started.elapsed() < PATIENCE, "{}", said());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The address of a database, as a setting has it.
    fn setting(&self, database: &str) -> String {
        let host = self.home.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@/{database}?host={host}")
    }

    /// A database with the cast in it.
    pub fn with_cast(&self) -> (TestDb, World) {
        TestDb::elsewhere(self.setting("postgres"))
    }

    /// `pg_ctl stop -m immediate`.
    pub fn stops_at_once(&mut self) {
        let stopped = self
            .command("pg_ctl")
            .args(["stop", "-m", "immediate"])
            .output()
            .unwrap();
        assert!(
            stopped.status.success(),
            "{}",
            String::from_utf8_lossy(&stopped.stderr)
        );
        self.ended();
    }

    /// `kill -9` of the server's first process.
    pub fn is_killed(&mut self) {
        let file = fs::read_to_string(self.home.join("data/postmaster.pid")).unwrap();
        let process = file.lines().next().unwrap().parse().unwrap();
        signal(process, "KILL");
        self.ended();
    }

    fn ended(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.wait().unwrap();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = self
                .command("pg_ctl")
                .args(["stop", "-m", "immediate"])
                .output();
            let _ = server.kill();
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether the tests run as root.
fn as_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
