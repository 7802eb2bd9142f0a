//! What processes and the whole machine used, from `/proc`.

use std::fs;

use anyhow::Context as _;

/// Microseconds in a tick of `/proc`: the kernel tells programs a hundredth of a second.
const TICK: u64 = 10_000;

/// A number as a figure.
#[expect(
    clippy::cast_precision_loss,
    reason = "figures are shown with three digits"
)]
pub const fn float(number: u64) -> f64 {
    number as f64
}

/// The numbers after the name in `/proc/PID/stat`: the first is the parent.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(") ")?;
    let fields = rest.split_whitespace().skip(1);
    Some(fields.map(|field| field.parse().unwrap_or(0)).collect())
}

fn sum(fields: &[u64], from: usize, to: usize) -> u64 {
    fields.get(from..to).unwrap_or_default().iter().sum::<u64>() * TICK
}

/// What a process used, in microseconds, user and system.
pub fn used(pid: u32) -> u64 {
    stat(pid).map_or(0, |fields| sum(&fields, 10, 12))
}

/// What a process and those of its children that have ended used.
pub fn used_with_ended(pid: u32) -> u64 {
    stat(pid).map_or(0, |fields| sum(&fields, 10, 14))
}

/// What a process and all its children used, ended or not: a Postgres server with its backends.
pub fn used_by_family(pid: u32) -> u64 {
    let Ok(entries) = fs::read_dir("/proc") else {
        return 0;
    };
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let children = pids
        .filter_map(stat)
        .filter(|fields| fields.first() == Some(&u64::from(pid)));
    used_with_ended(pid) + children.map(|fields| sum(&fields, 10, 12)).sum::<u64>()
}

/// What the machine had to give since it started and what of it was used, in microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Machine {
    pub there: u64,
    pub busy: u64,
}

/// The machine's processors. Handling of interrupts is left out: on loopback it is our own
/// traffic.
pub fn machine() -> anyhow::Result<Machine> {
    let text = fs::read_to_string("/proc/stat").context("/proc/stat")?;
    let line = text.lines().next().unwrap_or_default();
    let fields: Vec<u64> = line
        .split_whitespace()
        .skip(1)
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    // user, nice, system, idle, waiting, interrupts (2), taken by other machines
    let busy = sum(&fields, 0, 3) + sum(&fields, 7, 8);
    Ok(Machine {
        there: sum(&fields, 0, 8),
        busy,
    })
}

/// Resident memory of a process, and its share where pages are shared, in bytes.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Memory {
    pub rss: u64,
    pub pss: u64,
}

/// The memory of a process now.
pub fn memory(pid: u32) -> anyhow::Result<Memory> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let text = fs::read_to_string(&path).context(path)?;
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        number.unwrap_or(0) * 1024
    };
    Ok(Memory {
        rss: line("Rss:"),
        pss: line("Pss:"),
    })
}
