//! The goals, and whether they are met.

use serde::Serialize;

use crate::{
    drive::Drive,
    list::Contender,
    proc::float,
    report::{Results, Rounds, each, failures, ratio},
    sign_in::{Round, SignIns},
    stats::{Spread, number, shown},
};

/// A round must be one of at least this many.
const ROUNDS: usize = 5;

/// What is wanted of a figure.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Wanted {
    AtMost(f64),
    AtLeast(f64),
}

/// How it came out.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Verdict {
    Met,
    Missed,
    NotMeasured,
}

/// A goal with what was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Goal {
    pub what: String,
    pub measured: Option<Spread>,
    pub wanted: Wanted,
    pub verdict: Verdict,
}

impl Wanted {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtMost(most) => figure <= most,
            Self::AtLeast(least) => figure >= least,
        }
    }
}

impl Goal {
    /// A goal for a figure that is of rounds: of too few it is no measurement.
    fn of_rounds(what: &str, measured: Option<Spread>, wanted: Wanted, planned: usize) -> Self {
        let enough = |figure: &Spread| figure.is_enough() && planned >= ROUNDS;
        Self::new(what, measured, wanted, enough)
    }

    /// A goal for a figure that nobody can disturb.
    fn of_one(what: &str, measured: Option<f64>, wanted: Wanted) -> Self {
        Self::new(what, Spread::of(measured.into_iter()), wanted, |_| true)
    }

    fn new(
        what: &str,
        measured: Option<Spread>,
        wanted: Wanted,
        enough: impl Fn(&Spread) -> bool,
    ) -> Self {
        let verdict = match measured.filter(enough) {
            None => Verdict::NotMeasured,
            Some(figure) if wanted.is_met(figure.median) => Verdict::Met,
            Some(_) => Verdict::Missed,
        };
        Self {
            what: what.to_owned(),
            measured,
            wanted,
            verdict,
        }
    }

    /// Its line in the table.
    pub fn row(self) -> Vec<String> {
        let wanted = match self.wanted {
            Wanted::AtMost(most) => format!("at most {}", number(most)),
            Wanted::AtLeast(least) => format!("at least {}", number(least)),
        };
        let verdict = match self.verdict {
            Verdict::Met => "met",
            Verdict::Missed => "MISSED",
            Verdict::NotMeasured => "not measured",
        };
        let measured = match self.measured {
            Some(figure) if figure.rounds == 1 => number(figure.median),
            measured => shown(measured),
        };
        vec![self.what, measured, wanted, verdict.to_owned()]
    }
}

/// Every goal, in the order in which they are written down.
pub fn goals(results: &Results, rounds: Rounds) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (place, name, cpu, rate, tail) in [
        (3, "SQLite", 10.0, 0.15, 4.0),
        (4, "Postgres", 14.0, 0.11, 5.0),
    ] {
        let wanted = (name, cpu, rate, tail);
        goals.extend(list(results, results.lists.get(place), wanted, rounds));
    }
    for (list, search, name) in [(3, 5, "SQLite"), (4, 6, "Postgres")] {
        let of = |place: usize| results.lists.get(place).map_or(&[][..], |one| &one.rounds);
        let what = format!("search among 10,000, {name}: requests a second / list");
        let measured = ratio(of(search), of(list), rounds, |drive| drive.rate);
        let planned = rounds.planned(of(search).len());
        goals.push(Goal::of_rounds(
            &what,
            measured,
            Wanted::AtLeast(0.5),
            planned,
        ));
    }
    let not_yet = |what: &str, wanted| Goal::of_one(what, None, wanted);
    goals.push(not_yet(
        "CPU of the Django view / ours",
        Wanted::AtLeast(30.0),
    ));
    goals.push(not_yet("CPU of Express / ours", Wanted::AtLeast(2.5)));
    goals.extend(["SQLite", "Postgres"].map(|name| growth(results, name, rounds)));
    goals.extend(accept(results, rounds));
    goals.extend(sign_in(results, rounds));
    for name in ["SQLite", "Postgres"] {
        let starts = results.starts.iter().find(|starts| starts.0 == name);
        let starts = starts.map_or(&[][..], |starts| &starts.1);
        let counting = starts.iter().filter(|round| rounds.takes(round.others));
        let measured = Spread::of(counting.map(|round| round.first_answer_ms));
        let what = format!("first answer after start, {name}, ms");
        let most = Wanted::AtMost(100.0);
        goals.push(Goal::of_rounds(
            &what,
            measured,
            most,
            rounds.planned(starts.len()),
        ));
    }
    let binary = Some(float(results.binary) / 1e6);
    goals.push(Goal::of_one(
        "binary, stripped, MB",
        binary,
        Wanted::AtMost(25.0),
    ));
    goals
}

