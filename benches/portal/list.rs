//! The list page and a search of the directory beside their references, interleaved.

use entente::portal::relationships::pages::PATH;
use serde::Serialize;

use crate::{
    Options, directory,
    drive::{Bench, Drive, Load, Mode},
    proc::{Memory, memory},
    product::{self, Product},
    references,
    servers::Server,
    world::World,
};

/// Something that is driven, with a measurement for each round.
#[derive(Serialize)]
pub struct Contender {
    pub name: String,
    pub rounds: Vec<Drive>,
    /// The length of its page, in bytes.
    pub page: usize,
    /// After all rounds.
    pub memory: Option<Memory>,
}

struct Target<'a> {
    server: &'a Server,
    paths: Vec<String>,
    is_postgres: bool,
}

/// Runs the rounds. The first contenders are R0 and R1, then what is rendered of rows, then the
/// products' lists, then their searches.
pub fn run(
    bench: &mut Bench,
    options: &Options,
    world: &World,
    products: &[Product],
) -> anyhow::Result<Vec<Contender>> {
    let own = std::env::current_exe()?;
    let references = Server::start(
        references::R1,
        &bench.folder.join("references"),
        |address| {
            let mut command = std::process::Command::new(&own);
            command.args(["--references", address]);
            command.args(["--tenants", &options.tenants.to_string()]);
            command.args(["--relationships", &options.relationships.to_string()]);
            command
        },
    )?;
    let servers: anyhow::Result<Vec<Server>> = products.iter().map(Product::serve).collect();
    let servers = servers?;
    bench.servers = servers
        .iter()
        .chain([&references])
        .map(|s| s.process.id())
        .collect();
    let mut contenders = Vec::new();
    let mut targets = Vec::new();
    for (name, path) in [
        ("R0: constant body", references::R0),
        ("R1: page from memory", references::R1),
        ("rows in memory to page", references::ROWS),
    ] {
        let page = references.ask("GET", path, &[], "")?.body.len();
        contenders.push(contender(name.to_owned(), page));
        targets.push(Target {
            server: &references,
            paths: vec![path.to_owned()],
            is_postgres: false,
        });
    }
    for (product, server) in products.iter().zip(&servers) {
        let page = product::every_list_is_one(server, world)?;
        contenders.push(contender(format!("list, {}", product.name), page));
        targets.push(Target {
            server,
            paths: vec![PATH.to_owned()],
            is_postgres: product.is_postgres,
        });
    }
    for (product, server) in products.iter().zip(&servers) {
        let searches = directory::searches();
        let page = product::every_search_finds(server, world, &searches)?;
        contenders.push(contender(format!("search, {}", product.name), page));
        targets.push(Target {
            server,
            paths: searches,
            is_postgres: product.is_postgres,
        });
    }
    for round in 0..=options.list_rounds() {
        for (contender, target) in contenders.iter_mut().zip(&targets) {
            let requests = product::opened(bench, world, "lists", &target.paths)?;
            let load = Load {
                requests: &requests,
                mode: Mode::Rotate,
                clients: options.clients,
                // The first round only warms up.
                seconds: if round == 0 { 1 } else { options.seconds },
            };
            let drive = bench.drive(target.server, target.is_postgres, &load)?;
            if round > 0 {
                options.tell(&format!("round {round}"), &contender.name, &drive);
                contender.rounds.push(drive);
            }
        }
    }
    for (contender, target) in contenders.iter_mut().zip(&targets) {
        contender.memory = Some(memory(target.server.process.id())?);
    }
    bench.servers.clear();
    Ok(contenders)
}

fn contender(name: String, page: usize) -> Contender {
    Contender {
        name,
        rounds: Vec::new(),
        page,
        memory: None,
    }
}
