//! A customer with 50,000 of a million relationships: the last page of its list, beside the first
//! page of customers that have no more than fill one.

use anyhow::{Context as _, ensure};
use entente::{portal::relationships::pages::PATH, web::paginate::PAGE};
use serde::Serialize;

use crate::{
    Options,
    drive::{Bench, Drive, Load, Mode},
    product::{self, Product},
    servers::Server,
    world::{Tenant, World},
};

/// So many relationships, a twentieth of them the first customer's.
const RELATIONSHIPS: usize = 1_000_000;
/// So many customers that each other one has a page full.
const TENANTS: usize = 1 + (RELATIONSHIPS - RELATIONSHIPS / 20) / PAGE;
/// How many of the others are driven in turn.
const OTHERS: usize = 1000;

/// What was measured on one database.
#[derive(Serialize)]
pub struct Growth {
    pub product: &'static str,
    /// The first page of the others.
    pub first: Vec<Drive>,
    /// The last page of the first customer.
    pub last: Vec<Drive>,
}

/// The data set.
pub fn world() -> World {
    World::new(TENANTS, RELATIONSHIPS)
}

/// Runs the rounds.
pub fn run(
    bench: &mut Bench,
    options: &Options,
    world: &World,
    product: &Product,
) -> anyhow::Result<Growth> {
    let server = product.serve()?;
    bench.servers = vec![server.process.id()];
    let big = world.tenants.first().context("nobody")?;
    let get = |path: &str, tenant: &Tenant| {
        let cookie = product::cookie(tenant)?;
        anyhow::Ok(("GET", path.to_owned(), cookie, String::new()))
    };
    let last = get(&last_page(&server, big)?, big)?;
    let last = bench.requests("last-page", std::iter::once(last))?;
    let others = world.tenants.iter().skip(1).take(OTHERS);
    let first: anyhow::Result<Vec<_>> = others.map(|tenant| get(PATH, tenant)).collect();
    let first = bench.requests("first-pages", first?.into_iter())?;
    let mut growth = Growth {
        product: product.name,
        first: Vec::new(),
        last: Vec::new(),
    };
    for round in 0..=options.rounds {
        for (what, requests, rounds) in [
            ("first page of 50", &first, &mut growth.first),
            ("last page of 50,000", &last, &mut growth.last),
        ] {
            let load = Load {
                requests,
                mode: Mode::Rotate,
                clients: options.clients,
                // The first round only warms up.
                seconds: if round == 0 { 1 } else { options.seconds },
            };
            let drive = bench.drive(&server, product.is_postgres, &load)?;
            if round > 0 {
                let what = format!("{}, {what}", product.name);
                options.tell(&format!("round {round}"), &what, &drive);
                rounds.push(drive);
            }
        }
    }
    bench.servers.clear();
    Ok(growth)
}

/// The address of the last page of somebody's list, to which a person would go on page by page.
fn last_page(server: &Server, tenant: &Tenant) -> anyhow::Result<String> {
    let cookie = product::cookie(tenant)?;
    let mut path = PATH.to_owned();
    for _ in 1..tenant.partners.1.div_ceil(PAGE) {
        let page = server.ask("GET", &path, &[("Cookie", &cookie)], "")?.body;
        let next = page.split("href=\"").find_map(|rest| {
            let (address, _) = rest.split_once('"')?;
            address.contains("after=").then(|| address.to_owned())
        });
        path = next.with_context(|| format!("no page after {path}"))?;
        path = path.replace("&amp;", "&").replace("&#38;", "&");
    }
    let page = server.ask("GET", &path, &[("Cookie", &cookie)], "")?;
    let rows = page.body.matches("<tr class=\"row\"").count();
    ensure!(rows == PAGE, "the last page has {rows} rows");
    ensure!(!page.body.contains("after="), "another page follows");
    Ok(path)
}