fn list(
    results: &Results,
    contender: Option<&Contender>,
    (name, cpu, rate, tail): (&str, f64, f64, f64),
    rounds: Rounds,
) -> Vec<Goal> {
    let drives = contender.map_or(&[][..], |contender| &contender.rounds);
    let to_r1 = |figure: fn(&Drive) -> f64| ratio(drives, results.r1(), rounds, figure);
    let of = |what: &str, measured, wanted| {
        Goal::of_rounds(
            &format!("list, {name}: {what}"),
            measured,
            wanted,
            rounds.planned(drives.len()),
        )
    };
    let memory = contender
        .and_then(|c| c.memory)
        .map(|memory| float(memory.rss) / 1e6);
    vec![
        of("CPU / R1", to_r1(|d| d.cpu), Wanted::AtMost(cpu)),
        of(
            "requests a second / R1",
            to_r1(|d| d.rate),
            Wanted::AtLeast(rate),
        ),
        of(
            "p99 / p50",
            each(drives, rounds, Drive::tail),
            Wanted::AtMost(tail),
        ),
        Goal::of_one(
            &format!("list, {name}: RSS afterwards, MB"),
            memory,
            Wanted::AtMost(40.0),
        ),
    ]
}

fn growth(results: &Results, name: &str, rounds: Rounds) -> Goal {
    let growth = results.growths.iter().find(|growth| growth.product == name);
    let (first, last) = growth.map_or((&[][..], &[][..]), |g| (&g.first[..], &g.last[..]));
    Goal::of_rounds(
        &format!("last page of 50,000 of 1,000,000, {name}: CPU / first of 50"),
        ratio(last, first, rounds, |drive| drive.cpu),
        Wanted::AtMost(1.3),
        rounds.planned(last.len()),
    )
}

fn accept(results: &Results, rounds: Rounds) -> Vec<Goal> {
    let accepts = results
        .accepts
        .iter()
        .find(|accepts| accepts.product == "SQLite");
    let (one, many) = accepts.map_or((&[][..], &[][..]), |a| (&a.one[..], &a.many[..]));
    let of = |what: &str, measured, wanted| {
        Goal::of_rounds(
            &format!("accept, SQLite: {what}"),
            measured,
            wanted,
            rounds.planned(many.len()),
        )
    };
    let rate = ratio(many, one, rounds, |drive| drive.rate);
    let failed = accepts.map(|a| float(failures(&a.one) + failures(&a.many)));
    vec![
        of("rate at many clients / at one", rate, Wanted::AtLeast(1.2)),
        Goal::of_one("accept, SQLite: failures", failed, Wanted::AtMost(0.0)),
        of(
            "p99 / p50 at many",
            each(many, rounds, Drive::tail),
            Wanted::AtMost(5.0),
        ),
    ]
}

fn sign_in(results: &Results, rounds: Rounds) -> Vec<Goal> {
    let all = results.sign_ins.as_ref();
    let all_rounds: &[Round] = all.map_or(&[], |all: &SignIns| &all.rounds);
    let of = |figure: fn(&Round) -> f64| {
        let counting = all_rounds.iter().filter(|round| rounds.takes(round.others));
        Spread::of(counting.map(figure))
    };
    let planned = rounds.planned(all_rounds.len());
    let goal = |what: &str, measured, wanted| Goal::of_rounds(what, measured, wanted, planned);
    let beside = of(|round| round.list_beside.p99_ms / round.list_alone.p99_ms);
    let memory = all.map(|all| float(all.memory.rss) / 1e6);
    vec![
        goal(
            "sign-ins / raw Argon2",
            of(|r| r.sign_ins.rate / r.raw),
            Wanted::AtLeast(0.85),
        ),
        goal(
            "a list's p99 beside sign-ins / alone",
            beside,
            Wanted::AtMost(3.0),
        ),
        Goal::of_one("RSS after sign-ins, MB", memory, Wanted::AtMost(150.0)),
    ]
}
