//! The product: its release binary, on a database with the data set.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use actix_web::cookie::{Cookie, CookieJar, Key};
use anyhow::ensure;
use entente::{
    app::cookie_name,
    db::{Db, connect::DatabaseUrl},
    portal::relationships::pages::PATH,
    secret::Secret,
};

use crate::{
    data,
    drive::Bench,
    servers::Server,
    sql,
    world::{Tenant, World},
};

/// The secret of the installations that are measured; they are gone with the benchmark.
const SECRET: &str = "benchmark 0123456789abcdefghijklmnopqrstuv";

/// An installation on one database.
pub struct Product {
    pub name: &'static str,
    pub url: String,
    pub is_postgres: bool,
    binary: PathBuf,
    folder: PathBuf,
}

impl Product {
    /// On a new SQLite file, under a name.
    pub fn sqlite(bench: &Bench, binary: &Path, name: &str) -> Self {
        let folder = bench.folder.join(format!("sqlite-{name}"));
        Self {
            name: "SQLite",
            url: format!("sqlite:{}", folder.join("entente.db").display()),
            is_postgres: false,
            binary: binary.to_owned(),
            folder,
        }
    }

    /// On a new database of the temporary Postgres, under a name.
    pub fn postgres(
        bench: &Bench,
        binary: &Path,
        server: &str,
        name: &str,
    ) -> anyhow::Result<Self> {
        let mut conn = DatabaseUrl::parse(server, false)?.connect_once()?;
        sql::run(&mut conn, &format!("CREATE DATABASE {name}"))?;
        Ok(Self {
            name: "Postgres",
            url: server.replacen("/postgres?", &format!("/{name}?"), 1),
            is_postgres: true,
            binary: binary.to_owned(),
            folder: bench.folder.join(format!("postgres-{name}")),
        })
    }

    /// A command of the product's, with nothing set but what a small installation sets.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        let names = std::env::vars_os().map(|(name, _)| name);
        for name in names.filter(|name| name.to_string_lossy().starts_with("ENTENTE_")) {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .env("ENTENTE_DATA_DIR", &self.folder)
            .env("ENTENTE_DATABASE_URL", &self.url)
            .env("ENTENTE_SECRET", SECRET)
            .env("ENTENTE_PUBLIC_URL", "http://portal.example")
            .env("ENTENTE_ALLOW_HTTP", "true")
            .env("ENTENTE_OPERATOR", "Benchmark");
        command
    }

    fn run(&self, args: &[&str]) -> anyhow::Result<()> {
        let out = self.command().args(args).output()?;
        let said = String::from_utf8_lossy(&out.stderr);
        ensure!(
            out.status.success(),
            "entente {} failed: {said}",
            args.join(" ")
        );
        Ok(())
    }

    /// Migrates and fills the database, by the product's own commands where there are some.
    pub fn prepare(&self, world: &World) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        self.run(&["migrate"])?;
        let text = |language: &str| {
            let root = env!("CARGO_MANIFEST_DIR");
            format!("{language}={root}/src/command/demo/agreement.{language}.md")
        };
        let (en, fr) = (text("en"), text("fr"));
        self.run(&[
            "agreement",
            "publish",
            "--dated",
            "2026-07-01",
            "--text",
            &en,
            "--text",
            &fr,
        ])?;
        data::fill(&self.db()?, world)?;
        self.settle()
    }

    /// What the database would do by itself sooner or later.
    pub fn settle(&self) -> anyhow::Result<()> {
        data::settle(&mut DatabaseUrl::parse(&self.url, false)?.connect_once()?)
    }

    /// The database.
    pub fn db(&self) -> anyhow::Result<Db> {
        Ok(Db::open(&DatabaseUrl::parse(&self.url, false)?, 2)?)
    }

    /// Starts serving: with its own defaults, and the log in a file.
    pub fn serve(&self) -> anyhow::Result<Server> {
        Server::start("/sign-in", &self.folder.join("log"), |address| {
            let mut command = self.command();
            command.arg("serve").env("ENTENTE_LISTEN", address);
            command
        })
    }
}

/// The cookie of a tenant's administrator, sealed as the server seals it.
pub fn cookie(tenant: &Tenant) -> anyhow::Result<String> {
    let key = Key::from(&Secret::new(SECRET)?.cookie_key());
    let mut jar = CookieJar::new();
    let cookie = Cookie::new(cookie_name(false), tenant.session.clone());
    jar.private_mut(&key).add(cookie);
    let sealed = jar
        .delta()
        .next()
        .map(|cookie| cookie.encoded().to_string());
    sealed.ok_or_else(|| anyhow::anyhow!("no cookie"))
}

/// Every tenant's administrator opens a page: these, in turn.
pub fn opened(
    bench: &Bench,
    world: &World,
    name: &str,
    paths: &[String],
) -> anyhow::Result<PathBuf> {
    let cookies: anyhow::Result<Vec<String>> = world.tenants.iter().map(cookie).collect();
    let all = cookies?.into_iter().zip(paths.iter().cycle());
    bench.requests(
        name,
        all.map(|(cookie, path)| ("GET", path.clone(), cookie, String::new())),
    )
}

/// Makes every search as the first tenant's administrator: each must find more than a page. Gives
/// back how long the middle page is.
pub fn every_search_finds(
    server: &Server,
    world: &World,
    searches: &[String],
) -> anyhow::Result<usize> {
    let mut lengths = Vec::new();
    let asker = world.tenants.first().map(cookie).transpose()?;
    for search in searches {
        let cookie = asker.clone().unwrap_or_default();
        let answer = server.ask("GET", search, &[("Cookie", &cookie)], "")?;
        let found = answer.body.matches("class=\"result\"").count();
        ensure!(
            answer.status == 200 && found == entente::web::paginate::PAGE,
            "{search} answered {} with {found} partners",
            answer.status
        );
        lengths.push(answer.body.len());
    }
    lengths.sort_unstable();
    Ok(lengths.get(lengths.len() / 2).copied().unwrap_or(0))
}

/// Opens the list as each tenant's administrator: every page must be one. Gives back how long the
/// middle one is.
pub fn every_list_is_one(server: &Server, world: &World) -> anyhow::Result<usize> {
    let mut lengths = Vec::new();
    for tenant in &world.tenants {
        let answer = server.ask("GET", PATH, &[("Cookie", &cookie(tenant)?)], "")?;
        let rows = answer.body.matches("<tr class=\"row\"").count();
        let wanted = tenant.partners.1.min(entente::web::paginate::PAGE);
        ensure!(
            answer.status == 200 && rows == wanted,
            "the list of {} answered {} with {rows} rows, not {wanted}",
            tenant.name,
            answer.status
        );
        lengths.push(answer.body.len());
    }
    lengths.sort_unstable();
    Ok(lengths.get(lengths.len() / 2).copied().unwrap_or(0))
}
