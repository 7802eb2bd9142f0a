//! What is printed and written of the measurements.

use entente::command::out;
use serde::Serialize;

use crate::{
    Options,
    accept::Accepts,
    drive::{DISTURBED, Drive},
    goals::{Goal, goals},
    growth::Growth,
    list::Contender,
    proc::float,
    sign_in::SignIns,
    start::Starts,
    stats::{Spread, shown},
};

/// Everything that was measured.
#[derive(Serialize)]
pub struct Results {
    pub options: Options,
    cores: usize,
    pub binary: u64,
    pub starts: Vec<(&'static str, Vec<Starts>)>,
    pub lists: Vec<Contender>,
    pub accepts: Vec<Accepts>,
    pub sign_ins: Option<SignIns>,
    pub growths: Vec<Growth>,
}

/// Which rounds are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounds {
    /// Those in which nobody disturbed.
    Counting,
    /// All of them.
    All,
}

impl Rounds {
    /// Whether a measurement is looked at, of which others took this share.
    pub fn takes(self, others: f64) -> bool {
        self == Self::All || others <= DISTURBED
    }

    /// How many rounds a goal may be measured by: of disturbed ones, none.
    pub const fn planned(self, rounds: usize) -> usize {
        match self {
            Self::Counting => rounds,
            Self::All => 0,
        }
    }
}

/// A figure of each round.
pub fn each(drives: &[Drive], rounds: Rounds, figure: impl Fn(&Drive) -> f64) -> Option<Spread> {
    Spread::of(
        drives
            .iter()
            .filter(|drive| rounds.takes(drive.others))
            .map(figure),
    )
}

/// A figure of each round, divided by the same of something else in the same round.
pub fn ratio(
    drives: &[Drive],
    to: &[Drive],
    rounds: Rounds,
    figure: impl Fn(&Drive) -> f64,
) -> Option<Spread> {
    let pairs = drives.iter().zip(to);
    let pairs = pairs.filter(|(a, b)| rounds.takes(a.others) && rounds.takes(b.others));
    Spread::of(pairs.map(|(a, b)| figure(a) / figure(b)))
}

/// Bytes as millions.
fn mega(bytes: u64) -> String {
    format!("{:.1}", float(bytes) / 1e6)
}

const LISTS: [&str; 11] = [
    "list",
    "page, bytes",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "failed",
    "CPU us/request",
    "CPU / R1",
    "requests / R1",
    "RSS, PSS MB",
    "rounds",
];
const ACCEPTS: [&str; 8] = [
    "accept",
    "clients",
    "accepted/s",
    "p50 ms",
    "p99 ms",
    "failed",
    "CPU us/accepted",
    "rounds",
];

impl Results {
    /// Nothing measured yet.
    pub fn new(options: &Options, binary: u64) -> Self {
        Self {
            options: options.clone(),
            cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            binary,
            starts: Vec::new(),
            lists: Vec::new(),
            accepts: Vec::new(),
            sign_ins: None,
            growths: Vec::new(),
        }
    }

    /// R1's rounds.
    pub fn r1(&self) -> &[Drive] {
        self.lists.get(1).map_or(&[], |r1| &r1.rounds)
    }

    /// Writes the file that was asked for.
    pub fn write(&self) -> anyhow::Result<()> {
        if let Some(path) = &self.options.json {
            let told =
                serde_json::json!({ "results": self, "goals": goals(self, Rounds::Counting) });
            std::fs::write(path, serde_json::to_string_pretty(&told)? + "\n")?;
        }
        Ok(())
    }

    /// All tables.
    pub fn text(&self) -> String {
        let mut text = format!(
            "\n{} cores; {} tenants, {} relationships; {} rounds of {} s, {} connections.\n\
             Each figure: the middle one of the rounds that count (smallest-largest).\n",
            self.cores,
            self.options.tenants,
            self.options.relationships,
            self.options.rounds,
            self.options.seconds,
            self.options.clients,
        );
        text.push_str(&self.tables(Rounds::Counting));
        if self.options.disturbed {
            text.push_str(
                "\nDISTURBED: the same over all rounds, also those that don't count. No measurement.\n",
            );
            text.push_str(&self.tables(Rounds::All));
        }
        text
    }

    fn tables(&self, rounds: Rounds) -> String {
        let mut text = String::new();
        let lists: Vec<Vec<String>> = self.lists.iter().map(|c| self.list(c, rounds)).collect();
        if !lists.is_empty() {
            text += &block(&LISTS, &lists);
        }
        let accepts = self.accepts.iter().flat_map(|accepts| {
            let both = [("1", &accepts.one), ("many", &accepts.many)];
            both.map(|(clients, drives)| accept(accepts.product, clients, drives, rounds))
        });
        let accepts: Vec<Vec<String>> = accepts.collect();
        if !accepts.is_empty() {
            text += &block(&ACCEPTS, &accepts);
        }
        let goals = goals(self, rounds).into_iter().map(Goal::row);
        text + &block(
            &["goal", "measured", "wanted", ""],
            &goals.collect::<Vec<_>>(),
        )
    }

    fn list(&self, contender: &Contender, rounds: Rounds) -> Vec<String> {
        let drives = &contender.rounds;
        let of = |figure: fn(&Drive) -> f64| shown(each(drives, rounds, figure));
        let to_r1 = |figure: fn(&Drive) -> f64| shown(ratio(drives, self.r1(), rounds, figure));
        vec![
            contender.name.clone(),
            contender.page.to_string(),
            of(|drive| drive.rate),
            of(|drive| drive.p50_ms),
            of(|drive| drive.p99_ms),
            failures(drives).to_string(),
            of(|drive| drive.cpu),
            to_r1(|drive| drive.cpu),
            to_r1(|drive| drive.rate),
            contender
                .memory
                .map(|memory| format!("{}, {}", mega(memory.rss), mega(memory.pss)))
                .unwrap_or_default(),
            counted(drives, rounds),
        ]
    }
}

/// A table between empty lines.
fn block(head: &[&str], rows: &[Vec<String>]) -> String {
    format!("\n{}\n", out::table(head, rows))
}

/// All failures, whether or not a round counts.
pub fn failures(drives: &[Drive]) -> u64 {
    drives.iter().map(|drive| drive.failures).sum()
}

fn counted(drives: &[Drive], rounds: Rounds) -> String {
    let counting = drives
        .iter()
        .filter(|drive| rounds.takes(drive.others))
        .count();
    format!("{counting} of {}", drives.len())
}

fn accept(product: &str, clients: &str, drives: &[Drive], rounds: Rounds) -> Vec<String> {
    let of = |figure: fn(&Drive) -> f64| shown(each(drives, rounds, figure));
    vec![
        product.to_owned(),
        clients.to_owned(),
        of(|drive| drive.rate),
        of(|drive| drive.p50_ms),
        of(|drive| drive.p99_ms),
        failures(drives).to_string(),
        of(|drive| drive.cpu),
        counted(drives, rounds),
    ]
}
