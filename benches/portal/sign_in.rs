//! Signing in, beside what the machine can hash at all, and a list that somebody opens meanwhile.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use argon2::{Argon2, PasswordHash, PasswordVerifier as _};
use entente::portal::relationships::pages::PATH;
use serde::Serialize;

use crate::{
    Options,
    data::{PASSWORD, password_hash},
    drive::{Bench, Drive, Load, Mode},
    proc::{Memory, float, memory},
    product::{self, Product},
    world::World,
};

/// How many try to sign in at once.
const CLIENTS: u32 = 16;

/// One round.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Round {
    /// Hashes a second, one thread for each core, and nothing else.
    pub raw: f64,
    pub sign_ins: Drive,
    /// The list opened now and then: alone, and while people sign in.
    pub list_alone: Drive,
    pub list_beside: Drive,
    pub others: f64,
}

/// All rounds.
#[derive(Serialize)]
pub struct SignIns {
    pub rounds: Vec<Round>,
    pub memory: Memory,
}

/// Runs the rounds, on a server that did nothing else.
pub fn run(
    bench: &mut Bench,
    options: &Options,
    world: &World,
    product: &Product,
) -> anyhow::Result<SignIns> {
    let server = product.serve()?;
    bench.servers = vec![server.process.id()];
    let hash = password_hash()?;
    let lists = product::opened(bench, world, "now-and-then", &[PATH.to_owned()])?;
    let forms = world.tenants.iter().map(|tenant| {
        let fields = [
            ("email", tenant.admin.email.as_str()),
            ("password", PASSWORD),
        ];
        let body = serde_urlencoded::to_string(fields).unwrap_or_default();
        ("POST", "/sign-in".to_owned(), String::new(), body)
    });
    let forms = bench.requests("sign-ins", forms)?;
    let seconds = options.seconds;
    let load = |requests, mode, clients| Load {
        requests,
        mode,
        clients,
        seconds,
    };
    let slow = load(&lists, Mode::Slow, 1);
    let mut rounds = Vec::new();
    for number in 1..=options.sign_in_rounds() {
        let (mut round, others) = bench.watching(|| {
            let raw = raw(&hash, Duration::from_secs(seconds.into()))?;
            let list_alone = bench.wrk(&server, &slow)?.finish(Mode::Slow)?;
            let beside = bench.wrk(&server, &slow)?;
            let sign_ins = load(&forms, Mode::Counted, CLIENTS);
            let sign_ins = bench.drive(&server, product.is_postgres, &sign_ins)?;
            let list_beside = beside.finish(Mode::Slow)?;
            Ok(Round {
                raw,
                sign_ins,
                list_alone,
                list_beside,
                others: 0.0,
            })
        })?;
        round.others = others;
        options.tell(&format!("round {number}"), "sign-in", &round.sign_ins);
        rounds.push(round);
    }
    let memory = memory(server.process.id())?;
    bench.servers.clear();
    Ok(SignIns { rounds, memory })
}

/// Verifies for a while on every core.
fn raw(hash: &str, time: Duration) -> anyhow::Result<f64> {
    let hash = PasswordHash::new(hash).map_err(|error| anyhow::anyhow!("{error}"))?;
    let (done, began) = (AtomicU64::new(0), Instant::now());
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while began.elapsed() < time {
                    let right = Argon2::default().verify_password(PASSWORD.as_bytes(), &hash);
                    done.fetch_add(u64::from(right.is_ok()), Ordering::Relaxed);
                }
            });
        }
    });
    Ok(float(done.into_inner()) / began.elapsed().as_secs_f64())
}
