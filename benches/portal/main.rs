//! The benchmark. `scripts/bench` runs it, and `docs/benchmark.md` says what it measures.

mod accept;
mod data;
mod directory;
mod drive;
mod goals;
mod growth;
mod list;
mod proc;
mod product;
mod references;
mod report;
mod servers;
mod sign_in;
mod sql;
mod start;
mod stats;
mod world;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use entente::command::out;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use drive::{Bench, Drive};
use product::Product;
use report::Results;
use world::World;

// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A part of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
enum Part {
    List,
    Accept,
    Start,
    Memory,
    SignIn,
    Growth,
}

/// Measures the portal on this machine, beside references of its own
#[derive(Debug, Clone, Parser, Serialize)]
#[command(name = "scripts/bench")]
pub struct Options {
    /// Rounds, in each of which everything is measured once
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds that each measurement takes
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Connections at once
    #[arg(long, default_value_t = 32)]
    clients: u32,
    /// Only these parts, with commas between
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Customers, each with one administrator who is signed in; at least 2
    #[arg(long, default_value_t = 1000)]
    tenants: usize,
    /// Relationships, a twentieth of them the first customer's
    #[arg(long, default_value_t = 100_000)]
    relationships: usize,
    /// Shows also what was measured while others used the machine, marked as such
    #[arg(long)]
    disturbed: bool,
    /// Writes every measurement to a file, relative to the root of the repository
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The program to measure
    #[arg(long, value_name = "FILE", hide = true)]
    binary: Option<PathBuf>,
    /// Serves the references
    #[arg(long, value_name = "ADDRESS", hide = true)]
    references: Option<SocketAddr>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// Without the list itself, enough to see its memory.
    fn list_rounds(&self) -> usize {
        if self.wants(Part::List) {
            self.rounds
        } else {
            1
        }
    }

    fn sign_in_rounds(&self) -> usize {
        if self.wants(Part::SignIn) {
            self.rounds
        } else {
            1
        }
    }

    /// Shorter, since every second uses thousands of invitations.
    fn accept_seconds(&self) -> u32 {
        self.seconds.div_ceil(2)
    }

    /// Tells how it is going.
    fn tell(&self, round: &str, what: &str, drive: &Drive) {
        let disturbed = if drive.counts() {
            ""
        } else {
            ", doesn't count"
        };
        eprintln!(
            "{round}/{}: {what}: {:.0}/s, {:.0} us of CPU each, others {:.0} %{disturbed}",
            self.rounds,
            drive.rate,
            drive.cpu,
            drive.others * 100.0
        );
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    std::thread::spawn(stop_when_told);
    let done = match options.references {
        Some(address) => {
            references::serve(address, &World::new(options.tenants, options.relationships))
        }
        None => run(&options),
    };
    servers::end_all();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Takes the servers along when told to stop.
fn stop_when_told() {
    actix_web::rt::System::new().block_on(async {
        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        let waits = kinds
            .into_iter()
            .filter_map(|kind| signal(kind).ok())
            .map(|mut signal| {
                Box::pin(async move {
                    signal.recv().await;
                })
            });
        futures_util::future::select_all(waits).await;
    });
    servers::end_all();
    std::process::exit(130);
}

fn run(options: &Options) -> anyhow::Result<()> {
    anyhow::ensure!(options.tenants > 1, "--tenants: at least 2");
    anyhow::ensure!(options.relationships >= 20, "--relationships: at least 20");
    let env = |name: &str| std::env::var(name).with_context(|| "run scripts/bench instead");
    let postgres = env("ENTENTE_TEST_POSTGRES_URL")?;
    let mut bench = Bench {
        folder: env("ENTENTE_TEST_FOLDER")?.into(),
        postgres: env("ENTENTE_TEST_POSTGRES_PID")?.parse()?,
        servers: Vec::new(),
    };
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/entente");
    let binary = options.binary.clone().unwrap_or(release);
    let world = World::new(options.tenants, options.relationships);
    let products = [
        Product::sqlite(&bench, &binary, "usual"),
        Product::postgres(&bench, &binary, &postgres, "usual")?,
    ];
    if options.only != [Part::Growth] {
        fill(&products, &world)?;
    }
    let mut results = Results::new(options, std::fs::metadata(&binary)?.len());
    if options.wants(Part::Start) {
        for product in &products {
            results
                .starts
                .push((product.name, start::run(&bench, options, product)?));
        }
    }
    if options.wants(Part::List) || options.wants(Part::Memory) {
        results.lists = list::run(&mut bench, options, &world, &products)?;
    }
    if options.wants(Part::Accept) {
        for product in &products {
            results
                .accepts
                .push(accept::run(&mut bench, options, &world, product)?);
        }
    }
    if options.wants(Part::SignIn) || options.wants(Part::Memory) {
        for product in products.iter().take(1) {
            results.sign_ins = Some(sign_in::run(&mut bench, options, &world, product)?);
        }
    }
    if options.wants(Part::Growth) {
        let world = growth::world();
        for product in [
            Product::sqlite(&bench, &binary, "growth"),
            Product::postgres(&bench, &binary, &postgres, "growth")?,
        ] {
            fill(std::slice::from_ref(&product), &world)?;
            let measured = growth::run(&mut bench, options, &world, &product)?;
            results.growths.push(measured);
        }
    }
    results.write()?;
    out::line(&results.text());
    Ok(())
}

fn fill(products: &[Product], world: &World) -> anyhow::Result<()> {
    for product in products {
        eprintln!("filling {}", product.name);
        product.prepare(world)?;
    }
    Ok(())
}
