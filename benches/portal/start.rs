//! From the start of the program to its first page, on a migrated database.

use serde::Serialize;

use crate::{Options, drive::Bench, proc::float, product::Product, stats::Spread};

/// How often it is started in a round.
const TIMES: usize = 5;

/// One round.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Starts {
    /// The middle one, in milliseconds.
    pub first_answer_ms: f64,
    pub others: f64,
}

/// Runs the rounds.
pub fn run(bench: &Bench, options: &Options, product: &Product) -> anyhow::Result<Vec<Starts>> {
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        let (times, others) = bench.watching(|| {
            let times = (0..TIMES).map(|_| {
                let server = product.serve()?;
                Ok(float(u64::try_from(server.first_answer.as_micros())?) / 1e3)
            });
            times.collect::<anyhow::Result<Vec<f64>>>()
        })?;
        if let Some(times) = Spread::of(times.into_iter()) {
            rounds.push(Starts {
                first_answer_ms: times.median,
                others,
            });
        }
    }
    Ok(rounds)
}
