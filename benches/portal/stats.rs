//! Figures over rounds: the middle one, with the smallest and the largest.

use serde::Serialize;

/// Fewer rounds than this that count are no measurement.
pub const ENOUGH: usize = 3;

/// A figure over rounds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
    /// How many rounds it is of.
    pub rounds: usize,
}

impl Spread {
    /// `None` of nothing.
    pub fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut all: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        all.sort_by(f64::total_cmp);
        let middle = all.len() / 2;
        let upper = *all.get(middle)?;
        let median = if all.len().is_multiple_of(2) {
            f64::midpoint(*all.get(middle - 1)?, upper)
        } else {
            upper
        };
        Some(Self {
            median,
            min: *all.first()?,
            max: *all.last()?,
            rounds: all.len(),
        })
    }

    /// Whether it is of enough rounds.
    pub const fn is_enough(&self) -> bool {
        self.rounds >= ENOUGH
    }
}

/// Three digits that mean something.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A figure with its spread.
pub fn shown(spread: Option<Spread>) -> String {
    spread.map_or_else(
        || "-".to_owned(),
        |s| format!("{} ({}-{})", number(s.median), number(s.min), number(s.max)),
    )
}
